import { AppError } from '../../errors.ts'
import type { DescribedTable } from '../describe-tables.ts'
import { readNumbers } from './read-columns.ts'
import { openRoot, type RootFile } from './root-file.ts'
import { cellsOf } from './root-table.ts'
import { columnsOf, type TreeColumn } from './tree-columns.ts'

/** More are no choice for a person. */
const mostTrees = 20
const mostColumns = 500

/** The trees of a ROOT file with their columns of single numbers. @throws AppError as openRoot */
export async function describeTrees(bytes: Uint8Array, shown: number): Promise<DescribedTable[]> {
  const root = await openRoot(bytes)
  const all: DescribedTable[] = []
  for (const { path } of root.trees.slice(0, mostTrees)) {
    const tree = await root.readTree(path)
    const columns: DescribedTable['columns'] = []
    for (const column of columnsOf(tree).slice(0, mostColumns))
      columns.push(...(await cellsWithValues(root, column, shown)))
    all.push({ path, rows: tree.fEntries, columns: columns.slice(0, mostColumns) })
  }
  return all
}

async function cellsWithValues(
  root: RootFile,
  column: TreeColumn,
  shown: number,
): Promise<DescribedTable['columns']> {
  const cells = cellsOf(column).slice(0, mostColumns)
  if (cells.length === 0) return []
  const { length } = cells[0].column
  try {
    const values = await readNumbers(root, cells[0].column, length, shown)
    const rows = values.length / length
    return cells.map(({ name, at }) => ({
      ...{ name, type: column.type },
      first: Array.from({ length: rows }, (_, row) => values[row * length + at]),
    }))
  } catch (thrown) {
    // A damaged branch is no reason against the others.
    if (!(thrown instanceof AppError)) throw thrown
    return []
  }
}
