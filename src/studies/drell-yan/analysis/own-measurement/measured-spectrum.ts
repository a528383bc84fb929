import { symmetricEigen } from '../../../../numerics/linear-algebra.ts'
import type { Measurement } from '../measurement-file.ts'
import { readHepData, type HepTable } from './hepdata-table.ts'
import { refused } from './measurement-text.ts'
import { isTemplate, readTemplate } from './template-file.ts'

export interface MeasuredSpectrum {
  measurement: Measurement
  /** What was assumed, combined or left out, in sentences. */
  notes: string[]
}

/** Leading-order templates are made within [GeV]. */
const [lowestGeV, highestGeV] = [50, 3000]
/** Three terms of K(m) are fitted. */
const fewestBins = 4
const defaultSqrtSGeV = 13_000

interface NamedText {
  name: string
  text: string
}

/** A measured spectrum as it was dropped: its table, and that of its covariance. */
export interface MeasuredFiles {
  files: NamedText[]
}

/**
 * A measured spectrum of m_ll from one file with its errors, or from two, the second with its covariance or correlation.
 *
 * @throws AppError naming the file, the bin, both numbers and the cure
 */
export async function readMeasuredSpectrum(files: readonly NamedText[]): Promise<MeasuredSpectrum> {
  const read = await Promise.all(
    files.map(async ({ name, text }) => {
      if (isTemplate(text)) return { name, ...readTemplate(name, text) }
      return { name, table: await readHepData(name, text), covariance: null }
    }),
  )
  const spectra = read.filter(({ table }) => table.axes.length === 1)
  const matrices = read.filter(({ table }) => table.axes.length === 2)
  if (spectra.length !== 1 || matrices.length > 1)
    throw refused(
      files.map(({ name }) => name).join(', '),
      `${spectra.length} tables of one variable and ${matrices.length} of two are there`,
      'drop one spectrum, with or without one table of its covariance',
    )
  const [{ name, table, covariance }] = spectra
  const notes = [...table.notes]
  const unit = unitOf(name, table)
  const whole = binsOf(name, table)
  const scaleOf = (bin: number) => unit.toPb / (unit.perGeV ? 1 : whole[bin].high - whole[bin].low)
  if (!unit.perGeV) notes.push(`values in ${unit.label} per bin are divided by the widths of their bins`)
  const matrix =
    covariance ?? (matrices[0] ? matrixOf(matrices[0].name, matrices[0].table, whole, notes) : null)

  const kept = whole.flatMap(({ low, high }, i) =>
    low >= lowestGeV && high <= highestGeV && table.values[i] !== null ? [i] : [],
  )
  tellLeftOut(whole, kept, notes)
  kept.forEach((bin, i) => {
    if (i > 0 && bin !== kept[i - 1] + 1)
      throw refused(
        name,
        `the value from ${whole[kept[i - 1] + 1].low} to ${whole[bin - 1].high} GeV is missing between others`,
        'leave out the bins on one side of it',
      )
  })
  if (kept.length < fewestBins)
    throw refused(
      name,
      `${kept.length} of its ${whole.length} bins with values lie within ${lowestGeV} and ${highestGeV} GeV, at least ${fewestBins} are needed`,
      whole[0].low > 10_000 ? 'give edges in GeV, not MeV' : 'give more bins',
    )

  const error = Float64Array.from(
    kept,
    (i) => scaleOf(i) * Math.hypot(...table.errors[i].map(({ up, down }) => (up + down) / 2)),
  )
  if (kept.some((i) => table.errors[i].some(({ up, down }) => Math.abs(up - down) > 1e-9 * (up + down))))
    notes.push('of errors that differ up and down the mean is taken')
  const labels = new Set(table.errors.flat().map(({ label }) => label))
  if (labels.size > 1)
    notes.push(
      `the errors ${[...labels]
        .slice(0, 5)
        .map((one) => one.slice(0, 30))
        .join(', ')}${labels.size > 5 ? ' and more' : ''} are added in squares`,
    )
  const n = kept.length
  const all = whole.length
  const raw =
    matrix &&
    Float64Array.from({ length: n * n }, (_, k) => matrix[kept[Math.floor(k / n)] * all + kept[k % n]])
  const correlation = raw !== null && isCorrelation(raw, n)
  if (correlation)
    notes.push(
      'the matrix has ones on its diagonal: it is taken as a correlation, and multiplied by the errors',
    )
  const factor = correlation ? error : Float64Array.from(kept, scaleOf)
  const cov = raw
    ? raw.map((value, k) => value * factor[Math.floor(k / n)] * factor[k % n])
    : Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? error[k / (n + 1)] ** 2 : 0))
  if (!matrix)
    notes.push('without a covariance the bins are taken as independent; systematic errors usually are not')
  checkCovariance(
    matrices[0]?.name ?? name,
    cov,
    kept.map((i) => whole[i]),
    matrix !== null && !correlation ? error : null,
    notes,
  )
  const sqrtSGeV = table.sqrtSGeV ?? defaultSqrtSGeV
  if (table.sqrtSGeV === null)
    notes.push(`the file does not state sqrt(s): ${defaultSqrtSGeV} GeV is assumed`)
  if (!(sqrtSGeV > highestGeV && sqrtSGeV <= 200_000))
    throw refused(
      name,
      `sqrt(s) is ${sqrtSGeV} GeV`,
      `templates are made above ${highestGeV} and up to 200000 GeV`,
    )
  return {
    measurement: {
      ...{
        id: 'measured',
        title: name,
        observable: table.quantity,
        citation: `From the file ${name}`,
        url: '',
      },
      ...{ sqrtSGeV, edges: [...kept.map((i) => whole[i].low), whole[kept[n - 1]].high] },
      value: Float64Array.from(kept, (i) => (table.values[i] ?? NaN) * scaleOf(i)),
      error: Float64Array.from({ length: n }, (_, i) => Math.sqrt(cov[i * n + i])),
      covariance: cov,
    },
    notes,
  }
}

