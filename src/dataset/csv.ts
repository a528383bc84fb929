import { AppError, shortName } from '../errors.ts'
import { createGrowingArray } from '../numerics/growing-array.ts'
import { createLineReader, type Line, type LineReader } from '../numerics/line-reader.ts'
import { readNumber } from '../numerics/read-number.ts'
import { describeFormat, sniffFormat } from './sniff.ts'
import { splitCells, type Separator } from './table-cells.ts'
import { maxColumns, maxRows, maxValues, passedOverNotes, type NumberTable } from './table.ts'

export interface CsvOptions {
  /** Names of the columns that are asked for; where it is given, others are not read and may hold what they like. */
  needs?: (name: string) => boolean
}

/**
 * Reads spectra or events from text: one of them per line, one bin or observable per column, separated by `;`, tab, comma or
 * blanks, or by what a first line `sep=;` says, as Excel writes it. Lines starting with #, %, ! or // are comments,
 * `# edges: 50, 55, 60` gives the bin edges. A first line of names is optional; one that counts the columns from 0 or 1 is one,
 * too, and one of numbers with one entry more than the next line is read as edges. An empty first name is that of an index, which
 * is left out. Named columns of text are passed over. Numbers as Fortran writes them are read, and decimal commas where `;`, tab
 * or blanks separate. Takes time and memory in proportion to the bytes.
 *
 * @throws AppError 'data/corrupt' with line and column, 'data/unsupported' for UTF-16 and what is no text
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): NumberTable {
  const format = sniffFormat(bytes)
  if (format === 'utf16')
    throw new AppError(
      'data/unsupported',
      'the table is text in UTF-16, this app reads UTF-8: save it again with encoding UTF-8 (in Excel: "CSV UTF-8")',
    )
  if (format !== 'text')
    throw new AppError(
      'data/unsupported',
      `the file is ${describeFormat(format)}, not a table of numbers in text`,
    )
  return readLines(createLineReader(new TextDecoder().decode(bytes)), options)
}

function readLines(lines: LineReader, options: CsvOptions): NumberTable {
  const source = dataLines(lines)
  let first = source.next()
  const stated = first && statedSeparator(first.text)
  if (stated !== undefined) first = source.next()
  if (!first) throw corrupt('it has no line of numbers', 'put one spectrum or event on each line')
  const second = source.next()
  const separator = stated ?? chooseSeparator(first.text)
  const head = readHead(first, second, separator)
  const { columns, skip } = head
  const unread = unreadColumns(head, separator, options)
  // Places of the cells that are kept, in the order of the columns.
  const kept = Array.from({ length: columns - skip }, (_, i) => i + skip).filter(
    (c) => !unread.columns.has(c),
  )
  if (kept.length === 0) unread.refuse()
  const values = createGrowingArray()
  const rowLines = createGrowingArray()
  let line = head.firstData === first ? first : second
  while (line) {
    if (rowLines.length === maxRows)
      throw corrupt(`it has more than ${maxRows} lines of numbers`, 'split the file')
    const cells = cellsOf(line, separator)
    if (cells.length === columns + 1 && cells[columns] === '') cells.pop() // a separator at the very end
    if (cells.length !== columns)
      throw corrupt(
        `line ${line.number} has ${cells.length} columns, line ${head.line} has ${columns}`,
        'every line needs the same number, write nan for a missing value',
      )
    if (values.length + kept.length > maxValues)
      throw corrupt(`it has more than ${maxValues} numbers`, 'split the file')
    for (const c of kept) values.push(needNumber(cells[c], line, c, separator))
    rowLines.push(line.number)
    line = line === first ? second : source.next()
  }
  const passedOver = [...unread.columns].map(([c, why]) => ({ name: head.names?.[c - skip] ?? '', why }))
  return {
    rows: rowLines.length,
    columns: kept.length,
    data: values.finish(),
    names: head.names && kept.map((c) => head.names?.[c - skip] ?? ''),
    edges: head.edges ?? source.edges(),
    lines: Uint32Array.from(rowLines.finish()),
    passedOver,
    notes: [...head.notes, ...passedOverNotes(passedOver)],
  }
}

/** Excel's first line, `sep=;`. */
function statedSeparator(line: string): Separator | undefined {
  const match = /^"?sep=([;,\t ])"?\s*$/i.exec(line.slice(0, 20))
  return match ? (match[1] === ' ' ? 'blanks' : (match[1] as Separator)) : undefined
}

/**
 * Named columns that are not read, by place: those whose first value is no number, with that value, and those of numbers that
 * nobody needs. A needed one stays, to be refused where its value stands.
 */
