import { sniffFormat } from '../../../../dataset/sniff.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096
/** Larger ones are no card. */
const mostCardBytes = 2 ** 20

/** Card and weights of an exported transformer, where a card of one is among the files. */
export async function chooseTransformerFiles(files: readonly File[]): Promise<File[]> {
  const kinds = await Promise.all(
    files.map(async (file) => sniffFormat(new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer()))),
  )
  const texts = await Promise.all(
    files.map((file, i) => (kinds[i] === 'json' && file.size < mostCardBytes ? file.text() : '')),
  )
  const cards = files.filter((_, i) => /"kind"\s*:\s*"transformer"/.test(texts[i]))
  if (cards.length === 0) return []
  return files.filter((file, i) => cards.includes(file) || kinds[i] === 'binary')
}
