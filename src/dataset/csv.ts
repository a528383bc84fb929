import { AppError } from '../errors.ts'
import { describeFormat, sniffFormat } from './sniff.ts'
import { maxColumns, maxRows } from './table.ts'
import type { NumberTable } from './table.ts'

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/
const specialNumbers: Record<string, number> = { nan: NaN, inf: Infinity, infinity: Infinity }

/**
 * Reads spectra or events from text: one of them per line, one bin or observable per column, separated by `;`, tab, comma or
 * blanks. Lines starting with # are comments, `# edges: 50, 55, 60` gives the bin edges. A first line of
 * names is optional; one of numbers with one entry more than the next line is read as edges. Fortran
 * exponents (1.23D-04) are read, and decimal commas where `;`, tab or blanks separate.
 *
 * @throws AppError 'data/corrupt' with line and column, 'data/unsupported' for UTF-16 and what is no text
 */
export function readCsv(bytes: Uint8Array): NumberTable {
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
  return readLines(new TextDecoder().decode(bytes).split(/\r\n|\n|\r/))
}

function readLines(lines: string[]): NumberTable {
  const separator = chooseSeparator(lines.find(isData) ?? '')
  const head = readHead(lines, separator)
  const { columns, skip, notes } = head
  const width = columns - skip
  const values: number[] = []
  let rows = 0
  for (let i = head.firstData; i < lines.length; i++) {
    if (!isData(lines[i])) continue
    if (rows === maxRows) throw corrupt(`it has more than ${maxRows} lines of numbers`, 'split the file')
    const cells = split(lines[i], i, separator)
    if (cells.length === columns + 1 && cells[columns] === '') cells.pop() // a separator at the very end
    if (cells.length !== columns)
      throw corrupt(
        `line ${i + 1} has ${cells.length} columns, line ${head.firstData + 1} has ${columns}`,
        'every line needs the same number, write nan for a missing value',
      )
    for (let c = skip; c < columns; c++) values.push(needNumber(cells[c], i, c, separator))
    rows++
  }
  const data = Float64Array.from(values)
  return { rows, columns: width, data, names: head.names, edges: head.edges ?? edgesInComments(lines), notes }
}

interface Head {
  names?: string[]
  edges?: number[]
  firstData: number
  columns: number
  /** Columns at the left that are not bins: the index that pandas writes. */
  skip: 0 | 1
  notes: string[]
}

/** What stands above the spectra: a line of names, a line of edges or nothing. */
function readHead(lines: string[], separator: RegExp): Head {
  const dataLines: number[] = []
  for (let i = 0; i < lines.length && dataLines.length < 2; i++) if (isData(lines[i])) dataLines.push(i)
  if (dataLines.length === 0)
    throw corrupt('it has no line of numbers', 'put one spectrum or event on each line')
  const [first, second] = dataLines
  const cells = withoutEmptyEnd(split(lines[first], first, separator))
  if (cells.length > maxColumns)
    throw corrupt(
      `line ${first + 1} has more than ${maxColumns} columns`,
      'one spectrum or event goes on one line, one bin or observable in one column',
    )
  if (cells.every((cell) => toNumber(cell, separator) !== undefined)) {
    const next = second === undefined ? [] : withoutEmptyEnd(split(lines[second], second, separator))
    if (next.length === 0 || next.length !== cells.length - 1)
      return { firstData: first, columns: cells.length, skip: 0, notes: [] }
    return {
      edges: cells.map((cell, c) => needNumber(cell, first, c, separator)),
      firstData: second,
      columns: next.length,
      skip: 0,
      notes: [`line ${first + 1} has one number more than the next and is taken as bin edges`],
    }
  }
  if (second === undefined)
    throw corrupt('it has a line of names but no numbers', 'put one spectrum or event on each line')
  const skip = cells[0] === '' && cells.length > 1 ? 1 : 0
  return {
    names: cells.slice(skip),
    firstData: second,
    columns: cells.length,
    skip,
    notes: skip ? ['the first column has no name and is taken as an index, not as a bin'] : [],
  }
}

const isData = (line: string) => line.trim() !== '' && !line.trimStart().startsWith('#')

function chooseSeparator(line: string): RegExp {
  if (line.includes(';')) return /;/
  if (line.includes('\t')) return /\t/
  return line.includes(',') ? /,/ : /\s+/
}

/** Cells of line `i` (from 0), trimmed and unquoted. */
function split(line: string, i: number, separator: RegExp): string[] {
  const quoted: string[] = []
  let text = separator.source === '\\s+' ? line.trim() : line
  if (text.includes('"')) {
    // Separators between quotes belong to the cell: hide the quoted text while splitting.
    text = text.replace(/"([^"]*)"/g, (_, inner: string) => `\u0001${quoted.push(inner) - 1}\u0001`)
    if (text.includes('"'))
      throw corrupt(`the quote opened on line ${i + 1} is not closed on it`, 'close it or remove it')
  }
  return text
    .split(separator, maxColumns + 2)
    .map((cell) => cell.replace(/\u0001(\d+)\u0001/g, (_, index: string) => quoted[Number(index)]).trim())
}

function withoutEmptyEnd(cells: string[]): string[] {
  return cells.length > 1 && cells[cells.length - 1] === '' ? cells.slice(0, -1) : cells
}

/** NaN for an empty cell or a dash, undefined for what is no number. */
function toNumber(cell: string, separator: RegExp): number | undefined {
  if (cell === '' || cell === '-') return NaN
  const text = separator.source !== ',' && !cell.includes('.') ? cell.replace(',', '.') : cell
  if (numberPattern.test(text)) return Number(text.replace(/[dD]/, 'e'))
  const word = text.replace(/^[+-]/, '').toLowerCase()
  if (!Object.hasOwn(specialNumbers, word)) return undefined
  return text.startsWith('-') ? -specialNumbers[word] : specialNumbers[word]
}

function needNumber(cell: string, i: number, column: number, separator: RegExp): number {
  const value = toNumber(cell, separator)
  if (value === undefined)
    throw corrupt(
      `line ${i + 1}, column ${column + 1} reads "${cell.slice(0, 40)}", which is not a number`,
      'write numbers like 1.5e-3',
    )
  return value
}

/** `# edges: 50, 55, 60` anywhere among the comments. */
function edgesInComments(lines: string[]): number[] | undefined {
  for (const line of lines) {
    const match = /^\s*#\s*(?:bin[ _-]?)?edges\b[^:=]*[:=](.*)$/i.exec(line)
    const edges = match?.[1]
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((text) => toNumber(text, /;/) ?? NaN)
    if (edges?.length && edges.every(Number.isFinite)) return edges
  }
  return undefined
}

function corrupt(what: string, cure: string): AppError {
  return new AppError('data/corrupt', `the table cannot be read: ${what}; ${cure}`)
}
