import type { ComparedMap, ComparedMaps } from '../numerics/compared-maps.ts'
import { jaccard, neighbourLists, sharedNeighbours } from '../numerics/neighbour-lists.ts'
import { applyProcrustes, procrustes } from '../numerics/procrustes.ts'
import { principalAxes, project } from './gaussian-limit.ts'

/** A map to be compared. */
export interface MapToCompare {
  id: string
  dimensions: number
  /** Where all points lie on it, or what places them when its turn comes. */
  latent: Float32Array | (() => Float32Array) // [count, dimensions]
}

export interface MapsToCompare {
  maps: readonly MapToCompare[]
  /** The points themselves, whose Euclidean neighbours are the true ones. */
  truth: ArrayLike<number> // [count, truthDimensions]
  count: number
  truthDimensions: number
  /** Points that averages and alignment are made with; left out: all. */
  kept?: readonly number[]
  neighbours: number
}

/** Maps of the same points beside one another; the first is the reference. Yields the fraction done. */
export function* compareMaps(request: MapsToCompare): Generator<number, ComparedMaps> {
  const { maps, count: n } = request
  const kept = request.kept ?? Array.from({ length: n }, (_, u) => u)
  const k = Math.min(request.neighbours, n - 1)
  const counted = new Uint8Array(n)
  for (const u of kept) counted[u] = 1
  const truth = neighbourLists(request.truth, n, request.truthDimensions, k)
  yield 0.4

  const out: ComparedMap[] = []
  for (const { id, dimensions: d, latent: placed } of maps) {
    const latent = typeof placed === 'function' ? placed() : placed
    const xy = d === 2 ? latent : firstTwoAxes(latent, n, d, kept)
    const reference = out.at(0)
    const fit = procrustes(rowsOf(reference?.xy ?? xy, kept), rowsOf(xy, kept), kept.length)
    const neighbours = neighbourLists(latent, n, d, k)
    const shares = Float32Array.from(
      { length: n },
      (_, u) => sharedNeighbours(reference?.neighbours ?? neighbours, neighbours, k, u) / k,
    )
    const mean = (of: (u: number) => number) => kept.reduce((sum, u) => sum + of(u), 0) / kept.length
    out.push({
      id,
      latentDim: d,
      xy,
      aligned: reference ? applyProcrustes(fit, xy, n) : xy,
      fit,
      neighbours,
      kept: shares,
      meanKept: mean((u) => shares[u]),
      meanTrue: mean((u) => sharedNeighbours(truth, neighbours, k, u) / k),
    })
    yield 0.4 + (0.5 * out.length) / maps.length
  }

  const pairs = new Float64Array(out.length ** 2)
  out.forEach((a, i) =>
    out.forEach((b, j) => {
      if (j > i) return
      const value =
        kept.reduce((sum, u) => sum + jaccard(sharedNeighbours(a.neighbours, b.neighbours, k, u), k), 0) /
        kept.length
      pairs[i * out.length + j] = pairs[j * out.length + i] = value
    }),
  )
  return { maps: out, neighbours: k, counted, jaccard: pairs, chance: k / (n - 1) }
}

function firstTwoAxes(latent: Float32Array, n: number, d: number, kept: readonly number[]): Float32Array {
  const rows = new Float64Array(kept.length * d)
  kept.forEach((u, row) => rows.set(latent.subarray(u * d, (u + 1) * d), row * d))
  return Float32Array.from(project(principalAxes(rows, kept.length, d, 0), latent, n, d, 2))
}

function rowsOf(xy: Float32Array, kept: readonly number[]): Float64Array {
  const rows = new Float64Array(2 * kept.length)
  kept.forEach((u, row) => rows.set(xy.subarray(2 * u, 2 * u + 2), 2 * row))
  return rows
}
