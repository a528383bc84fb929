import { AppError } from '../../errors.ts'
import { createLineReader, type Line } from '../../numerics/line-reader.ts'
import { readNumber } from '../../numerics/read-number.ts'

/** One block of an `lhagrid1` file: densities on knots between two flavour thresholds. */
export interface LhaSubgrid {
  readonly x: Float64Array // [nx] ascending
  /** GeV */
  readonly q: Float64Array // [nq] ascending
  /** PDG ids of the columns; the gluon is 21. */
  readonly ids: readonly number[]
  /** x f */
  readonly values: Float64Array // [nx, nq, ids] row-major
}

export interface LhaGrid {
  /** `Key: value` lines before the first separator. */
  readonly header: Readonly<Record<string, string>>
  /** Ascending in Q; a threshold is the last knot of one and the first of the next. */
  readonly subgrids: readonly LhaSubgrid[]
}

const freshCopy = 'Get an undamaged copy of the set.'

/**
 * Reads one member of an LHAPDF6 set (SET_0000.dat, format "lhagrid1"; Buckley et al., arXiv:1412.7420).
 *
 * Blocks end with a line `---`. The first is a header; each further one has a line of x knots, one of Q knots,
 * one of PDG ids and then a row of x f per (x, Q), Q fastest. Comment lines (#) and blank lines are skipped.
 *
 * @param name  what the messages call the file
 * @throws      AppError 'data/corrupt' naming the line, or 'data/unsupported' for another format
 */
export function parseLhaGrid(text: string, name: string): LhaGrid {
  const lines = saidLines(text, name)
  const header = readHeader(lines, name)
  const subgrids: LhaSubgrid[] = []
  for (let start = lines.peek(); start; start = lines.peek()) {
    const subgrid = readSubgrid(lines, name)
    checkJoin(subgrids.at(-1), subgrid, start.number, name)
    subgrids.push(subgrid)
  }
  if (subgrids.length === 0) throw corrupt(name, lines.number(), 'the file ends after its header', freshCopy)
  return { header, subgrids }
}

function corrupt(name: string, line: number, what: string, cure: string): AppError {
  return new AppError('data/corrupt', `${name}, line ${line}: ${what}. ${cure}`, { name, line })
}

interface SaidLines {
  peek(): Line | undefined
  next(): Line | undefined
  /** Of the line that `peek()` shows, or of the last. */
  number(): number
  readonly left: number
}

/** The lines of a text that are neither blank nor a comment. */
function saidLines(text: string, name: string): SaidLines {
  const lines = createLineReader(text)
  let last = 0
  const peek = (): Line | undefined => {
    try {
      for (let line = lines.peek(); line; line = lines.peek()) {
        last = line.number
        const said = line.text.trimStart()
        if (said !== '' && !said.startsWith('#')) return line
        lines.next()
      }
      return undefined
    } catch (thrown) {
      const { code, message, context } = AppError.from(thrown)
      throw new AppError(code, `${name}: ${message}`, context)
    }
  }
  return {
    peek,
    next() {
      const line = peek()
      lines.next()
      return line
    },
    number: () => lines.peek()?.number ?? last,
    get left() {
      return lines.left
    },
  }
}

function isSeparator(line: Line | undefined): boolean {
  return line?.text.trim() === '---'
}

function readHeader(lines: SaidLines, name: string): Record<string, string> {
  const first = lines.peek()
  if (first?.text.replace('\uFEFF', '').trimStart().startsWith('<'))
    throw corrupt(
      name,
      first.number,
      `this is a web page, not a grid (it begins "${first.text.trim().slice(0, 40)}")`,
      'Download the file itself, e.g. with the raw or download link.',
    )
  const header: Record<string, string> = {}
  let line = lines.next()
  for (; line && !isSeparator(line); line = lines.next()) {
    const colon = line.text.indexOf(':')
    const key = line.text.slice(0, Math.max(0, colon)).replace('\uFEFF', '').trim()
    if (/^[A-Za-z_]\w*$/.test(key)) header[key] = unquoted(line.text.slice(colon + 1).trim())
  }
  if (header.Format !== undefined && header.Format !== 'lhagrid1')
    throw new AppError(
      'data/unsupported',
      `${name} has format "${header.Format.slice(0, 40)}"; only "lhagrid1" can be read. Take the LHAPDF6 version of the set.`,
      { name },
    )
  if (!line || header.Format === undefined)
    throw corrupt(
      name,
      1,
      'not a member of an LHAPDF6 set: no "Format: lhagrid1" line followed by "---" was found',
      'Choose a file named like SET_0000.dat (not the .info file or the archive).',
    )
  return header
}

function unquoted(text: string): string {
  const quote = text[0]
  return text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote)
    ? text.slice(1, -1)
    : text
}