function tellLeftOut(bins: readonly Bin[], kept: readonly number[], notes: string[]): void {
  const below = bins.filter(({ low }) => low < lowestGeV).length
  const above = bins.filter(({ low, high }) => low >= lowestGeV && high > highestGeV).length
  const missing = bins.length - kept.length - below - above
  if (below > 0)
    notes.push(
      `${below} bins that begin below ${lowestGeV} GeV are left out: the first begins at ${bins[0].low} GeV`,
    )
  if (above > 0) notes.push(`${above} bins that end above ${highestGeV} GeV are left out`)
  if (missing > 0) notes.push(`${missing} bins without a value are left out`)
}

type Bin = HepTable['axes'][number][number]

/** Bins that rise and touch. */
function binsOf(name: string, { axes: [bins] }: HepTable): Bin[] {
  bins.forEach(({ low, high }, i) => {
    if (!(high > low))
      throw refused(
        name,
        `bin ${i + 1} goes from ${low} to ${high} GeV`,
        'its upper edge must be above the lower one',
      )
    const before = bins[i - 1]?.high ?? low
    const near = Math.abs(low - before) <= 1e-9 * Math.max(1, Math.abs(low))
    if (near) return
    if (low < bins[i - 1].low)
      throw refused(
        name,
        `bin ${i + 1} begins at ${low} GeV, the one before at ${bins[i - 1].low} GeV`,
        'sort the bins so that their edges rise',
      )
    if (low < before)
      throw refused(
        name,
        `bin ${i + 1} begins at ${low} GeV, within the one before, which ends at ${before} GeV`,
        'bins must not overlap',
      )
    throw refused(
      name,
      `between ${before} and ${low} GeV there is no bin`,
      'fill the gap, or leave out the bins on one side of it',
    )
  })
  return bins
}

function unitOf(name: string, { quantity }: HepTable): { toPb: number; perGeV: boolean; label: string } {
  const unit = /([FPN])B(\s*\/\s*GEV|\*\*?-?1|\s+GEV\^?-1)?/i.exec(/\[([^\]]*)\]/.exec(quantity)?.[1] ?? '')
  const other = /\[([^\]]*)\]/.exec(quantity)?.[1]
  if (!unit && other !== undefined)
    throw refused(
      name,
      `its values are in ${other.slice(0, 30) || 'no unit'}`,
      'give d(sigma)/dm in pb/GeV, or pb per bin',
    )
  if (!unit) return { toPb: 1, perGeV: true, label: 'pb' }
  const letter = unit[1].toLowerCase()
  return { toPb: { f: 1e-3, p: 1, n: 1e3 }[letter] ?? 1, perGeV: unit[2] !== undefined, label: `${letter}b` }
}

