import { AppError } from '../errors.ts'
import { readCsv } from './csv.ts'
import { readNpy } from './npy.ts'
import { readParquet } from './parquet.ts'
import { describeFormat, sniffFormat } from './sniff.ts'
import type { FileFormat } from './sniff.ts'
import { statedEdges } from './stated-edges.ts'
import { maxFileBytes, maxRows } from './table.ts'
import type { NumberTable } from './table.ts'

/** Spectra from a user's file, checked against the binning of a dataset. */
export interface SpectraTable {
  format: 'npy' | 'csv' | 'parquet'
  rows: number
  bins: number
  data: Float32Array<ArrayBuffer> // [rows, bins] row-major
  names?: string[]
  /** True where the file states its bin edges and they are those of the dataset. */
  edgesChecked: boolean
  negativeValues: number
  /** Spectra that are zero in every bin. */
  zeroRows: number
  /** What the reader assumed, in sentences for the page. */
  notes: string[]
}

/** The binning a file must have. Several observables side by side: one list of edges for each. */
export interface ExpectedBins {
  bins: number
  edges?: readonly number[] | readonly (readonly number[])[]
}

/**
 * Reads spectra that a user dropped: `.npy` (1-D or 2-D), text tables or Parquet, told apart by content.
 * One spectrum per row, one bin per column, the number of bins as the dataset has.
 *
 * @throws AppError 'data/mismatch' for other bins or edges, 'data/corrupt' for NaN, infinities and damage,
 *         'data/unsupported' for other formats and sizes
 */
export async function readSpectraFile(
  name: string,
  bytes: Uint8Array,
  expected: ExpectedBins,
): Promise<SpectraTable> {
  if (bytes.length > maxFileBytes)
    throw refuse(
      name,
      `it has ${bytes.length} bytes, at most ${maxFileBytes} (64 MiB) are read`,
      'split it into several files',
    )
  const format = formatOf(name, bytes)
  const table = await naming(name, () => readTable(format, bytes))
  if (table.rows > maxRows)
    throw refuse(
      name,
      `it has ${table.rows} spectra, at most ${maxRows} are read`,
      'split it into several files',
    )
  checkShape(name, table, expected)
  const edgesChecked = checkEdges(name, table, expected)
  const { data, negativeValues, zeroRows } = checkNumbers(name, table)

  const notes = [...table.notes]
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1].toLowerCase()
  if (extension && extensionOf[extension] !== format && (extensionOf[extension] || format !== 'csv'))
    notes.push(
      `the name ends in .${extension}, the file is ${describeFormat(format === 'csv' ? 'text' : format)} and was read as that`,
    )
  if (negativeValues > 0) notes.push(`${negativeValues} of ${data.length} numbers are negative`)
  if (zeroRows > 0) notes.push(`${zeroRows} of ${table.rows} spectra are zero in every bin`)
  if (table.rows > 1 && allRowsEqual(data, table.columns))
    notes.push(`all ${table.rows} spectra are the same`)
  if (!edgesChecked && expected.edges)
    notes.push('the file does not state its bin edges: those of the dataset are assumed')
  return {
    format,
    rows: table.rows,
    bins: table.columns,
    data,
    names: table.names,
    edgesChecked,
    negativeValues,
    zeroRows,
    notes,
  }
}

const extensionOf: Record<string, SpectraTable['format'] | undefined> = {
  npy: 'npy',
  parquet: 'parquet',
  pq: 'parquet',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  dat: 'csv',
}

const cures: Partial<Record<FileFormat, string>> = {
  empty: 'the download or copy may have failed, fetch it again',
  zip: 'take one array out of it: numpy.save(name, numpy.load(file)[key])',
  gzip: 'unpack it first (gunzip)',
  zstd: 'unpack it first (unzstd)',
  hdf5: 'save the dataset with numpy.save, e.g. numpy.save(name, h5py.File(file)[key][:])',
  root: 'save the histograms with numpy.save, e.g. with uproot',
  pickle: 'a pickle can run code and is never opened; use numpy.save',
  arrow: 'write it as Parquet: pandas.read_feather(file).to_parquet(name)',
  html: 'a login page may have been saved in place of the data, fetch it again',
  lhagrid: 'drop it where the page asks for a PDF grid',
  utf16: 'save it again with encoding UTF-8',
}

