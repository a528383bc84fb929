import { AppError } from '../errors.ts'
import { readCsv, type CsvOptions } from './csv.ts'
import { gunzip } from './gunzip.ts'
import { readNpy } from './npy.ts'
import { readParquet } from './parquet.ts'
import { neededColumns, pickColumns, type ColumnPick } from './picked-columns.ts'
import { describeFormat, sniffFormat, type FileFormat } from './sniff.ts'
import { maxFileBytes, type NumberTable } from './table.ts'

/** What a file of numbers is, once it is unpacked. */
export type TableKind = 'npy' | 'csv' | 'parquet' | 'root' | 'zip' | 'hdf5'

export interface ReadTable extends NumberTable {
  kind: TableKind
  /** True where it was packed with gzip. */
  packed: boolean
}

export interface TableOptions extends CsvOptions {
  /** What the table is asked for, and from which files, for messages. */
  holds: { what: string; from: string }
  /** Which columns of the file are which of those that are asked for, where they have other names. */
  pick?: ColumnPick
  /** How many a row should have: tells the array that is meant where a file has several. */
  columns?: number
}

/** Of a packed file: rows and columns are counted as they are read, but the bytes are all there at once. */
const maxUnpackedBytes = 256 * 1024 * 1024

const cures: Partial<Record<FileFormat, string>> = {
  empty: 'the download or copy may have failed, fetch it again',
  gzip: 'it is packed more than once, unpack it (gunzip)',
  zstd: 'unpack it first (unzstd)',
  pickle: 'a pickle can run code and is never opened; use numpy.save',
  arrow: 'write it as Parquet: pandas.read_feather(file).to_parquet(name)',
  html: 'a login page may have been saved in place of the data, fetch it again',
  lhagrid: 'drop it where the page asks for a PDF grid',
  utf16: 'save it again with encoding UTF-8',
}

/**
 * The one reader of tables of numbers: `.npy` of one or two dimensions, `.npz`, HDF5, text (csv.ts), Parquet or a tree of a ROOT file, each also
 * packed with gzip, told apart by content, whatever the file is called. A 1-D array is one row.
 *
 * @throws AppError with the name of the file in front: 'data/corrupt' for damage, 'data/unsupported' for other formats and sizes,
 *         'data/mismatch' for arrays of other dimensions
 */
export async function readTable(name: string, bytes: Uint8Array, options: TableOptions): Promise<ReadTable> {
  const refuse = (what: string, cure: string) =>
    new AppError('data/unsupported', `${name} cannot be read: ${what}; ${cure}`, { file: name })
  if (bytes.length > maxFileBytes)
    throw refuse(
      `it has ${bytes.length} bytes, at most ${maxFileBytes} (64 MiB) are read`,
      'split it into several files, or keep fewer columns',
    )
  try {
    const packed = sniffFormat(bytes) === 'gzip'
    const plain = await unpackTable(bytes)
    const kind = kindOf(plain, options, refuse)
    return { ...pickColumns(await readKind(kind, plain, options), options.pick), kind, packed }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    // Readers do not know what the file is called; the reader of the message wants to.
    const { code, message, context } = thrown.about(name)
    throw new AppError(code, message, { ...context, file: name })
  }
}

const isTable = (format: FileFormat): format is TableKind & FileFormat =>
  ['npy', 'parquet', 'root', 'zip', 'hdf5'].includes(format)

function kindOf(
  bytes: Uint8Array,
  { holds }: TableOptions,
  refuse: (what: string, cure: string) => AppError,
): TableKind {
  const format = sniffFormat(bytes)
  if (isTable(format)) return format
  if (format === 'text') return 'csv'
  throw refuse(
    `it is ${describeFormat(format)}; ${holds.what} are read from ${holds.from}`,
    cures[format] ?? 'save them in one of these formats',
  )
}

async function readKind(kind: TableKind, bytes: Uint8Array, options: TableOptions): Promise<NumberTable> {
  const needs = neededColumns(options.needs, options.pick)
  if (kind === 'csv') return readCsv(bytes, { needs })
  if (kind === 'root') {
    const { readRoot } = await import('./root/root-table.ts')
    return readRoot(bytes, { needs, tree: options.pick?.tree, columns: options.columns })
  }
  if (kind === 'parquet') return readParquet(bytes)
  if (kind === 'zip' || kind === 'hdf5') {
    const { arrays, others } =
      kind === 'zip'
        ? await (await import('./npz.ts')).openNpz(bytes)
        : (await import('./hdf5/read-hdf5.ts')).openHdf5(bytes)
    const { tableOfArrays } = await import('./named-arrays.ts')
    const what = kind === 'zip' ? 'the .npz file' : 'the HDF5 file'
    return tableOfArrays(what, arrays, others, { needs, array: options.pick?.tree, columns: options.columns })
  }
  const { data, shape } = readNpy(bytes)
  if (shape.length !== 1 && shape.length !== 2)
    throw new AppError(
      'data/mismatch',
      `the array has ${shape.length} dimensions (${shape.join(', ')}), expected 1 or 2: save one row for each of the ${options.holds.what}`,
    )
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape
  return { rows, columns, data: Float64Array.from(data), passedOver: [], notes: [] }
}

/** The bytes of a table, unpacked where they are packed with gzip. @throws AppError as gunzip */
export async function unpackTable(bytes: Uint8Array): Promise<Uint8Array> {
  if (sniffFormat(bytes) !== 'gzip') return bytes
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of gunzip(bytes, maxUnpackedBytes)) {
    pieces.push(piece)
    length += piece.length
  }
  if (pieces.length === 1) return pieces[0]
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
