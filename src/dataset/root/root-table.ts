import { shortName } from '../../errors.ts'
import {
  maxColumns,
  maxRows,
  maxValues,
  passedOverNotes,
  type NumberTable,
  type PassedOver,
} from '../table.ts'
import { chosenTree, type RootOptions } from './chosen-tree.ts'
import { unsupported } from './faults.ts'
import { isHistogram, readHistograms } from './histograms.ts'
import { readNumbers } from './read-columns.ts'
import { openRoot } from './root-file.ts'
import type { Place, TreeColumn } from './tree-columns.ts'

/**
 * Reads the numbers of a tree in a ROOT file: one row for each entry, one column for each branch of single numbers; a branch of n
 * numbers is n columns, name[0] to name[n-1]. Text, objects and lists whose lengths differ are passed over by name. Of a file without trees
 * the histograms are read (histograms.ts).
 *
 * @throws AppError 'data/corrupt', or 'data/unsupported' where no tree has such a branch, and for what is too large
 */
export async function readRoot(bytes: Uint8Array, options: RootOptions = {}): Promise<NumberTable> {
  const root = await openRoot(bytes)
  const named = root.others.some((object) => object.path === options.tree && isHistogram(object))
  if (named || (root.trees.length === 0 && options.needs === undefined && root.others.some(isHistogram)))
    return readHistograms(root, { columns: options.columns, wanted: options.tree })
  const { path, tree, columns: found } = await chosenTree(root, options)
  const cells = found.flatMap(cellsOf)
  const passedOver: PassedOver[] = found.flatMap(({ name, type, place, why }) =>
    place ? [] : [{ name, why: why ?? type }],
  )
  const lists = found.filter(({ place, length }) => place && length === null)
  const asked = cells.filter(({ name }) => options.needs?.(name) ?? true)
  for (const { name } of cells) if (options.needs?.(name) === false) passedOver.push({ name, why: null })
  if (cells.length === 0)
    throw unsupported(
      `the tree ${path} has no branch of single numbers: ${found
        .slice(0, 5)
        .map(({ name, type }) => `${shortName(name, 40)} (${type})`)
        .join(', ')}${found.length > 5 ? ', …' : ''}`,
      'write numbers, one branch per bin or observable',
    )
  const rows = tree.fEntries
  checkSize('entries', rows, maxRows)
  checkSize('columns', asked.length, maxColumns)
  checkSize('numbers', rows * asked.length, maxValues)
  const data = new Float64Array(rows * asked.length)
  for (const column of new Set(asked.map((cell) => cell.column))) {
    checkEntries(column, rows)
    checkSize('numbers in one branch', rows * column.length, maxValues)
    const values = await readNumbers(root, column, column.length, rows)
    asked.forEach((cell, k) => {
      if (cell.column !== column) return
      for (let row = 0; row < rows; row++)
        data[row * asked.length + k] = values[row * column.length + cell.at]
    })
  }
  return {
    ...{ rows, columns: asked.length, data, names: asked.map(({ name }) => name) },
    passedOver: [
      ...passedOver,
      ...lists.map(({ name, type }) => ({ name, why: `lists of numbers (${type})` })),
    ],
    notes: [...passedOverNotes(passedOver), ...listNotes(lists)],
  }
}

function listNotes(lists: readonly TreeColumn[]): string[] {
  if (lists.length === 0) return []
  const shown = lists.slice(0, 5).map(({ name, type }) => `${shortName(name, 40)} (${type})`)
  const rest = lists.length - shown.length
  return [`lists of numbers are passed over: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`]
}

/** One number of every entry. */
interface Cell {
  name: string
  column: TreeColumn & { place: Place; length: number }
  /** Which of the numbers of the branch. */
  at: number
}

/** The single numbers of a column; none of lists. */
export function cellsOf({ place, length, ...rest }: TreeColumn): Cell[] {
  if (!place || length === null) return []
  const column = { ...rest, place, length }
  return Array.from({ length: Math.min(length, maxColumns + 1) }, (_, at) => ({
    ...{ name: length === 1 ? rest.name : `${rest.name}[${at}]`, column, at },
  }))
}

/** @throws AppError 'data/unsupported' for a branch that was not filled with the others */
export function checkEntries(
  { name, place }: Pick<TreeColumn, 'name'> & { place: Place },
  rows: number,
): void {
  if (place.branch.fEntries === rows) return
  throw unsupported(
    `the branch ${name} has ${place.branch.fEntries} entries, its tree ${rows}`,
    'fill all branches in every entry',
  )
}

function checkSize(what: string, found: number, most: number): void {
  if (found > most)
    throw unsupported(
      `the tree has ${found} ${what}, at most ${most} are read`,
      'split the file, or choose fewer branches',
    )
}
