import { sniffFormat } from '../../../dataset/sniff.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** Formats of event tables, and of Les Houches files (whose first line looks like HTML), packed or not. */
const formats: readonly string[] = ['npy', 'parquet', 'root', 'gzip', 'text', 'html', 'lhe']

/** The files that may hold events: one at a time is read, so that the first is taken. */
export async function chooseEvents(files: readonly File[]): Promise<File[]> {
  for (const file of files) {
    const head = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
    if (formats.includes(sniffFormat(head)) && !/^\s*(SetDesc|eft)\b/m.test(new TextDecoder().decode(head)))
      return [file]
  }
  return []
}
