import { unpackedText } from '../../../../dataset/unpacked-text.ts'
import { AppError } from '../../../../errors.ts'
import { lheRatios, type LheRatioRequest, type LheRatios } from '../distances/lhe-ratios.ts'

export interface FileRatioRequest extends Omit<LheRatioRequest, 'text'> {
  /** Of the file, packed with gzip or not. */
  bytes: Uint8Array
}

const mostBytes = 256 * 2 ** 20

/**
 * Exact ratios of two models at the events of a dropped Les Houches file; yields the events done.
 *
 * @throws AppError as lheRatios, with the name of the file
 */
export async function* fileRatios({
  bytes,
  ...request
}: FileRatioRequest): AsyncGenerator<number, LheRatios> {
  try {
    const pieces: string[] = []
    for await (const text of unpackedText(bytes, mostBytes)) pieces.push(text)
    return yield* lheRatios({ ...request, text: pieces.join('') })
  } catch (thrown) {
    throw AppError.from(thrown).about(request.name)
  }
}