function formatOf(name: string, bytes: Uint8Array): SpectraTable['format'] {
  const format = sniffFormat(bytes)
  if (format === 'npy' || format === 'parquet') return format
  if (format === 'text') return 'csv'
  throw refuse(
    name,
    `it is ${describeFormat(format)}; spectra are read from .npy, CSV and Parquet`,
    cures[format] ?? 'save them in one of these formats',
  )
}

async function readTable(format: SpectraTable['format'], bytes: Uint8Array): Promise<NumberTable> {
  if (format === 'csv') return readCsv(bytes)
  if (format === 'parquet') return readParquet(bytes)
  const { data, shape } = readNpy(bytes)
  if (shape.length !== 1 && shape.length !== 2)
    throw new AppError(
      'data/mismatch',
      `the array has ${shape.length} dimensions (${shape.join(', ')}), expected 1 or 2: save one spectrum per row`,
    )
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape
  return { rows, columns, data: Float64Array.from(data), notes: [] }
}

/** Readers do not know what the file is called; the reader of the message wants to. */
async function naming<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, `${name}: ${error.message}`, { ...error.context, file: name })
  }
}

function refuse(name: string, what: string, cure: string): AppError {
  return new AppError('data/unsupported', `${name} cannot be read: ${what}; ${cure}`, { file: name })
}

function mismatch(name: string, what: string): AppError {
  return new AppError('data/mismatch', `${name} does not fit the dataset: ${what}`, { file: name })
}

function checkShape(name: string, { rows, columns }: NumberTable, { bins }: ExpectedBins): void {
  if (rows === 0) throw mismatch(name, 'it holds no spectra; put one spectrum on each row')
  if (columns === bins) return
  throw mismatch(
    name,
    `its spectra have ${columns} bins, the dataset has ${bins}; ` +
      (rows === bins
        ? `the file has ${rows} rows, so it may be transposed: save array.T`
        : 'choose a dataset with this binning or bin the spectra as the dataset'),
  )
}

function checkEdges(name: string, table: NumberTable, { edges }: ExpectedBins): boolean {
  const stated = statedEdges(table)
  if (!stated || !edges) return false
  const lists = edges.map((item) => (typeof item === 'number' ? [item] : item))
  const blocks = edges.every((item) => typeof item === 'number') ? [lists.flat()] : lists
  const wanted = blocks.flatMap((list) => list.slice(1).map((high, i) => ({ low: list[i], high })))
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b), 1e-6)
  if (stated.length !== wanted.length)
    throw mismatch(
      name,
      `it states edges of ${stated.length} bins, the dataset has ${wanted.length}; bin the spectra as the dataset`,
    )
  const at = wanted.findIndex(
    ({ low, high }, i) => !close(low, stated[i].low) || !close(high, stated[i].high),
  )
  if (at < 0) return true
  throw mismatch(
    name,
    `its bin ${at + 1} goes from ${stated[at].low} to ${stated[at].high} GeV, the dataset's from ${wanted[at].low} to ${wanted[at].high} GeV; bin the spectra as the dataset, or choose one with these edges`,
  )
}

function checkNumbers(name: string, { data, rows, columns, names }: NumberTable) {
  const numbers = Float32Array.from(data)
  let negativeValues = 0
  let zeroRows = 0
  for (let row = 0; row < rows; row++) {
    let zero = true
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column
      if (!Number.isFinite(numbers[at])) {
        const label = names?.[column] ? ` (${names[column].slice(0, 40)})` : ''
        const what = Number.isNaN(data[at])
          ? 'missing or not a number (NaN)'
          : `${data[at]}, beyond single precision`
        throw new AppError(
          'data/corrupt',
          `${name}: the value in row ${row + 1}, column ${column + 1}${label} is ${what}; repair or remove that spectrum`,
          { file: name, row: row + 1, column: column + 1 },
        )
      }
      if (numbers[at] < 0) negativeValues++
      if (numbers[at] !== 0) zero = false
    }
    if (zero) zeroRows++
  }
  if (zeroRows === rows)
    throw new AppError(
      'data/corrupt',
      `${name}: all ${rows} spectra are zero in every bin (${rows * columns} numbers); check the step that wrote the file`,
      { file: name },
    )
  return { data: numbers, negativeValues, zeroRows }
}

function allRowsEqual(data: Float32Array, bins: number): boolean {
  for (let i = bins; i < data.length; i++) if (data[i] !== data[i - bins]) return false
  return true
}
