import { cholesky, solveLower } from '../../numerics/linear-algebra.ts'
import { density1d, type Density1d } from '../posterior/density-1d.ts'
import { momentsOf, responsibilities, type Component, type Mixture, type WeightedPoints } from './mixture.ts'
import { pooledDistance } from './join-components.ts'

/**
 * Two clusters nearer than this are one mode unless a valley is seen between them. A uniform density cut in two has halves at
 * a distance of sqrt(12) = 3.46; two normals four apart stay well above, however light one of them is.
 */
const leastDistance = 3.5
/** A valley this deep, in units of the lower peak, separates nearer ones. */
const depth = 0.6

/**
 * Joins clusters of components that the points themselves do not show as separate: normals that had to fill the corners of a
 * box or the ends of a banana are near each other in units of the spread of the whole clusters, and the points, projected on
 * the direction that separates them best (Fisher, Ann. Eugenics 7 (1936) 179), have no valley. Nearest first.
 */
export function separateClusters(points: WeightedPoints, mixture: Mixture, start: Int32Array): Int32Array {
  const n = points.weights.length
  const p = new Float64Array(n * mixture.length)
  responsibilities(mixture, points, p, new Float64Array(n))
  const labels = Int32Array.from(start)
  const seen = new Set<string>()
  for (;;) {
    const names = [...new Set(labels)]
    const clusters = names.map((name) => clusterOf(points, p, labels, name))
    let closest: { i: number; j: number; distance: number } | null = null
    for (let i = 0; i < names.length; i++)
      for (let j = 0; j < i; j++) {
        const [a, b] = [clusters[i], clusters[j]]
        const distance = a.moments && b.moments ? pooledDistance(a.moments, b.moments) : 0
        if (seen.has(keyOf(labels, names[i], names[j])) || distance >= (closest?.distance ?? leastDistance))
          continue
        closest = { i, j, distance }
      }
    if (!closest) return labels
    const { i, j } = closest
    const [a, b] = [clusters[i], clusters[j]]
    if (a.moments && b.moments && valley(points, a.belongs, b.belongs, a.moments, b.moments) < depth)
      seen.add(keyOf(labels, names[i], names[j]))
    else
      labels.forEach((label, k) => {
        if (label === names[i]) labels[k] = names[j]
      })
  }
}

/** Two clusters by the components that they consist of. */
function keyOf(labels: Int32Array, a: number, b: number): string {
  const members = (name: number) =>
    labels.reduce((text, label, k) => (label === name ? `${text},${k}` : text), '')
  return [members(a), members(b)].sort().join('/')
}

function clusterOf(
  points: WeightedPoints,
  p: Float64Array,
  labels: Int32Array,
  name: number,
): { belongs: Float64Array; moments: Component | null } {
  const parts = labels.length
  const belongs = Float64Array.from(points.weights, (_, i) => {
    let sum = 0
    for (let k = 0; k < parts; k++) if (labels[k] === name) sum += p[i * parts + k]
    return sum
  })
  return { belongs, moments: momentsOf(points, belongs, 0, 1, 1e-9) }
}

/** Least density between the peaks of two clusters over the lower peak, of the points that belong to either. */
function valley(
  { x, weights, dimensions: d }: WeightedPoints,
  inA: Float64Array,
  inB: Float64Array,
  a: Component,
  b: Component,
): number {
  const pooled = a.covariance.map((value, at) => 0.5 * (value + b.covariance[at]))
  const factor = cholesky(pooled, d)
  const direction = solveLower(
    factor,
    b.mean.map((value, k) => value - a.mean[k]),
    d,
  )
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) direction[i] -= factor[k * d + i] * direction[k]
    direction[i] /= factor[i * d + i]
  }
  const along = (point: Float64Array, at: number): number => {
    let sum = 0
    for (let k = 0; k < d; k++) sum += direction[k] * point[at + k]
    return sum
  }
  const projected = Float64Array.from(weights, (_, i) => along(x, i * d))
  const density = density1d(
    projected,
    weights.map((w, i) => w * (inA[i] + inB[i])),
    {},
    256,
  )
  return valleyBetween(density, along(a.mean, 0), along(b.mean, 0))
}

/** The deepest valley between two places, relative to the lower of the peaks on its sides. */
function valleyBetween({ x, density }: Density1d, from: number, to: number): number {
  const step = x[1] - x[0]
  const at = (place: number) => Math.max(0, Math.min(x.length - 1, Math.round((place - x[0]) / step)))
  const [low, high] = [at(Math.min(from, to)), at(Math.max(from, to))]
  let deepest = 1
  let left = 0
  for (let i = low; i <= high; i++) {
    left = Math.max(left, density[i])
    let right = 0
    for (let k = i; k < x.length; k++) right = Math.max(right, density[k])
    for (let k = 0; k < low; k++) left = Math.max(left, density[k])
    deepest = Math.min(deepest, density[i] / Math.min(left, right))
  }
  return deepest
}
