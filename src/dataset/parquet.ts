import type { FileMetaData, SchemaElement } from 'hyparquet'
import { AppError } from '../errors.ts'
import { checkPages, decompressors } from './parquet-pages.ts'
import { maxColumns, maxRows } from './table.ts'
import type { NumberTable } from './table.ts'

const maxFooterBytes = 4 * 1024 * 1024
const maxValues = 2 ** 25
const numberTypes = ['FLOAT', 'DOUBLE', 'INT32', 'INT64']

const corrupt = (what: string) =>
  new AppError('data/corrupt', `the Parquet file is damaged: ${what}; save or download it again`)

/**
 * Reads a Parquet file of flat number columns: one spectrum per row, one bin per column. Nullable columns
 * are read, a null becomes NaN; the index column that pandas adds is left out.
 *
 * @throws AppError 'data/corrupt' or 'data/unsupported' (nested, text, date columns: by name)
 */
export async function readParquet(bytes: Uint8Array): Promise<NumberTable> {
  checkFooter(bytes)
  try {
    return await readChecked(bytes)
  } catch (error) {
    if (error instanceof AppError) throw error
    // hyparquet throws plain errors of many kinds at damaged files.
    throw corrupt(error instanceof Error ? error.message : String(error))
  }
}

/** Length and marks, before anything is parsed. */
function checkFooter(bytes: Uint8Array): void {
  const mark = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 12 || mark(0) !== 'PAR1')
    throw corrupt(`it has ${bytes.length} bytes and does not start with PAR1`)
  if (mark(bytes.length - 4) !== 'PAR1')
    throw corrupt(`it does not end with PAR1, so it is cut short after ${bytes.length} bytes`)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true)
  if (length > bytes.length - 12)
    throw corrupt(`its description announces ${length} bytes, the file has ${bytes.length}`)
  if (length > maxFooterBytes)
    throw new AppError(
      'data/unsupported',
      `the Parquet file's description has ${length} bytes, at most ${maxFooterBytes} are read: write fewer columns or larger row groups`,
    )
}

async function readChecked(bytes: Uint8Array): Promise<NumberTable> {
  const { parquetMetadata, parquetRead } = await import('hyparquet')
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
  const buffer = own.buffer as ArrayBuffer
  const metadata = parquetMetadata(buffer, { geoparquet: false })
  const { rows, columns, notes } = checkMetadata(metadata)
  await checkPages(own, metadata)

  const data = new Float64Array(rows * columns.length).fill(NaN)
  const place = new Map(columns.map((name, index) => [name, index]))
  await parquetRead({
    file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
    metadata,
    columns,
    geoparquet: false,
    compressors: decompressors,
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
  return { rows, columns: columns.length, data, names: columns, notes }
}

/** Rows and number columns of the file, judged by its description alone. */
function checkMetadata(metadata: FileMetaData): { rows: number; columns: string[]; notes: string[] } {
  const [root, ...leaves] = metadata.schema
  if (leaves.length > maxColumns || (root.num_children ?? 0) > maxColumns)
    throw tooMany('columns', Math.max(leaves.length, root.num_children ?? 0), maxColumns)
  const isIndex = ({ name }: SchemaElement) => /^__index_level_\d+__$/.test(name)
  const bad = leaves.filter((leaf) => !isIndex(leaf) && !isNumber(leaf))
  if (bad.length > 0 || root.num_children !== leaves.length)
    throw new AppError(
      'data/unsupported',
      `the Parquet file has columns that are no plain numbers: ${bad.slice(0, 5).map(describe).join(', ')}${bad.length > 5 ? ', …' : ''}; keep one number column per bin`,
    )
  const names = leaves.map(({ name }) => name)
  if (new Set(names).size !== names.length) throw corrupt('two of its columns have the same name')
  for (const group of metadata.row_groups)
    if (
      group.columns.map(({ meta_data }) => meta_data?.path_in_schema.join('.')).join('\n') !==
      names.join('\n')
    )
      throw corrupt('a row group does not have the columns that the file announces')

  const rows = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0)
  if (metadata.row_groups.some(({ num_rows }) => num_rows < 0n) || BigInt(rows) !== metadata.num_rows)
    throw corrupt(`it announces ${metadata.num_rows} rows, its row groups have ${rows}`)
  if (rows > maxRows) throw tooMany('rows', rows, maxRows)
  const columns = leaves.filter((leaf) => !isIndex(leaf)).map(({ name }) => name)
  if (rows * columns.length > maxValues) throw tooMany('numbers', rows * columns.length, maxValues)
  return {
    rows,
    columns,
    notes: columns.length < names.length ? ['the index column written by pandas is left out'] : [],
  }
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

function describe({ name, type, converted_type, logical_type, num_children }: SchemaElement): string {
  return `${name} (${num_children ? 'nested' : (logical_type?.type ?? converted_type ?? type ?? 'no type')})`
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