function readSubgrid(lines: SaidLines, name: string): LhaSubgrid {
  const start = lines.number()
  const x = readKnots(lines, name, 'x')
  const atQ = lines.peek()?.number ?? lines.number()
  const q = readKnots(lines, name, 'Q')
  if (x.length < 4 || x[x.length - 1] > 1)
    throw corrupt(
      name,
      start,
      `x knots must be at least 4 and not above 1, found ${x.length} up to ${x[x.length - 1]}`,
      freshCopy,
    )
  if (q.length < 2)
    throw corrupt(name, atQ, `a subgrid needs at least 2 Q knots, found ${q.length}`, freshCopy)
  const ids = readIds(lines, name)

  const rows = x.length * q.length
  const announced = `${rows} rows (${x.length} x knots times ${q.length} Q knots)`
  const stops = (row: number): AppError =>
    corrupt(
      name,
      lines.number(),
      `the subgrid of line ${start} stops after ${row} of ${announced}`,
      'The file is cut off or its knots are wrong. ' + freshCopy,
    )
  // Two characters are the least that a number takes: room is made for no more rows than can follow.
  if (2 * rows * ids.length > lines.left + 1) {
    let found = 0
    for (; lines.peek() && !isSeparator(lines.peek()); lines.next()) found++
    throw found < rows
      ? stops(found)
      : corrupt(name, start, `the rows of the subgrid have fewer than ${ids.length} values each`, freshCopy)
  }
  const values = new Float64Array(rows * ids.length)
  let last = start
  for (let row = 0; row < rows; row++) {
    const line = lines.peek()
    if (!line || isSeparator(line)) throw stops(row)
    readNumbers(line, name, ids.length, values, row * ids.length)
    last = line.number
    lines.next()
  }
  const end = lines.peek()
  if (!end)
    throw corrupt(
      name,
      last,
      'the file ends without the closing "---", so its last number may be cut off',
      freshCopy,
    )
  if (!isSeparator(end)) {
    let extra = 0
    for (; lines.peek() && !isSeparator(lines.peek()); lines.next()) extra++
    throw corrupt(name, end.number, `expected "---" after ${announced}, found ${extra} more lines`, freshCopy)
  }
  lines.next()
  return { x, q, ids, values }
}

/** The next line, which must be one of a block. */
function lineOf(lines: SaidLines, name: string, what: string): Line {
  const line = lines.peek()
  if (!line || isSeparator(line))
    throw corrupt(name, lines.number(), `expected a line of ${what}, found the end of a block`, freshCopy)
  lines.next()
  return line
}

function readKnots(lines: SaidLines, name: string, axis: 'x' | 'Q'): Float64Array {
  const line = lineOf(lines, name, `${axis} knots`)
  const count = line.text.trim().split(/\s+/).length
  const knots = new Float64Array(count)
  readNumbers(line, name, count, knots, 0)
  for (let k = 0; k < count; k++) {
    if (!(knots[k] > 0))
      throw corrupt(name, line.number, `${axis} knot ${k + 1} is ${knots[k]}, it must be positive`, freshCopy)
    if (k > 0 && !(knots[k] > knots[k - 1]))
      throw corrupt(
        name,
        line.number,
        `${axis} knots must rise, but knot ${k} is ${knots[k - 1]} and knot ${k + 1} is ${knots[k]}`,
        'A repeated knot has no interval to interpolate in. Get a corrected version of the set.',
      )
  }
  return knots
}

function readIds(lines: SaidLines, name: string): number[] {
  const line = lineOf(lines, name, 'PDG ids')
  const known = new Set<number>()
  for (const token of line.text.trim().split(/\s+/)) {
    if (token.length > 20 || !/^[+-]?\d+$/.test(token))
      throw corrupt(name, line.number, `"${token.slice(0, 40)}" is not a PDG id`, freshCopy)
    // Some files call the gluon 0.
    const id = Number(token) === 0 ? 21 : Number(token)
    if (known.has(id)) throw corrupt(name, line.number, `PDG id ${id} is listed twice`, freshCopy)
    known.add(id)
  }
  const foreign = [...known].filter((id) => !isParton(id))
  if (foreign.length > 0)
    throw new AppError(
      'data/unsupported',
      `${name}, line ${line.number}: ids ${foreign.slice(0, 6).join(', ')}${foreign.length > 6 ? ', …' : ''} are no partons (quarks, gluon, photon, leptons)${foreign.some((id) => Math.abs(id) > 900 && Math.abs(id) < 1000) ? '; LHAPDF has structure functions under such ids' : ''}. Choose a set of parton densities.`,
      { name, line: line.number },
    )
  return [...known]
}

/** Quarks, leptons, gluon and photon: what LHAPDF sets list besides those that are used. */
function isParton(id: number): boolean {
  const size = Math.abs(id)
  return (size >= 1 && size <= 6) || (size >= 11 && size <= 16) || id === 21 || id === 22
}

/** Reads exactly `count` numbers of a line into `out`. */
function readNumbers(line: Line, name: string, count: number, out: Float64Array, offset: number): void {
  const tokens = line.text.trim().split(/\s+/)
  for (let k = 0; k < tokens.length; k++) {
    const value = readNumber(tokens[k])
    if (value === undefined || !Number.isFinite(value)) {
      const token = tokens[k].slice(0, 40)
      const glued = /\d\.\d*(e[+-]\d+)?.*\./i.test(token) ? ' (two numbers run together)' : ''
      throw corrupt(name, line.number, `"${token}" in column ${k + 1} is not a number${glued}`, freshCopy)
    }
    if (k < count) out[offset + k] = value
  }
  if (tokens.length !== count)
    throw corrupt(
      name,
      line.number,
      `expected ${count} values, one per PDG id, found ${tokens.length}`,
      'The line is damaged or the file is cut off. ' + freshCopy,
    )
}

function checkJoin(before: LhaSubgrid | undefined, after: LhaSubgrid, line: number, name: string): void {
  if (!before) return
  const end = before.q[before.q.length - 1]
  if (Math.abs(after.q[0] - end) > 1e-6 * end)
    throw corrupt(
      name,
      line,
      `a subgrid must begin in Q where the last ended: ended at ${end} GeV, begins at ${after.q[0]} GeV`,
      freshCopy,
    )
}
