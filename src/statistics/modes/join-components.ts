import { cholesky, solveLower } from '../../numerics/linear-algebra.ts'
import { logDensity, type Component, type Mixture } from './mixture.ts'

/** Two normals nearer than this many of their pooled standard deviations are one mode: of equal weight they have no valley to speak of. */
const leastDistance = 3
/** A valley this deep, in units of the lower peak, separates modes. */
const depth = 0.7
/**
 * Two of comparable height need no distance, but half a valley: normals four apart then have one of less than .38 of the lower
 * peak between them, while neighbours along a ring lie end to end, as far apart, with .5 and more. A light one beside a
 * heavy one four apart may have no valley at all.
 */
const comparable = { height: Math.log(2), depth: 0.5 }
/** Points on the way from one mean to another at which a valley is looked for. */
const stops = 25

/**
 * Which components make one mode together. A banana, a ring or a tail takes several normals; neighbours among them overlap,
 * so they are joined from the highest saddle downward, unless the valley is deep relative to the lower of the two peaks
 * reached so far, or the two are far apart. The way from one mean to the other is the ridgeline, on which all critical points
 * of two normals lie (Ray and Lindsay, Ann. Stat. 33 (2005) 2042); the density on it is that of the whole mixture.
 * Merging components into clusters by such rules: Hennig, Adv. Data Anal. Classif. 4 (2010) 3.
 *
 * @param together  labels of components that are known to belong together
 * @returns         [components] label of the mode of each, 0, 1, ... by order of appearance
 */
export function joinComponents(mixture: Mixture, together?: ArrayLike<number>): Int32Array {
  const d = mixture[0].mean.length
  const scratch = new Float64Array(d)
  const peaks = mixture.map(({ mean }) => logDensity(mixture, mean, scratch))
  const root = Int32Array.from(mixture, (_, k) => k)
  const find = (k: number): number => (root[k] === k ? k : (root[k] = find(root[k])))
  const unite = (a: number, b: number): void => {
    const peak = Math.max(peaks[a], peaks[b])
    root[b] = a
    peaks[a] = peak
  }
  const heights = Float64Array.from(peaks)
  const edges: { i: number; j: number; saddle: number; least: number }[] = []
  for (let i = 0; i < mixture.length; i++)
    for (let j = 0; j < i; j++) {
      if (together && together[i] === together[j]) {
        const [a, b] = [find(i), find(j)]
        if (a !== b) unite(a, b)
      }
      const alike = Math.abs(heights[i] - heights[j]) < comparable.height
      if (!alike && pooledDistance(mixture[i], mixture[j]) >= leastDistance) continue
      const saddle = lowestOnRidge(mixture, mixture[i], mixture[j])
      edges.push({ i, j, saddle, least: Math.log(alike ? comparable.depth : depth) })
    }
  edges.sort((a, b) => b.saddle - a.saddle || a.i - b.i || a.j - b.j)
  for (const { i, j, saddle, least } of edges) {
    const [a, b] = [find(i), find(j)]
    if (a !== b && saddle >= least + Math.min(peaks[a], peaks[b])) unite(a, b)
  }
  const labels = new Map<number, number>()
  return Int32Array.from(mixture, (_, k) => {
    const at = find(k)
    if (!labels.has(at)) labels.set(at, labels.size)
    return labels.get(at)!
  })
}

/** Distance of the means in units of the mean of the two covariances. */
export function pooledDistance(a: Component, b: Component): number {
  const d = a.mean.length
  const pooled = a.covariance.map((value, at) => 0.5 * (value + b.covariance[at]))
  const y = solveLower(
    cholesky(pooled, d),
    a.mean.map((value, k) => value - b.mean[k]),
    d,
  )
  return Math.hypot(...y)
}

/** Least ln density on the ridgeline between two components. */
function lowestOnRidge(mixture: Mixture, a: Component, b: Component): number {
  const d = a.mean.length
  const scratch = new Float64Array(d)
  let least = Number.POSITIVE_INFINITY
  for (let stop = 0; stop <= stops; stop++) {
    const t = stop / stops
    least = Math.min(least, logDensity(mixture, ridgePoint(a, b, t), scratch))
  }
  return least
}

/** x(t) = [(1 - t) A^-1 + t B^-1]^-1 [(1 - t) A^-1 a + t B^-1 b], written as a + t A M^-1 (b - a), M = (1 - t) B + t A. */
function ridgePoint(a: Component, b: Component, t: number): Float64Array {
  const d = a.mean.length
  const mixed = a.covariance.map((value, at) => (1 - t) * b.covariance[at] + t * value)
  const factor = cholesky(mixed, d)
  const y = solveLower(
    factor,
    b.mean.map((value, k) => value - a.mean[k]),
    d,
  )
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) y[i] -= factor[k * d + i] * y[k]
    y[i] /= factor[i * d + i]
  }
  return a.mean.map((value, k) => {
    let sum = value
    for (let l = 0; l < d; l++) sum += t * a.covariance[k * d + l] * y[l]
    return sum
  })
}
