import { operatorNames } from '../../../physics/smeft/operators.ts'

export const neighbourSpaces = ['latent', 'spectrum', 'wilson'] as const
export type NeighbourSpace = (typeof neighbourSpaces)[number]

/** What is known about the thing whose neighbours are wanted; a measurement has no coefficients. */
export interface NeighbourQuery {
  latent: ArrayLike<number>
  whitened: ArrayLike<number>
  coefficients?: ArrayLike<number>
  /** Universe to leave out, when the query is one of the gallery. */
  exclude?: number
}

/** The universes of a dataset as points of the three spaces. */
export interface NeighbourGallery {
  count: number
  latent: Float32Array // [count, d]
  whitened: Float32Array // [count, bins]
  coefficients: Float64Array // [count, 17]
  halfWidth: Float64Array // [17], scale of Wilson space
}

export interface Neighbour {
  universe: number
  distance: number
}

/**
 * Exact k nearest universes. Latent: Euclidean. Spectrum: Euclidean after whitening, the Fisher distance.
 * Wilson: Euclidean in units of the prior's half width. Ties are broken by universe number.
 *
 * @returns fewer than k when the gallery is small; none in Wilson space for a query without coefficients
 */
export function nearestUniverses(
  gallery: NeighbourGallery,
  query: NeighbourQuery,
  space: NeighbourSpace,
  k: number,
): Neighbour[] {
  const [rows, width, target, scale] = coordinates(gallery, query, space)
  if (!target) return []
  const distances = new Float64Array(gallery.count)
  for (let u = 0; u < gallery.count; u++) {
    let sum = 0
    for (let i = 0; i < width; i++) {
      const d = (rows[u * width + i] - target[i]) * (scale ? scale[i] : 1)
      sum += d * d
    }
    distances[u] = sum
  }
  return smallest(distances, k, query.exclude).map((universe) => ({
    universe,
    distance: Math.sqrt(distances[universe]),
  }))
}

/** Indices of the k smallest values, by value and then by index: a gallery of any size is passed over once, not sorted. */
function smallest(values: Float64Array, k: number, exclude?: number): number[] {
  const before = (a: number, b: number): number => values[a] - values[b] || a - b
  // Sorted whenever it has twice as many as are wanted; what lies beyond the k-th then is out for good.
  let kept: number[] = []
  let bound = Infinity
  for (let i = 0; i < values.length; i++) {
    if (i === exclude || values[i] >= bound) continue
    kept.push(i)
    if (kept.length < 2 * k + 64) continue
    kept = kept.sort(before).slice(0, k)
    bound = values[kept[k - 1]]
  }
  return kept.sort(before).slice(0, k)
}

function coordinates(
  gallery: NeighbourGallery,
  query: NeighbourQuery,
  space: NeighbourSpace,
): [ArrayLike<number>, number, ArrayLike<number> | undefined, Float64Array?] {
  if (space === 'latent') return [gallery.latent, gallery.latent.length / gallery.count, query.latent]
  if (space === 'spectrum') return [gallery.whitened, gallery.whitened.length / gallery.count, query.whitened]
  return [
    gallery.coefficients,
    operatorNames.length,
    query.coefficients,
    gallery.halfWidth.map((h) => (h > 0 ? 1 / h : 0)),
  ]
}

/** How many of `a` are also in `b`. */
export function overlap(a: readonly Neighbour[], b: readonly Neighbour[]): number {
  const seen = new Set(b.map((neighbour) => neighbour.universe))
  return a.filter((neighbour) => seen.has(neighbour.universe)).length
}
