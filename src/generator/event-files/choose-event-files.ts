import { sniffFormat } from '../../dataset/sniff.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** Formats of events: tables, lines of text, Les Houches (whose first line looks like HTML), packed or not. */
const formats: readonly string[] = ['npy', 'parquet', 'root', 'gzip', 'text', 'html', 'lhe']

/** The files that may hold events, all of them. */
export async function chooseEventFiles(files: readonly File[]): Promise<File[]> {
  const heads = await Promise.all(
    files.map(async (file) => new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())),
  )
  return files.filter((_, i) => formats.includes(sniffFormat(heads[i])))
}
