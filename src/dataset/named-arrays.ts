import { AppError, shortName } from '../errors.ts'
import {
  maxColumns,
  maxRows,
  maxValues,
  passedOverNotes,
  type NumberTable,
  type PassedOver,
} from './table.ts'

/** An array of numbers in a file that holds several. */
export interface NamedArray {
  name: string
  shape: readonly number[]
  /** All numbers, row-major. */
  read(): Promise<ArrayLike<number>>
}

export interface ArrayChoice {
  /** Names of the columns that are asked for. */
  needs?: (name: string) => boolean
  /** The array that is meant, by its name. */
  array?: string
  /** Columns that a table should have, where several arrays are tables. */
  columns?: number
}

/**
 * One table of the arrays of a file: the one of one or two dimensions that is named, the only one, or the only one with the columns that
 * are expected; or arrays of one dimension and equal length as its columns, where columns are asked for by name. An array of bin edges
 * beside a table states its edges.
 *
 * @param what  the file, as in "the .npz file"
 * @throws AppError 'data/unsupported' naming the arrays where none or several could be meant
 */
export async function tableOfArrays(
  what: string,
  arrays: readonly NamedArray[],
  others: readonly PassedOver[],
  { needs, array, columns }: ArrayChoice,
): Promise<NumberTable> {
  const list = arrays.slice(0, 10).map(({ name, shape }) => `${shortName(name, 40)} (${shape.join(' x ')})`)
  const has = list.length === 0 ? 'no array of numbers' : list.join(', ')
  const refuse = (problem: string, cure: string) =>
    new AppError('data/unsupported', `${what} ${problem}; ${cure}`, { lacking: [] })
  if (array !== undefined) {
    const one = arrays.find(({ name }) => name === array)
    if (!one) throw refuse(`has no array ${shortName(array, 60)}, it has ${has}`, 'name one of these')
    return tableOf(what, one, arrays, others)
  }
  const flat = arrays.filter(({ shape }) => shape.length === 1)
  const asked = needs ? flat.filter(({ name }) => needs(lastPart(name))) : []
  if (asked.length > 0) return tableOfColumns(what, asked, flat, others)
  const tables = arrays.filter(({ shape }) => shape.length === 2)
  const candidates = tables.length > 0 ? tables : flat.filter(({ name }) => !isEdges(name))
  const fitting = candidates.filter(({ shape }) => shape[shape.length - 1] === columns)
  const one = candidates.length === 1 ? candidates[0] : fitting.length === 1 ? fitting[0] : undefined
  if (one) return tableOf(what, one, arrays, others)
  if (candidates.length > 1)
    throw refuse(
      `has ${candidates.length} arrays that could be meant: ${has}`,
      'keep the one that is meant, or name it (--tree NAME)',
    )
  throw refuse(
    others.length > 0 && arrays.length === 0
      ? `has no array of numbers: ${others
          .slice(0, 5)
          .map(({ name, why }) => `${shortName(name, 40)} (${why})`)
          .join(', ')}`
      : `has no table of one or two dimensions: ${has}`,
    'save one array of numbers, a row for each spectrum or event',
  )
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const isEdges = (name: string): boolean => /(^|[/_])(bin_?)?edges$/i.test(name.slice(-20))

async function tableOf(
  what: string,
  one: NamedArray,
  arrays: readonly NamedArray[],
  others: readonly PassedOver[],
): Promise<NumberTable> {
  const { shape } = one
  if (shape.length !== 1 && shape.length !== 2)
    throw new AppError(
      'data/mismatch',
      `${what} has ${one.name} of ${shape.length} dimensions (${shape.join(', ')}), expected 1 or 2: save one row for each spectrum or event`,
    )
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape
  checkSize(what, rows, columns)
  const stated = arrays.find(
    ({ name, shape }) => isEdges(name) && shape.length === 1 && shape[0] === columns + 1,
  )
  const rest = arrays
    .filter((array) => array !== one && array !== stated)
    .map(({ name, shape }) => `${shortName(name, 40)} (${shape.join(' x ')})`)
  return {
    ...{ rows, columns, data: Float64Array.from(await one.read()) },
    edges: stated && Array.from(await stated.read()),
    passedOver: others,
    notes: [
      ...(rest.length > 0
        ? [
            `${one.name} is read, other arrays are not: ${rest.slice(0, 5).join(', ')}${rest.length > 5 ? ` and ${rest.length - 5} more` : ''}`,
          ]
        : []),
      ...passedOverNotes(others),
    ],
  }
}

async function tableOfColumns(
  what: string,
  asked: readonly NamedArray[],
  flat: readonly NamedArray[],
  others: readonly PassedOver[],
): Promise<NumberTable> {
  const [rows] = asked[0].shape
  const odd = asked.find(({ shape }) => shape[0] !== rows)
  if (odd)
    throw new AppError(
      'data/mismatch',
      `${what} has ${rows} numbers of ${asked[0].name} and ${odd.shape[0]} of ${odd.name}; save as many of each`,
    )
  checkSize(what, rows, asked.length)
  const data = new Float64Array(rows * asked.length)
  for (const [k, array] of asked.entries()) {
    const values = await array.read()
    for (let row = 0; row < rows; row++) data[row * asked.length + k] = values[row]
  }
  const names = asked.map(({ name }) => lastPart(name))
  const unread = flat.filter((array) => !asked.includes(array)).map(({ name }) => ({ name, why: null }))
  return {
    rows,
    columns: asked.length,
    data,
    names,
    passedOver: [...others, ...unread],
    notes: passedOverNotes(others),
  }
}

function checkSize(what: string, rows: number, columns: number): void {
  const check = (of: string, found: number, most: number) => {
    if (found > most)
      throw new AppError('data/unsupported', `${what} has ${found} ${of}, at most ${most} are read; split it`)
  }
  check('rows', rows, maxRows)
  check('columns', columns, maxColumns)
  check('numbers', rows * columns, maxValues)
}
