import { AppError } from '../errors.ts'
import { cholesky, invertLower } from '../numerics/linear-algebra.ts'
import { coefficientMonomials, termCount } from '../physics/top-pair/polynomial.ts'

/**
 * Turns event weights at several parameter points ("benchmarks", as other generators write them) into terms of the
 * polynomial: least squares, exact where the weights come from one event sample.
 *
 * @param weights     [rows, benchmarks] row-major
 * @param benchmarks  coefficients [TeV^-2] at which each weight was computed
 * @returns           [rows, terms] row-major
 * @throws AppError 'input/invalid' if the points do not determine the polynomial
 */
export function polynomialFromBenchmarks(
  weights: Float64Array,
  benchmarks: readonly (readonly number[])[],
): Float64Array {
  const n = benchmarks[0]?.length ?? 0
  const terms = termCount(n)
  const points = benchmarks.length
  if (points < terms || benchmarks.some((c) => c.length !== n))
    throw new AppError(
      'input/invalid',
      `${points} weights cannot fix the ${terms} terms of a polynomial in ${n} coefficients. Reweight to at least ${terms} points, each with ${n} coefficients.`,
    )
  // Each coefficient in units of its largest value, so that points of any size are equally well conditioned.
  const unit = Float64Array.from(
    { length: n },
    (_, j) => Math.max(...benchmarks.map((c) => Math.abs(c[j]))) || 1,
  )
  const design = benchmarks.map((c) => coefficientMonomials(c.map((value, j) => value / unit[j])))
  const normal = new Float64Array(terms * terms)
  for (let a = 0; a < terms; a++)
    for (let b = 0; b < terms; b++) for (const row of design) normal[a * terms + b] += row[a] * row[b]
  const inverse = invertLower(factorise(normal, terms), terms)
  // (M^T M)^-1 M^T, one row per term, in the original units.
  const scale = coefficientMonomials(unit)
  const solve = new Float64Array(terms * points)
  for (let a = 0; a < terms; a++)
    for (let p = 0; p < points; p++) {
      let sum = 0
      for (let b = 0; b < terms; b++) {
        let element = 0
        for (let k = Math.max(a, b); k < terms; k++)
          element += inverse[k * terms + a] * inverse[k * terms + b]
        sum += element * design[p][b]
      }
      solve[a * points + p] = sum / scale[a]
    }
  const rows = weights.length / points
  if (!Number.isInteger(rows))
    throw new AppError(
      'input/invalid',
      `${weights.length} weights are no whole number of events with ${points} weights each.`,
    )
  const out = new Float64Array(rows * terms)
  for (let i = 0; i < rows; i++)
    for (let t = 0; t < terms; t++) {
      let sum = 0
      for (let p = 0; p < points; p++) sum += solve[t * points + p] * weights[i * points + p]
      out[i * terms + t] = sum
    }
  return out
}

function factorise(normal: Float64Array, terms: number): Float64Array {
  const trace = normal.reduce((sum, value, i) => (i % (terms + 1) === 0 ? sum + value : sum), 0)
  try {
    const l = cholesky(normal, terms)
    for (let k = 0; k < terms; k++)
      if (l[k * terms + k] ** 2 < 1e-12 * trace) throw new RangeError('degenerate')
    return l
  } catch {
    throw new AppError(
      'input/invalid',
      `The parameter points of the weights lie so that the ${terms} terms of the polynomial cannot be told apart. Vary each coefficient to both signs and each pair together.`,
    )
  }
}
