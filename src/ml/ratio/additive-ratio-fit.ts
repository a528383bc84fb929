import { cholesky } from '../../numerics/linear-algebra.ts'
import { locate, quantileKnots, type LinearSpline } from './linear-spline.ts'

/** Events of two classes at once: what each counts in the SM and in the other class, both of any unit. */
export interface ClassWeights {
  sm: Float64Array // [rows], not negative
  other: Float64Array // [rows], single ones may be negative
}

export interface AdditiveColumn {
  values: Float64Array // [rows]
  segments: number
  /** The function before the fit, at a knot. */
  start: (knot: number) => number
  /** Whether the function may not fall; where it would, neighbouring knots share one value. */
  rising: boolean
}

/** Events outside the outermost knots of a column. */
const eventsBeyond = 50

/** Events' worth of belief in the start at each knot: there is an answer where no event says anything. */
const priorEvents = 0.1

const mostIterations = 40

/** Gain of an iteration [events] after which none follows. */
const converged = 0.01

/**
 * Logarithm of dσ_other/dσ_SM as a sum of piecewise linear functions, one per column, by the extended likelihood: the
 * minimum of Σ sm ρ − other ln ρ with ln ρ = Σ_k f_k(x_k). Its derivatives say that about each knot the reweighted SM has
 * the rate of the other class, and altogether too. It is convex however the signs of `other` fall, and its minimiser over
 * all functions is the ratio of unnormalised densities. One report per iteration, the gain in the likelihood [events].
 * Sources: extended likelihood as a loss, D'Agnolo, Wulzer 1806.02350, eq. 13 (and Nachman, Thaler 2101.07263); additive
 * models, Hastie, Tibshirani, Statist. Sci. 1 (1986) 297; pooling of what would fall: isotonic regression, Barlow et al. 1972.
 *
 * @returns one function per column
 */
export function* fitAdditiveRatio(
  columns: readonly AdditiveColumn[],
  { sm, other }: ClassWeights,
): Generator<number, LinearSpline[]> {
  const rows = sm.length
  const size = mixture({ sm, other })
  const knots = columns.map(({ values, segments }) => quantileKnots(values, size, segments, eventsBeyond))
  const events = place(columns, knots)
  const start = Float64Array.from(columns.flatMap(({ start }, c) => knots[c].map(start)))
  const total = other.reduce((sum, w) => sum + Math.abs(w), 0)
  const prior = priorEvents / rows
  /** Of each knot, the parameter that is its value. */
  const parameterOf = Int32Array.from(start, (_, k) => k)
  const values = start.slice()

  const cost = (at: Float64Array): number => {
    let sum = 0
    for (let i = 0; i < rows; i++) {
      const f = events.sum(at, i)
      sum += sm[i] * Math.exp(f) - other[i] * f
    }
    return sum / total + at.reduce((all, v, k) => all + 0.5 * prior * (v - start[k]) ** 2, 0)
  }

  for (;;) {
    let before = cost(values)
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      const move = newtonStep(events, { sm, other }, values, start, total, prior, parameterOf)
      let length = 1
      let next = values
      let after = before
      for (; length > 1e-6; length /= 2) {
        next = values.map((v, k) => v + length * move[k])
        after = cost(next)
        if (after <= before) break
      }
      const gain = before - after
      if (!(gain > 0)) break
      values.set(next)
      before = after
      yield gain * rows
      if (gain * rows < converged) break
    }
    if (!pool(columns, knots, values, parameterOf)) break
  }
  let offset = 0
  return knots.map((of) => ({ knots: of, values: [...values.subarray(offset, (offset += of.length))] }))
}

/** Half the SM's, half the other class' share of each event: knots follow both. */
function mixture({ sm, other }: ClassWeights): Float64Array {
  const smTotal = sm.reduce((sum, w) => sum + w, 0)
  const otherTotal = other.reduce((sum, w) => sum + Math.abs(w), 0)
  return sm.map((w, i) => 0.5 * (w / smTotal + Math.abs(other[i]) / otherTotal))
}

interface PlacedEvents {
  columns: number
  /** Knot below (counted over all columns), and how far above it, of each event in each column. */
  knot: Int32Array // [rows, columns]
  fraction: Float64Array // [rows, columns]
  /** ln ρ of an event. */
  sum: (values: Float64Array, row: number) => number
}

