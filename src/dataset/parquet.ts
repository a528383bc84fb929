import type { FileMetaData, SchemaElement } from 'hyparquet'
import { AppError } from '../errors.ts'
import { checkPages, columnKey } from './parquet-pages.ts'
import {
  maxColumns,
  maxRows,
  maxValues,
  passedOverNotes,
  type NumberTable,
  type PassedOver,
} from './table.ts'
import { checkThrift } from './thrift-check.ts'

const maxFooterBytes = 4 * 1024 * 1024
const numberTypes = ['FLOAT', 'DOUBLE', 'INT32', 'INT64']

export const corruptParquet = (what: string) =>
  new AppError('data/corrupt', `the Parquet file is damaged: ${what}; save or download it again`)

/**
 * Reads the number columns of a Parquet file: one spectrum or event per row. Nullable columns are read, a null becomes NaN; the
 * index column that pandas adds is left out. Nested, text, truth and date columns are passed over by name.
 *
 * @throws AppError 'data/corrupt', or 'data/unsupported' where no column holds numbers
 */
export async function readParquet(bytes: Uint8Array): Promise<NumberTable> {
  checkFooter(bytes)
  try {
    return await readChecked(bytes)
  } catch (error) {
    if (error instanceof AppError) throw error
    // hyparquet throws plain errors of many kinds at damaged files.
    throw corruptParquet(error instanceof Error ? error.message : String(error))
  }
}

/** Length and marks, before anything is parsed. @throws AppError 'data/corrupt' or 'data/unsupported' */
export function checkFooter(bytes: Uint8Array): void {
  const mark = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 12 || mark(0) !== 'PAR1')
    throw corruptParquet(`it has ${bytes.length} bytes and does not start with PAR1`)
  if (mark(bytes.length - 4) !== 'PAR1')
    throw corruptParquet(`it does not end with PAR1, so it is cut short after ${bytes.length} bytes`)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true)
  if (length > bytes.length - 12)
    throw corruptParquet(`its description announces ${length} bytes, the file has ${bytes.length}`)
  if (length > maxFooterBytes)
    throw new AppError(
      'data/unsupported',
      `the Parquet file's description has ${length} bytes, at most ${maxFooterBytes} are read: write fewer columns or larger row groups`,
    )
  checkThrift(
    new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8 - length, length),
    0,
    corruptParquet,
  )
}

async function readChecked(bytes: Uint8Array): Promise<NumberTable> {
  const { parquetMetadata, parquetRead } = await import('hyparquet')
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
  const buffer = own.buffer as ArrayBuffer
  const metadata = parquetMetadata(buffer, { geoparquet: false })
  const { rows, columns, nullable, passedOver, notes } = checkMetadata(metadata)
  const levels = (name: string) => ({ repetition: 0, definition: nullable.has(name) ? 1 : 0 })
  const compressors = await checkPages(
    own,
    metadata,
    new Map(columns.map((name) => [columnKey([name]), levels(name)])),
  )

  const data = new Float64Array(rows * columns.length).fill(NaN)
  const place = new Map(columns.map((name, index) => [name, index]))
  await parquetRead({
    file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
    metadata,
    columns,
    geoparquet: false,
    compressors,
    onChunk({ columnName, columnData, rowStart }) {
      const column = place.get(columnName)
      if (column === undefined) return
      for (let i = 0; i < columnData.length && rowStart + i < rows; i++) {
        const value: unknown = columnData[i]
        data[(rowStart + i) * columns.length + column] =
          typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN
      }
    },
  })
  return { rows, columns: columns.length, data, names: columns, passedOver, notes }
}

interface Described {
  rows: number
  columns: string[]
  /** Of these, what may be missing. */
  nullable: ReadonlySet<string>
  passedOver: PassedOver[]
  notes: string[]
}

