import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { AppError } from '../errors.ts'
import { createLheReader, type LheEvent, type LheReader } from '../generator/lhe.ts'

/**
 * Streams a Les Houches file, unpacked where its name ends with .gz, in groups of so many events; the last may be short.
 *
 * @param tell  what is missing at its end, in a sentence
 * @throws AppError 'data/corrupt' for a damaged .gz and as createLheReader says
 */
export async function* readLheFile(
  path: string,
  groupSize: number,
  tell: (lack: string) => void,
): AsyncGenerator<{ reader: LheReader; events: LheEvent[] }> {
  const reader = createLheReader(path)
  const packed = path.endsWith('.gz')
  const file = createReadStream(path, { highWaterMark: 1 << 18 })
  const stream = packed ? file.pipe(createGunzip()) : file
  // What breaks the file ends the unpacking, which is what is listened to.
  if (packed) file.on('error', (error) => stream.destroy(error))
  const decoder = new TextDecoder()
  let waiting: LheEvent[] = []
  try {
    for await (const piece of stream) {
      waiting.push(...reader.push(decoder.decode(piece as Uint8Array, { stream: true })))
      for (; waiting.length >= groupSize; waiting = waiting.slice(groupSize))
        yield { reader, events: waiting.slice(0, groupSize) }
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError(
      'data/corrupt',
      `${path} cannot be read to its end: ${thrown instanceof Error ? thrown.message : String(thrown)}. Fetch it again.`,
    )
  }
  const lack = reader.finish()
  if (lack !== null) tell(lack)
  if (waiting.length > 0) yield { reader, events: waiting }
}