/** A table of two variables as a matrix over the bins of the spectrum. */
function matrixOf(
  name: string,
  { axes: [rows, columns], values }: HepTable,
  bins: readonly Bin[],
  notes: string[],
): number[] {
  const n = bins.length
  const at = (bin: Bin) =>
    bins.findIndex(
      ({ low, high }) => Math.abs(low - bin.low) <= 1e-6 * high && Math.abs(high - bin.high) <= 1e-6 * high,
    )
  const matrix = Array<number>(n * n).fill(NaN)
  values.forEach((value, k) => {
    const [a, b] = [at(rows[k]), at(columns[k])]
    if (a < 0 || b < 0) {
      const bin = a < 0 ? rows[k] : columns[k]
      throw refused(
        name,
        `it has a bin from ${bin.low} to ${bin.high} GeV, the spectrum has none`,
        'give both in the same bins',
      )
    }
    if (value !== null) matrix[a * n + b] = value
  })
  let mirrored = 0
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++)
      if (Number.isNaN(matrix[a * n + b])) {
        matrix[a * n + b] = matrix[b * n + a]
        mirrored++
      }
  const lacking = matrix.findIndex((value) => Number.isNaN(value))
  if (lacking >= 0)
    throw refused(
      name,
      `it has no value for bins ${Math.floor(lacking / n) + 1} and ${(lacking % n) + 1}`,
      'give each pair of bins, or each once',
    )
  if (mirrored > 0) notes.push('the half of the covariance that is there is mirrored')
  return matrix
}

/** Ones on the diagonal, nothing above: no covariance of cross-sections is so. */
function isCorrelation(matrix: Float64Array, n: number): boolean {
  return matrix.every((value, k) =>
    k % (n + 1) === 0 ? Math.abs(value - 1) < 1e-6 : Math.abs(value) <= 1 + 1e-9,
  )
}

/** Published matrices are rounded: what differs less than this of the errors is the same. */
const symmetryTolerance = 1e-3
const errorTolerance = 0.25

function checkCovariance(
  name: string,
  cov: Float64Array,
  bins: readonly Bin[],
  error: Float64Array | null,
  notes: string[],
): void {
  const n = bins.length
  for (let a = 0; a < n; a++) {
    const own = cov[a * n + a]
    if (!(own > 0))
      throw refused(
        name,
        `the variance from ${bins[a].low} to ${bins[a].high} GeV is ${own}`,
        'give an error above zero for each bin',
      )
    for (let b = 0; b < a; b++) {
      const [one, other] = [cov[a * n + b], cov[b * n + a]]
      if (Math.abs(one - other) > symmetryTolerance * Math.sqrt(own * cov[b * n + b]))
        throw refused(
          name,
          `its covariance is not symmetric: ${one.toPrecision(4)} and ${other.toPrecision(4)} for bins ${b + 1} and ${a + 1}`,
          'give a symmetric one',
        )
      cov[a * n + b] = cov[b * n + a] = (one + other) / 2
    }
  }
  const scaled = cov.map(
    (value, k) => value / Math.sqrt(cov[Math.floor(k / n) * (n + 1)] * cov[(k % n) * (n + 1)]),
  )
  const smallest = Math.min(...symmetricEigen(Float64Array.from(scaled), n).values)
  if (!(smallest > 0))
    throw refused(
      name,
      `its covariance is not positive: the smallest eigenvalue of its correlation is ${smallest.toPrecision(3)}`,
      'give the covariance with all its digits, or the errors alone',
    )
  const off =
    error?.findIndex((one, i) => one > 0 && Math.abs(Math.sqrt(cov[i * n + i]) / one - 1) > errorTolerance) ??
    -1
  if (error && off >= 0)
    notes.push(
      `the covariance gives an error of ${Math.sqrt(cov[off * n + off]).toPrecision(3)} pb/GeV from ${bins[off].low} to ${bins[off].high} GeV, the table ${error[off].toPrecision(3)}: the covariance is used`,
    )
}