/** Rows and number columns of the file, judged by its description alone. */
function checkMetadata(metadata: FileMetaData): Described {
  const [root, ...elements] = metadata.schema
  if (elements.length > maxColumns || (root.num_children ?? 0) > maxColumns)
    throw tooMany('columns', Math.max(elements.length, root.num_children ?? 0), maxColumns)
  const top = topColumns(elements)
  if (top.length !== root.num_children)
    throw corruptParquet(`it announces ${root.num_children} columns, its description has ${top.length}`)
  const names = top.map(({ name }) => name)
  if (new Set(names).size !== names.length) throw corruptParquet('two of its columns have the same name')
  const isIndex = ({ name }: SchemaElement) => /^__index_level_\d+__$/.test(name)
  const bad = top.filter((column) => !isIndex(column) && !isNumber(column))
  const good = top.filter((column) => !isIndex(column) && isNumber(column))
  const columns = good.map(({ name }) => name)
  const nullable = new Set(good.flatMap((one) => (one.repetition_type === 'REQUIRED' ? [] : [one.name])))
  if (columns.length === 0 && bad.length > 0)
    throw new AppError(
      'data/unsupported',
      `the Parquet file has no column of plain numbers: ${bad.slice(0, 5).map(describe).join(', ')}${bad.length > 5 ? ', …' : ''}; write numbers, one column per bin or observable`,
    )
  const leaves = names.filter((_, i) => !top[i].num_children)
  for (const group of metadata.row_groups) {
    const paths = group.columns.map(({ meta_data }) => meta_data?.path_in_schema ?? [])
    const flat = paths.filter((path) => path.length === 1).map(([name]) => name)
    if (flat.join('\n') !== leaves.join('\n'))
      throw corruptParquet('a row group does not have the columns that the file announces')
  }

  const rows = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0)
  if (metadata.row_groups.some(({ num_rows }) => num_rows < 0n) || BigInt(rows) !== metadata.num_rows)
    throw corruptParquet(`it announces ${metadata.num_rows} rows, its row groups have ${rows}`)
  if (rows > maxRows) throw tooMany('rows', rows, maxRows)
  if (rows * columns.length > maxValues) throw tooMany('numbers', rows * columns.length, maxValues)
  const passedOver = bad.map((column) => ({ name: column.name, why: kindOf(column) }))
  const notes = passedOverNotes(passedOver)
  if (top.some(isIndex)) notes.unshift('the index column written by pandas is left out')
  return { rows, columns, nullable, passedOver, notes }
}

/** Of the flattened tree, the elements right below the root. */
function topColumns(elements: readonly SchemaElement[]): SchemaElement[] {
  const top: SchemaElement[] = []
  for (let at = 0; at < elements.length;) {
    top.push(elements[at])
    // Steps over all that hangs below.
    for (let open = 1; open > 0 && at < elements.length; at++) open += (elements[at].num_children ?? 0) - 1
  }
  return top
}

function isNumber({
  type,
  num_children,
  repetition_type,
  converted_type,
  logical_type,
}: SchemaElement): boolean {
  return (
    numberTypes.includes(type ?? '') &&
    !num_children &&
    repetition_type !== 'REPEATED' &&
    (!converted_type || /^U?INT_/.test(converted_type)) &&
    (!logical_type?.type || logical_type.type === 'INTEGER')
  )
}

function describe(column: SchemaElement): string {
  return `${column.name} (${kindOf(column)})`
}

function kindOf({ type, converted_type, logical_type, num_children }: SchemaElement): string {
  return num_children ? 'nested' : (logical_type?.type ?? converted_type ?? type ?? 'no type')
}

function tooMany(what: string, found: number, limit: number): AppError {
  return new AppError(
    'data/unsupported',
    `the Parquet file has ${found} ${what}, at most ${limit} are read: split the file`,
  )
}

export interface ParquetColumn {
  name: string
  data: Float32Array | Float64Array | Int32Array
}

/**
 * A Parquet file of number columns, for export. Columns are required and plainly encoded, so that readers
 * get typed arrays instead of boxed values.
 */
export async function writeParquet(columns: readonly ParquetColumn[]): Promise<Uint8Array> {
  const lengths = new Set(columns.map(({ data }) => data.length))
  if (lengths.size > 1)
    throw new AppError(
      'input/invalid',
      `columns of one table need one length, these have ${[...lengths].join(', ')}`,
    )
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const type = (data: ParquetColumn['data']) =>
    data instanceof Float32Array ? 'FLOAT' : data instanceof Float64Array ? 'DOUBLE' : 'INT32'
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, data }) => ({
        name,
        data,
        type: type(data),
        nullable: false,
        encoding: 'PLAIN',
      })),
      codec: 'UNCOMPRESSED',
    }),
  )
}