function unreadColumns({ names, firstData, skip }: Head, separator: Separator, { needs }: CsvOptions) {
  const columns = new Map<number, string | null>()
  const cells = names ? cellsOf(firstData, separator) : []
  names?.forEach((name, i) => {
    const cell = cells[i + skip] ?? ''
    if (needs?.(name)) return
    if (toNumber(cell, separator) === undefined) columns.set(i + skip, `"${shortName(cell, 20)}"`)
    else if (needs) columns.set(i + skip, null)
  })
  return {
    columns,
    refuse(): never {
      const [c] = columns.keys()
      needNumber(cells[c ?? skip] ?? '', firstData, c ?? skip, separator)
      throw corrupt(`line ${firstData.number} has no number`, 'put one spectrum or event on each line')
    },
  }
}

/** The lines that are no comment; the edges that the comments state. */
function dataLines(lines: LineReader) {
  let edges: number[] | undefined
  return {
    next(): Line | undefined {
      for (let line = lines.next(); line; line = lines.next()) {
        const text = line.text.trimStart()
        if (text === '') continue
        if (!/^(?:[#%!]|\/\/)/.test(text)) return line
        edges ??= edgesInComment(text)
      }
      return undefined
    },
    edges: () => edges,
  }
}

interface Head {
  names?: string[]
  edges?: number[]
  firstData: Line
  /** Number of the line that the columns were counted on. */
  line: number
  columns: number
  /** Columns at the left that are not bins: the index that pandas writes. */
  skip: 0 | 1
  notes: string[]
}

/** What stands above the spectra: a line of names, a line of edges or nothing. */
function readHead(first: Line, second: Line | undefined, separator: Separator): Head {
  const cells = withoutEmptyEnd(cellsOf(first, separator))
  if (cells.length > maxColumns)
    throw corrupt(
      `line ${first.number} has more than ${maxColumns} columns`,
      'one spectrum or event goes on one line, one bin or observable in one column',
    )
  const line = first.number
  const skip = cells[0] === '' && cells.length > 1 ? 1 : 0
  const numbers = cells.every((cell) => toNumber(cell, separator) !== undefined)
  if (numbers && !(second && (skip === 1 || countsColumns(cells)))) {
    const next = second === undefined ? [] : withoutEmptyEnd(cellsOf(second, separator))
    if (second === undefined || next.length === 0 || next.length !== cells.length - 1)
      return { firstData: first, line, columns: cells.length, skip: 0, notes: [] }
    return {
      edges: cells.map((cell, c) => needNumber(cell, first, c, separator)),
      firstData: second,
      line: second.number,
      columns: next.length,
      skip: 0,
      notes: [`line ${line} has one number more than the next and is taken as bin edges`],
    }
  }
  if (second === undefined)
    throw corrupt('it has a line of names but no numbers', 'put one spectrum or event on each line')
  const notes = skip ? ['the first column has no name and is taken as an index, not as a bin'] : []
  if (numbers)
    notes.push(
      `line ${line} (${cells.slice(skip, skip + 3).join(', ')}, …) is taken as a header, not as numbers`,
    )
  return { names: cells.slice(skip), firstData: second, line, columns: cells.length, skip, notes }
}

/** Too short a count may be meant as numbers. */
const shortestCount = 4

/** 0, 1, 2, ... or 1, 2, 3, ...: pandas names columns so when nobody else does. */
function countsColumns(cells: readonly string[]): boolean {
  const from = cells[0] === '0' ? 0 : 1
  return cells.length >= shortestCount && cells.every((cell, c) => cell === String(from + c))
}

function chooseSeparator(line: string): Separator {
  if (line.includes(';')) return ';'
  if (line.includes('\t')) return '\t'
  return line.includes(',') ? ',' : 'blanks'
}

function cellsOf({ text, number }: Line, separator: Separator): string[] {
  const cells = splitCells(text, separator, maxColumns + 2)
  if (!cells) throw corrupt(`the quote opened on line ${number} is not closed on it`, 'close it or remove it')
  return cells
}

function withoutEmptyEnd(cells: string[]): string[] {
  return cells.length > 1 && cells[cells.length - 1] === '' ? cells.slice(0, -1) : cells
}

/** NaN for an empty cell or a dash, undefined for what is no number. */
function toNumber(cell: string, separator: Separator): number | undefined {
  if (cell === '' || cell === '-') return NaN
  return readNumber(separator !== ',' && !cell.includes('.') ? cell.replace(',', '.') : cell)
}

function needNumber(cell: string, line: Line, column: number, separator: Separator): number {
  const value = toNumber(cell, separator)
  if (value === undefined)
    throw corrupt(
      `line ${line.number}, column ${column + 1} reads "${cell.slice(0, 40)}", which is not a number`,
      'write numbers like 1.5e-3',
    )
  return value
}

/** `# edges: 50, 55, 60` */
function edgesInComment(comment: string): number[] | undefined {
  const match = /^(?:[#%!]|\/\/)\s*(?:bin[ _-]?)?edges\b[^:=]*[:=](.*)$/i.exec(comment)
  const edges = match?.[1]
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((text) => toNumber(text, ';') ?? NaN)
  return edges?.length && edges.every(Number.isFinite) ? edges : undefined
}

function corrupt(what: string, cure: string): AppError {
  return new AppError('data/corrupt', `the table cannot be read: ${what}; ${cure}`)
}
