import { AppError } from '../../errors.ts'

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
  const lines = text.split('\n')
  const { header, next } = readHeader(lines, name)
  const subgrids: LhaSubgrid[] = []
  let position = next
  for (;;) {
    position = skipIdle(lines, position)
    if (position >= lines.length) break
    const block = readSubgrid(lines, position, name)
    checkJoin(subgrids.at(-1), block.subgrid, position, name)
    subgrids.push(block.subgrid)
    position = block.next
  }
  if (subgrids.length === 0) throw corrupt(name, lines.length, 'the file ends after its header', freshCopy)
  return { header, subgrids }
}

function corrupt(name: string, line: number, what: string, cure: string): AppError {
  return new AppError('data/corrupt', `${name}, line ${line}: ${what}. ${cure}`, { name, line })
}

/** Index of the next line that says something. */
function skipIdle(lines: readonly string[], from: number): number {
  let k = from
  while (k < lines.length && /^\s*(#|$)/.test(lines[k])) k++
  return k
}

function isSeparator(line: string | undefined): boolean {
  return line !== undefined && /^\s*---\s*$/.test(line)
}

function readHeader(lines: readonly string[], name: string) {
  const first = skipIdle(lines, 0)
  if (/^\uFEFF?\s*</.test(lines[first] ?? ''))
    throw corrupt(
      name,
      first + 1,
      `this is a web page, not a grid (it begins "${lines[first].trim().slice(0, 40)}")`,
      'Download the file itself, e.g. with the raw or download link.',
    )
  const header: Record<string, string> = {}
  let k = first
  for (; k < lines.length && !isSeparator(lines[k]); k++) {
    const pair = /^\s*([A-Za-z_]\w*)\s*:\s*(.*?)\s*$/.exec(lines[k])
    if (pair) header[pair[1]] = pair[2].replace(/^(["'])(.*)\1$/, '$2')
  }
  if (header.Format !== undefined && header.Format !== 'lhagrid1')
    throw new AppError(
      'data/unsupported',
      `${name} has format "${header.Format}"; only "lhagrid1" can be read. Take the LHAPDF6 version of the set.`,
      { name },
    )
  if (k >= lines.length || header.Format === undefined)
    throw corrupt(
      name,
      1,
      'not a member of an LHAPDF6 set: no "Format: lhagrid1" line followed by "---" was found',
      'Choose a file named like SET_0000.dat (not the .info file or the archive).',
    )
  return { header, next: k + 1 }
}

function readSubgrid(lines: readonly string[], start: number, name: string) {
  const x = readKnots(lines, start, name, 'x')
  const atQ = skipIdle(lines, start + 1)
  const q = readKnots(lines, atQ, name, 'Q')
  if (x.length < 4 || x[x.length - 1] > 1)
    throw corrupt(
      name,
      start + 1,
      `x knots must be at least 4 and not above 1, found ${x.length} up to ${x[x.length - 1]}`,
      freshCopy,
    )
  if (q.length < 2)
    throw corrupt(name, atQ + 1, `a subgrid needs at least 2 Q knots, found ${q.length}`, freshCopy)
  const atIds = skipIdle(lines, atQ + 1)
  const ids = readIds(lines, atIds, name)

  const rows = x.length * q.length
  const values = new Float64Array(rows * ids.length)
  let line = atIds
  for (let row = 0; row < rows; row++) {
    line = skipIdle(lines, line + 1)
    if (line >= lines.length || isSeparator(lines[line]))
      throw corrupt(
        name,
        line + 1,
        `the subgrid of line ${start + 1} stops after ${row} of ${rows} rows (${x.length} x knots times ${q.length} Q knots)`,
        'The file is cut off or its knots are wrong. ' + freshCopy,
      )
    readNumbers(lines[line], line, name, ids.length, values, row * ids.length)
  }
  const end = skipIdle(lines, line + 1)
  if (end >= lines.length)
    throw corrupt(
      name,
      line + 1,
      'the file ends without the closing "---", so its last number may be cut off',
      freshCopy,
    )
  if (!isSeparator(lines[end])) {
    let extra = end
    while (extra < lines.length && !isSeparator(lines[extra])) extra++
    throw corrupt(
      name,
      end + 1,
      `expected "---" after ${rows} rows (${x.length} x knots times ${q.length} Q knots), found ${extra - end} more lines`,
      freshCopy,
    )
  }
  return { subgrid: { x, q, ids, values }, next: end + 1 }
}

function readKnots(lines: readonly string[], at: number, name: string, axis: 'x' | 'Q'): Float64Array {
  const line = lines[at]
  if (line === undefined || isSeparator(line))
    throw corrupt(name, at + 1, `expected a line of ${axis} knots, found the end of a block`, freshCopy)
  const count = line.trim().split(/\s+/).length
  const knots = new Float64Array(count)
  readNumbers(line, at, name, count, knots, 0)
  for (let k = 0; k < count; k++) {
    if (!(knots[k] > 0))
      throw corrupt(name, at + 1, `${axis} knot ${k + 1} is ${knots[k]}, it must be positive`, freshCopy)
    if (k > 0 && !(knots[k] > knots[k - 1]))
      throw corrupt(
        name,
        at + 1,
        `${axis} knots must rise, but knot ${k} is ${knots[k - 1]} and knot ${k + 1} is ${knots[k]}`,
        'A repeated knot has no interval to interpolate in. Get a corrected version of the set.',
      )
  }
  return knots
}

function readIds(lines: readonly string[], at: number, name: string): number[] {
  const line = lines[at]
  if (line === undefined || isSeparator(line))
    throw corrupt(name, at + 1, 'expected a line of PDG ids, found the end of a block', freshCopy)
  const ids = line
    .trim()
    .split(/\s+/)
    .map((token) => {
      if (!/^[+-]?\d+$/.test(token)) throw corrupt(name, at + 1, `"${token}" is not a PDG id`, freshCopy)
      // Some files call the gluon 0.
      return Number(token) === 0 ? 21 : Number(token)
    })
  const twice = ids.find((id, k) => ids.indexOf(id) !== k)
  if (twice !== undefined) throw corrupt(name, at + 1, `PDG id ${twice} is listed twice`, freshCopy)
  return ids
}

/** Reads exactly `count` numbers of a line into `out`. */
function readNumbers(
  line: string,
  at: number,
  name: string,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  const tokens = line.trim().split(/\s+/)
  for (let k = 0; k < tokens.length; k++) {
    const value = Number(tokens[k])
    if (!Number.isFinite(value)) {
      const glued = /\d\.\d*(e[+-]\d+)?.*\./i.test(tokens[k]) ? ' (two numbers run together)' : ''
      throw corrupt(name, at + 1, `"${tokens[k]}" in column ${k + 1} is not a number${glued}`, freshCopy)
    }
    if (k < count) out[offset + k] = value
  }
  if (tokens.length !== count)
    throw corrupt(
      name,
      at + 1,
      `expected ${count} values, one per PDG id, found ${tokens.length}`,
      'The line is damaged or the file is cut off. ' + freshCopy,
    )
}

function checkJoin(before: LhaSubgrid | undefined, after: LhaSubgrid, at: number, name: string): void {
  if (!before) return
  const end = before.q[before.q.length - 1]
  if (Math.abs(after.q[0] - end) > 1e-6 * end)
    throw corrupt(
      name,
      at + 1,
      `a subgrid must begin in Q where the last ended: ended at ${end} GeV, begins at ${after.q[0]} GeV`,
      freshCopy,
    )
}
