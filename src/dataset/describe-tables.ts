import { readTable, unpackTable, type TableOptions } from './read-table.ts'
import { sniffFormat } from './sniff.ts'

/** A table of a file, for whoever must say which of its columns are which. */
export interface DescribedTable {
  /** Of a tree in a ROOT file. */
  path: string | null
  rows: number
  columns: { name: string; type: string; first: number[] }[]
}

const valuesShown = 3

/** Their arrays are columns only where they are asked for. */
const holdsArrays = (bytes: Uint8Array): boolean => ['zip', 'hdf5'].includes(sniffFormat(bytes))

/** The tables of a file with their columns of numbers and first values. @throws AppError as readTable */
export async function describeTables(
  name: string,
  bytes: Uint8Array,
  holds: TableOptions['holds'],
): Promise<DescribedTable[]> {
  const plain = await unpackTable(bytes)
  if (sniffFormat(plain) === 'root') {
    const { describeTrees } = await import('./root/describe-trees.ts')
    return describeTrees(plain, valuesShown)
  }
  const {
    rows,
    columns,
    data,
    names = [],
  } = await readTable(name, bytes, { holds, ...(holdsArrays(plain) && { needs: () => true }) })
  const first = (k: number) =>
    Array.from({ length: Math.min(rows, valuesShown) }, (_, row) => data[row * columns + k])
  return [
    { path: null, rows, columns: names.map((one, k) => ({ name: one, type: 'number', first: first(k) })) },
  ]
}