function place(columns: readonly AdditiveColumn[], knots: readonly number[][]): PlacedEvents {
  const width = columns.length
  const rows = columns[0].values.length
  const knot = new Int32Array(rows * width)
  const fraction = new Float64Array(rows * width)
  let offset = 0
  columns.forEach(({ values }, c) => {
    for (let i = 0; i < rows; i++) {
      const at = locate(knots[c], values[i])
      // A column with one knot has nothing above it.
      knot[i * width + c] = offset + Math.max(0, at.segment)
      fraction[i * width + c] = knots[c].length > 1 ? at.fraction : 0
    }
    offset += knots[c].length
  })
  const sum = (values: Float64Array, row: number): number => {
    let f = 0
    for (let q = row * width; q < (row + 1) * width; q++) {
      const t = fraction[q]
      f += values[knot[q]] * (1 - t)
      if (t > 0) f += values[knot[q] + 1] * t
    }
    return f
  }
  return { columns: width, knot, fraction, sum }
}

/** Change of every knot's value that minimises the cost to second order; knots that share a parameter move together. */
function newtonStep(
  events: PlacedEvents,
  { sm, other }: ClassWeights,
  values: Float64Array,
  start: Float64Array,
  total: number,
  prior: number,
  parameterOf: Int32Array,
): Float64Array {
  const { columns: width, knot, fraction } = events
  const n = values.length
  const gradient = new Float64Array(n)
  const hessian = new Float64Array(n * n)
  const at = new Int32Array(2 * width)
  const slope = new Float64Array(2 * width)
  for (let i = 0; i < sm.length; i++) {
    const expected = (sm[i] * Math.exp(events.sum(values, i))) / total
    const excess = expected - other[i] / total
    for (let c = 0; c < width; c++) {
      const q = i * width + c
      at[2 * c] = parameterOf[knot[q]]
      slope[2 * c] = 1 - fraction[q]
      at[2 * c + 1] = fraction[q] > 0 ? parameterOf[knot[q] + 1] : at[2 * c]
      slope[2 * c + 1] = fraction[q]
    }
    for (let a = 0; a < 2 * width; a++) {
      gradient[at[a]] += excess * slope[a]
      const row = at[a] * n
      const factor = expected * slope[a]
      // Each product once, below or above the diagonal; those of one parameter with itself twice.
      for (let b = 0; b < a; b++) hessian[row + at[b]] += (at[a] === at[b] ? 2 : 1) * factor * slope[b]
      hessian[row + at[a]] += factor * slope[a]
    }
  }
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      const both = hessian[a * n + b] + hessian[b * n + a]
      hessian[a * n + b] = both
      hessian[b * n + a] = both
    }
  for (let k = 0; k < n; k++) {
    const p = parameterOf[k]
    gradient[p] += prior * (values[k] - start[k])
    hessian[p * n + p] += prior
    // Of parameters that no knot uses.
    if (p !== k) hessian[k * n + k] = 1
  }
  const step = solve(hessian, gradient, n)
  return Float64Array.from(parameterOf, (p) => -step[p])
}

function solve(matrix: Float64Array, right: Float64Array, n: number): Float64Array {
  const l = cholesky(matrix, n)
  const x = right.slice()
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k]
    x[i] /= l[i * n + i]
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k]
    x[i] /= l[i * n + i]
  }
  return x
}

/** Lets neighbouring knots between which a rising function falls share one value. @returns whether there were any */
function pool(
  columns: readonly AdditiveColumn[],
  knots: readonly number[][],
  values: Float64Array,
  parameterOf: Int32Array,
): boolean {
  let found = false
  let offset = 0
  columns.forEach(({ rising }, c) => {
    for (let k = offset + 1; rising && k < offset + knots[c].length; k++) {
      if (values[k] >= values[k - 1]) continue
      found = true
      const [kept, merged] = [parameterOf[k - 1], parameterOf[k]]
      const members = [...parameterOf.keys()].filter(
        (j) => parameterOf[j] === kept || parameterOf[j] === merged,
      )
      const mean = members.reduce((sum, j) => sum + values[j], 0) / members.length
      for (const j of members) {
        parameterOf[j] = kept
        values[j] = mean
      }
    }
    offset += knots[c].length
  })
  return found
}
