import type { Rng } from '../../numerics/rng.ts'

/**
 * k-means by Lloyd's iterations from k-means++ seeds (Arthur and Vassilvitskii 2007), the best of several starts.
 *
 * @param rows  [n, d] row-major
 * @returns     cluster of each row
 */
export function kMeans(
  rows: ArrayLike<number>,
  n: number,
  d: number,
  k: number,
  rng: Rng,
  starts = 4,
): Uint8Array {
  let best = new Uint8Array(n)
  let least = Infinity
  for (let start = 0; start < starts; start++) {
    const { labels, cost } = oneRun(rows, n, d, Math.min(k, n), rng.split(start))
    if (cost < least) [best, least] = [labels, cost]
  }
  return best
}

function oneRun(rows: ArrayLike<number>, n: number, d: number, k: number, rng: Rng) {
  const centres = new Float64Array(k * d)
  const nearest = new Float64Array(n).fill(Infinity)
  for (let c = 0; c < k; c++) {
    const at = c === 0 ? Math.floor(rng.uniform() * n) : drawn(nearest, rng)
    for (let j = 0; j < d; j++) centres[c * d + j] = rows[at * d + j]
    for (let i = 0; i < n; i++) nearest[i] = Math.min(nearest[i], squared(rows, i, centres, c, d))
  }
  const labels = new Uint8Array(n)
  let cost = Infinity
  for (let iteration = 0; iteration < 100; iteration++) {
    let sum = 0
    for (let i = 0; i < n; i++) {
      let least = Infinity
      for (let c = 0; c < k; c++) {
        const s = squared(rows, i, centres, c, d)
        if (s < least) [least, labels[i]] = [s, c]
      }
      sum += least
    }
    if (!(sum < cost)) break
    cost = sum
    const counts = new Float64Array(k)
    const sums = new Float64Array(k * d)
    for (let i = 0; i < n; i++) {
      counts[labels[i]]++
      for (let j = 0; j < d; j++) sums[labels[i] * d + j] += rows[i * d + j]
    }
    // A cluster that lost all its rows keeps its centre.
    for (let c = 0; c < k; c++)
      if (counts[c] > 0) for (let j = 0; j < d; j++) centres[c * d + j] = sums[c * d + j] / counts[c]
  }
  return { labels, cost }
}

function squared(rows: ArrayLike<number>, i: number, centres: Float64Array, c: number, d: number): number {
  let sum = 0
  for (let j = 0; j < d; j++) sum += (rows[i * d + j] - centres[c * d + j]) ** 2
  return sum
}

/** An index with probability proportional to its weight. */
function drawn(weights: Float64Array, rng: Rng): number {
  const total = weights.reduce((sum, value) => sum + value, 0)
  let left = rng.uniform() * total
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i]
    if (left < 0) return i
  }
  return weights.length - 1
}
