import { AppError } from '../errors.ts'
import { readTable, type TableKind } from './read-table.ts'
import { describeFormat } from './sniff.ts'
import { statedEdges, type Bin } from './stated-edges.ts'
import { maxRows } from './table.ts'
import type { NumberTable } from './table.ts'

/** Spectra from a user's file, checked against the binning of a dataset. */
export interface SpectraTable {
  format: TableKind
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

/** What of a file holds spectra, where other columns are in it. */
export interface SpectraColumns {
  /** Columns or branches; a branch of several numbers by its name alone. */
  only?: readonly string[]
  /** Of a ROOT file: the path of its tree. */
  tree?: string
}

/**
 * Reads spectra that a user dropped: `.npy` (1-D or 2-D), text tables, Parquet or a ROOT tree, told apart by content.
 * One spectrum per row, one bin per column, the number of bins as the dataset has.
 *
 * @throws AppError 'data/mismatch' for other bins or edges, 'data/corrupt' for NaN, infinities and damage,
 *         'data/unsupported' for other formats and sizes
 */
export async function readSpectraFile(
  name: string,
  bytes: Uint8Array,
  expected: ExpectedBins & SpectraColumns,
): Promise<SpectraTable> {
  const { only, tree } = expected
  const read = await readTable(name, bytes, {
    needs: only && ((column) => only.includes(column.replace(/\[\d+\]$/, ''))),
    columns: expected.bins,
    pick: tree === undefined ? undefined : { columns: {}, tree },
    holds: {
      what: 'spectra',
      from: '.npy, .npz, CSV, Parquet, HDF5 and ROOT files, packed with gzip or not',
    },
  })
  const format = read.kind
  const table = withoutHeaderRow(asRows(read, expected), expected)
  if (table.rows > maxRows)
    throw new AppError(
      'data/unsupported',
      `${name} cannot be read: it has ${table.rows} spectra, at most ${maxRows} are read; split it into several files`,
      { file: name },
    )
  checkShape(name, table, expected)
  const edgesChecked = checkEdges(name, table, expected)
  const { data, negativeValues, zeroRows } = checkNumbers(name, table)

  const notes = [...table.notes]
  const extension = /\.([a-z0-9]+)$/i.exec(read.packed ? name.replace(/\.gz$/i, '') : name)?.[1].toLowerCase()
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

const extensionOf: Record<string, TableKind | undefined> = {
  npy: 'npy',
  npz: 'zip',
  h5: 'hdf5',
  hdf5: 'hdf5',
  hdf: 'hdf5',
  parquet: 'parquet',
  pq: 'parquet',
  root: 'root',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  dat: 'csv',
}

/** One number per line is one spectrum, as numpy.savetxt writes a 1-D array; so is an array of one column. */
function asRows(table: NumberTable, { bins }: ExpectedBins): NumberTable {
  if (table.columns !== 1 || table.rows !== bins || bins === 1) return table
  return {
    ...table,
    rows: 1,
    columns: bins,
    names: undefined,
    lines: undefined,
    notes: [...table.notes, `its ${bins} numbers, one per line, are taken as one spectrum`],
  }
}

/** A first row of numbers that each lie in their own bin, as centres or lower edges do, is a header. */
function withoutHeaderRow(table: NumberTable, { bins, edges }: ExpectedBins): NumberTable {
  const { rows, columns, data, names, notes } = table
  const limits = edges && binsOf(edges)
  if (!limits || names || rows < 2 || columns !== bins || bins < 3) return table
  if (!limits.every(({ low, high }, b) => data[b] >= low && data[b] <= high)) return table
  return {
    ...table,
    rows: rows - 1,
    data: data.subarray(columns),
    lines: table.lines?.subarray(1),
    notes: [
      ...notes,
      `the first row lies bin by bin within the edges of the dataset (${data[0]}, ${data[1]}, … GeV) and is taken as a header, not as a spectrum`,
    ],
  }
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
  const wanted = binsOf(edges)
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

/** The bins of all observables side by side. */
function binsOf(edges: NonNullable<ExpectedBins['edges']>): Bin[] {
  const lists = edges.map((item) => (typeof item === 'number' ? [item] : item))
  const blocks = edges.every((item) => typeof item === 'number') ? [lists.flat()] : lists
  return blocks.flatMap((list) => list.slice(1).map((high, i) => ({ low: list[i], high })))
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
