import { chooseEventFiles } from '../../../../generator/event-files/choose-event-files.ts'
import { sniffFormat } from '../../../../dataset/sniff.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** The files that may hold events, all of them. */
export const chooseEvents = (files: readonly File[]): Promise<File[]> => chooseEventFiles(files)

/** The three files of an exported model, where a card is among them. */
export async function chooseModelFiles(files: readonly File[]): Promise<File[]> {
  const heads = await Promise.all(
    files.map(async (file) => new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())),
  )
  const are = files.filter((_, i) => ['json', 'binary'].includes(sniffFormat(heads[i])))
  const texts = await Promise.all(
    files.map((file, i) => (sniffFormat(heads[i]) === 'json' && file.size < 2 ** 20 ? file.text() : '')),
  )
  return texts.some((text) => /"weightsSha256"/.test(text)) ? are : []
}
