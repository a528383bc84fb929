import { AppError, shortName } from '../errors.ts'
import type { NumberTable } from './table.ts'

/** Which columns of a file are which: files of others have names of their own. */
export interface ColumnPick {
  /** By the name that is asked for, that of the column in the file. */
  columns: Readonly<Record<string, string>>
  /** Of a ROOT file: the path of its tree. */
  tree?: string
  /** By the name that is asked for, what its numbers are multiplied with: 0.001 for energies in MeV. */
  factors?: Readonly<Record<string, number>>
}

/** The columns of a file that are read for those that are asked for. */
export function neededColumns(
  needs: ((name: string) => boolean) | undefined,
  pick: ColumnPick | undefined,
): ((name: string) => boolean) | undefined {
  if (!needs || !pick) return needs
  const sources = new Set(Object.values(pick.columns))
  return (name) => sources.has(name) || (!Object.hasOwn(pick.columns, name) && needs(name))
}

/**
 * A table with columns under the names that are asked for. A column may serve for several; one that has the name of another's
 * place makes room for it.
 *
 * @throws AppError 'data/mismatch' for a column that the file has not
 */
export function pickColumns(table: NumberTable, pick: ColumnPick | undefined): NumberTable {
  const picked = Object.entries(pick?.columns ?? {})
  if (!pick || (picked.length === 0 && Object.keys(pick.factors ?? {}).length === 0)) return table
  if (picked.length === 0 && !table.names)
    throw new AppError(
      'data/mismatch',
      'the file does not name its columns, so that nothing says which are in another unit. Save it with names.',
    )
  const names = table.names ?? []
  const lacking = picked.find(([, source]) => !names.includes(source))
  if (lacking) throw noColumn(lacking[1], lacking[0], table)
  const kept = names.filter((name) => !Object.hasOwn(pick.columns, name))
  const from = [...kept, ...picked.map(([, source]) => source)].map((name) => names.indexOf(name))
  const columns = from.length
  const taken = [...kept, ...picked.map(([name]) => name)]
  const factors = taken.map((name) => pick.factors?.[name] ?? 1)
  const data = new Float64Array(table.rows * columns)
  for (let row = 0; row < table.rows; row++)
    for (let k = 0; k < columns; k++)
      data[row * columns + k] = factors[k] * table.data[row * table.columns + from[k]]
  return { ...table, columns, data, names: taken }
}

function noColumn(source: string, name: string, { names, passedOver }: NumberTable): AppError {
  const unread = passedOver.find((column) => column.name === source)?.why
  const shown = shortName(source, 60)
  const has = names?.slice(0, 30).join(', ') ?? 'no names'
  return new AppError(
    'data/mismatch',
    `the file has no column of numbers ${shown}, which is asked for as ${name}; ${unread ? `${shown} holds ${unread}` : `it has ${has}`}. Choose another one.`,
    { lacking: [source] },
  )
}
