import type { Compressors, FileMetaData, SchemaTree } from 'hyparquet'
import { AppError } from '../errors.ts'
import { checkFooter, corruptParquet } from './parquet.ts'
import { checkPages, columnKey, type PageLevels } from './parquet-pages.ts'
import { maxColumns, maxRows, maxValues } from './table.ts'

/** What a column has in a row. */
export type ParquetCell = number | string | (number | string)[]
export type ParquetRow = Record<string, ParquetCell>

/** A Parquet file whose rows have numbers, texts, and lists of these. */
export interface ParquetLists {
  rows: number
  /** Columns that can be read, and whether they are lists. */
  columns: ReadonlyMap<string, { list: boolean }>
  /** Some of them, row by row, as many rows at once as were written together. @throws AppError 'data/corrupt' */
  read(names: readonly string[]): AsyncGenerator<ParquetRow[]>
}

const numbers = ['FLOAT', 'DOUBLE', 'INT32', 'INT64']

/**
 * Opens a Parquet file with columns of lists, such as events of objects. Lists of lists, structures, dates and truth values are
 * not among its columns.
 *
 * @throws AppError 'data/corrupt', or 'data/unsupported' for what is too large
 */
export async function openParquetLists(bytes: Uint8Array): Promise<ParquetLists> {
  checkFooter(bytes)
  const { parquetMetadata, parquetSchema } = await import('hyparquet')
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
  const buffer = own.buffer as ArrayBuffer
  const metadata = sayingCorrupt(() => parquetMetadata(buffer, { geoparquet: false }))
  const rows = checkRows(metadata)
  const leaves = new Map<string, { path: string[]; levels: PageLevels }>()
  for (const child of sayingCorrupt(() => parquetSchema(metadata)).children) {
    const leaf = leafOf(child)
    if (leaf) leaves.set(child.element.name, leaf)
  }
  const columns = new Map(
    [...leaves].map(([name, { levels }]) => [name, { list: levels.repetition > 0 }] as const),
  )

  async function* read(names: readonly string[]): AsyncGenerator<ParquetRow[]> {
    const wanted = names.map((name) => {
      const leaf = leaves.get(name)
      if (!leaf) throw new Error(`no column ${name}`)
      return [columnKey(leaf.path), leaf.levels] as const
    })
    checkValues(metadata, new Set(wanted.map(([key]) => key)))
    const compressors = await checkPages(own, metadata, new Map(wanted))
    // hyparquet plans over all groups whatever rows are asked for: a file of many small groups would take their square.
    for (const group of metadata.row_groups)
      yield await rowsOfGroup(
        buffer,
        { ...metadata, row_groups: [group], num_rows: group.num_rows },
        [...names],
        compressors,
      )
  }
  return { rows, columns, read }
}

/** @param metadata  of a file with this group alone */
async function rowsOfGroup(
  buffer: ArrayBuffer,
  metadata: FileMetaData,
  columns: string[],
  compressors: Compressors,
): Promise<ParquetRow[]> {
  const { parquetReadObjects } = await import('hyparquet')
  try {
    const found = await parquetReadObjects({
      file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
      ...{ metadata, columns, geoparquet: false, compressors },
    })
    return found.map((row) => Object.fromEntries(columns.map((name) => [name, cellOf(row[name])])))
  } catch (error) {
    if (error instanceof AppError) throw error
    // hyparquet throws plain errors of many kinds at damaged files.
    throw corruptParquet(error instanceof Error ? error.message : String(error))
  }
}

/** What is missing is a number that is none, or an empty list. */
function cellOf(value: unknown): ParquetCell {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'string') return value
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, (one) => {
      const cell = cellOf(one)
      return typeof cell === 'object' ? NaN : cell
    })
  return NaN
}

/** A column of one value a row, or of one list of values; undefined for anything else. */
function leafOf(top: SchemaTree): { path: string[]; levels: PageLevels } | undefined {
  const levels = { repetition: 0, definition: 0 }
  let at = top
  for (;;) {
    const { repetition_type, type, converted_type, logical_type } = at.element
    if (repetition_type === 'REPEATED') levels.repetition++
    if (repetition_type !== 'REQUIRED') levels.definition++
    if (at.children.length === 0) {
      const text = type === 'BYTE_ARRAY' && (converted_type === 'UTF8' || logical_type?.type === 'STRING')
      const number = numbers.includes(type ?? '') && (!converted_type || /^U?INT_/.test(converted_type))
      return levels.repetition < 2 && (text || number) ? { path: at.path, levels } : undefined
    }
    // Of several children it is a structure.
    if (at.children.length > 1) return undefined
    at = at.children[0]
  }
}

function checkRows({ row_groups, num_rows, schema }: FileMetaData): number {
  const rows = row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
  if (row_groups.some((group) => group.num_rows < 0n) || BigInt(rows) !== num_rows)
    throw corruptParquet(`it announces ${num_rows} rows, its row groups have ${rows}`)
  if (rows > maxRows) throw tooMany('rows', rows, maxRows)
  if (schema.length > maxColumns) throw tooMany('columns', schema.length, maxColumns)
  return rows
}

function checkValues({ row_groups }: FileMetaData, keys: ReadonlySet<string>): void {
  let values = 0
  for (const group of row_groups) {
    const here = group.columns.filter(
      ({ meta_data: meta }) => meta && keys.has(columnKey(meta.path_in_schema)),
    )
    if (here.length !== keys.size)
      throw corruptParquet('a row group does not have the columns that the file announces')
    for (const { meta_data: meta } of here) values += Number(meta?.num_values ?? 0)
  }
  if (values > maxValues) throw tooMany('numbers', values, maxValues)
}

function tooMany(what: string, found: number, limit: number): AppError {
  return new AppError(
    'data/unsupported',
    `the Parquet file has ${found} ${what}, at most ${limit} are read: split the file`,
  )
}

function sayingCorrupt<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw corruptParquet(error instanceof Error ? error.message : String(error))
  }
}
