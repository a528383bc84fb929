import { AppError } from '../errors.ts'
import { readCsv } from './csv.ts'
import { sniffFormat } from './sniff.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** Whether a file is a text table whose first column has this name. */
export async function startsWithColumn(file: Blob, name: string): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
  if (sniffFormat(head) !== 'text') return false
  const [first] = new TextDecoder()
    .decode(head)
    .trimStart()
    .split(/[,;\s]/, 1)
  return first === name || first === `"${name}"`
}

/**
 * Points of a text table, one a line, with just these columns.
 *
 * @param file  of its name, in complaints
 * @returns     [n, columns] row-major, all finite
 * @throws      AppError 'data/corrupt' where it is no table, 'input/invalid' with line and column for other points
 */
export function readPoints(file: string, bytes: Uint8Array, columns: readonly string[]): Float64Array {
  const table = readCsv(bytes)
  if (table.columns !== columns.length)
    throw new AppError(
      'input/invalid',
      `${file} has points of ${table.columns} columns, ${columns.length} are read here: ${columns.join(',')}. Leave out or add what differs.`,
    )
  const bad = table.data.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new AppError(
      'input/invalid',
      `${file}, line ${table.lines?.[Math.floor(bad / columns.length)]}, ${columns[bad % columns.length]}: a point needs a finite number there, got ${table.data[bad]}. Mend or leave out the line.`,
    )
  return table.data
}

/** Files that are tables of points with these columns. */
export function tableOfPoints(columns: readonly string[]) {
  return {
    /** The first of the files that is one, told by the name of its first column. */
    async choose(files: readonly File[]): Promise<File[]> {
      for (const file of files) if (await startsWithColumn(file, columns[0])) return [file]
      return []
    },
    /** @returns [n, columns], all finite; throws as readPoints() does */
    read: async (file: File): Promise<Float64Array> =>
      readPoints(file.name, new Uint8Array(await file.arrayBuffer()), columns),
  }
}
