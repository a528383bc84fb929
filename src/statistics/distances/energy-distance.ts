import { AppError } from '../../errors.ts'
import type { Estimate } from '../gaussian-limit.ts'

/** Mean distances of each row of one sample: to the other sample, and to the rest of its own. */
interface MeanDistances {
  across: Float64Array // [n]
  within: Float64Array // [n]
}

/**
 * Energy distance 2 E|X − Y| − E|X − X′| − E|Y − Y′| of two samples of points as an unbiased U-statistic: 0 on average
 * where both are of one distribution, then below zero as often as not. The error is that of its first-order projection,
 * the influence of each point; where both distributions are equal that vanishes, and a permutation test tells more.
 *
 * @param a, b  [n, d] and [m, d] row-major; time n m d
 * @throws AppError 'input/invalid' for fewer than two points
 * Source: G. J. Székely, M. L. Rizzo, J. Stat. Plan. Inference 143 (2013) 1249; error W. Hoeffding, Ann. Math. Stat. 19
 * (1948) 293, eq. (5.13).
 */
export function energyDistance(a: ArrayLike<number>, b: ArrayLike<number>, d: number): Estimate {
  const [n, m] = [a.length / d, b.length / d]
  if (!(n >= 2 && m >= 2))
    throw new AppError(
      'input/invalid',
      `An energy distance needs at least 2 points of either sample, got ${n} and ${m}. Form more sets, or smaller ones.`,
    )
  const first = meanDistances(a, b, d)
  const second = meanDistances(b, a, d)
  const influence = ({ across, within }: MeanDistances) => across.map((far, i) => 2 * (far - within[i]))
  const [h, k] = [influence(first), influence(second)]
  return {
    value: 2 * mean(first.across) - mean(first.within) - mean(second.within),
    error: Math.sqrt(variance(h) / n + variance(k) / m),
  }
}

function meanDistances(own: ArrayLike<number>, other: ArrayLike<number>, d: number): MeanDistances {
  const [n, m] = [own.length / d, other.length / d]
  const across = new Float64Array(n)
  const within = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) across[i] += distanceBetween(own, i, other, j, d)
    for (let j = 0; j < i; j++) {
      const r = distanceBetween(own, i, own, j, d)
      within[i] += r
      within[j] += r
    }
  }
  return { across: across.map((sum) => sum / m), within: within.map((sum) => sum / (n - 1)) }
}

/** Euclidean distance of row i of one array and row j of another. */
export function distanceBetween(
  a: ArrayLike<number>,
  i: number,
  b: ArrayLike<number>,
  j: number,
  d: number,
): number {
  let square = 0
  for (let k = 0; k < d; k++) square += (a[i * d + k] - b[j * d + k]) ** 2
  return Math.sqrt(square)
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Of a population, from its sample. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2
  return sum / (values.length - 1)
}
