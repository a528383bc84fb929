import { symmetricEigen } from '../numerics/linear-algebra.ts'
import type { Rng } from '../numerics/rng.ts'

/**
 * What no network can beat when spectra are Gaussian with a fixed covariance: in whitened coordinates the noise
 * of every universe is the unit normal, so all limits follow from the distances between whitened means.
 */

/** Squared Fisher distances between rows of a and rows of b. @returns [na, nb] */
export function squaredDistances(
  a: Float64Array,
  na: number,
  b: Float64Array,
  nb: number,
  n: number,
): Float64Array {
  const out = new Float64Array(na * nb)
  for (let i = 0; i < na; i++)
    for (let j = 0; j < nb; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) {
        const d = a[i * n + k] - b[j * n + k]
        sum += d * d
      }
      out[i * nb + j] = sum
    }
  return out
}

export interface Estimate {
  value: number
  /** Monte Carlo standard error */
  error: number
}

/**
 * Accuracy of the best possible classifier among equally likely universes (nearest whitened mean), by Monte
 * Carlo over noise. The same function gives the accuracy in any orthonormal projection.
 *
 * The noise matters only inside the span of the means, so it is drawn in n dimensions directly; project the
 * means first (see principalAxes) to make this cheap.
 *
 * @param means  [classes, n] whitened
 * @param draws  replicas per class
 */
export function bayesAccuracy(
  means: Float64Array,
  classes: number,
  n: number,
  draws: number,
  rng: Rng,
): Estimate {
  let correct = 0
  const x = new Float64Array(n)
  for (let c = 0; c < classes; c++)
    for (let draw = 0; draw < draws; draw++) {
      for (let k = 0; k < n; k++) x[k] = means[c * n + k] + rng.normal()
      if (nearestRow(means, classes, n, x) === c) correct++
    }
  const total = classes * draws
  const value = correct / total
  return { value, error: Math.sqrt(Math.max(value * (1 - value), 1 / total) / total) }
}

/** Index of the row of `rows` closest to x. */
export function nearestRow(rows: ArrayLike<number>, count: number, n: number, x: ArrayLike<number>): number {
  let best = Number.POSITIVE_INFINITY
  let at = -1
  for (let j = 0; j < count; j++) {
    let sum = 0
    for (let k = 0; k < n && sum < best; k++) {
      const d = x[k] - rows[j * n + k]
      sum += d * d
    }
    if (sum < best) {
      best = sum
      at = j
    }
  }
  return at
}

export interface PrincipalAxes {
  mean: Float64Array // [n]
  /** [rank, n] orthonormal rows, by falling spread of the whitened means */
  axes: Float64Array
  /** Standard deviation of the means along each axis, in units of the noise */
  spread: Float64Array
  rank: number
}

/**
 * Principal components of whitened means: the best linear embedding in any dimension (drell-yan limit 7.4), and
 * an exact change of basis when all of them are kept, because noise outside the span carries no information.
 *
 * @param means  [classes, n] whitened
 * @param tolerance  axes with spread below this (noise units) are dropped
 */
export function principalAxes(
  means: Float64Array,
  classes: number,
  n: number,
  tolerance = 1e-6,
): PrincipalAxes {
  const mean = new Float64Array(n)
  for (let c = 0; c < classes; c++) for (let k = 0; k < n; k++) mean[k] += means[c * n + k] / classes
  const scatter = new Float64Array(n * n)
  for (let c = 0; c < classes; c++)
    for (let i = 0; i < n; i++) {
      const di = means[c * n + i] - mean[i]
      for (let j = 0; j <= i; j++) scatter[i * n + j] += (di * (means[c * n + j] - mean[j])) / classes
    }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) scatter[j * n + i] = scatter[i * n + j]
  const { values, vectors } = symmetricEigen(scatter, n)
  let rank = 0
  while (rank < n && values[rank] > tolerance * tolerance) rank++
  return {
    mean,
    axes: vectors.slice(0, rank * n),
    spread: Float64Array.from(values.subarray(0, rank), Math.sqrt),
    rank,
  }
}

/** Coordinates of rows along the first d principal axes. @returns [rows, d] */
export function project(
  axes: PrincipalAxes,
  rows: ArrayLike<number>,
  count: number,
  n: number,
  d: number,
): Float64Array {
  const out = new Float64Array(count * d)
  for (let r = 0; r < count; r++)
    for (let a = 0; a < d; a++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += axes.axes[a * n + k] * (rows[r * n + k] - axes.mean[k])
      out[r * d + a] = sum
    }
  return out
}
