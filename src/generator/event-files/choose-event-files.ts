import { sniffFormat } from '../../dataset/sniff.ts'
import { fileSigns, type FileSigns } from './file-signs.ts'

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

/** The files whose content says what these signs must be. */
export async function filesWithSigns(
  files: readonly File[],
  own: (signs: FileSigns) => boolean,
): Promise<File[]> {
  const signs = await Promise.all(files.map(fileSigns))
  return files.filter((_, i) => {
    const found = signs[i]
    return found !== null && own(found)
  })
}

/** Events with objects or partons, whatever made them: no table of numbers. */
export const hasObjects = ({ kind, words }: FileSigns): boolean =>
  kind !== 'table' || ['object', 'met_phi'].every((name) => words.has(name)) || words.has('pdg_id')
