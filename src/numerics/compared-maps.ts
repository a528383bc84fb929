import { jaccard, sharedNeighbours } from './neighbour-lists.ts'
import type { Procrustes } from './procrustes.ts'

export interface ComparedMap {
  id: string
  latentDim: number
  /** The latent axes, or the first two principal axes of a latent space of more than two. */
  xy: Float32Array // [points, 2]
  /** Laid onto the first map. */
  aligned: Float32Array // [points, 2]
  fit: Procrustes
  /** In the whole latent space. */
  neighbours: Int32Array // [points, k]
  /** Share of the neighbours on the first map that are neighbours here too. */
  kept: Float32Array // [points]
  meanKept: number
  /** Share of the true neighbours that are neighbours here: what alignment cannot flatter. */
  meanTrue: number
}

export interface ComparedMaps {
  maps: ComparedMap[]
  neighbours: number
  /** Points in averages and alignment. */
  counted: Uint8Array // [points]
  /** Mean Jaccard index of the neighbour sets of every pair of maps. */
  jaccard: Float64Array // [maps, maps]
  /** Share of neighbours kept by chance. */
  chance: number
}

export interface SelectionStability {
  points: number
  /** Mean Jaccard index of the neighbour sets of its points, over all pairs of maps; null for a single map. */
  jaccard: number | null
  /** Standard error of that mean over its points. */
  error: number
  /** Per map: share of the neighbours of its points that belong to it as well. */
  purity: number[]
}

/** How much of a selection or cluster survives from map to map. */
export function selectionStability(compared: ComparedMaps, chosen: Uint8Array): SelectionStability | null {
  const { maps, neighbours: k } = compared
  const rows = Array.from(chosen.keys()).filter((u) => chosen[u])
  if (rows.length === 0) return null
  const each = rows.map((u) => {
    let sum = 0
    let pairs = 0
    for (let i = 0; i < maps.length; i++)
      for (let j = 0; j < i; j++, pairs++)
        sum += jaccard(sharedNeighbours(maps[i].neighbours, maps[j].neighbours, k, u), k)
    return pairs > 0 ? sum / pairs : NaN
  })
  const mean = each.reduce((sum, value) => sum + value, 0) / rows.length
  const variance = each.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, rows.length - 1)
  return {
    points: rows.length,
    jaccard: maps.length > 1 ? mean : null,
    error: Math.sqrt(variance / rows.length),
    purity: maps.map(({ neighbours }) => {
      let inside = 0
      for (const u of rows) for (let p = 0; p < k; p++) inside += chosen[neighbours[u * k + p]] ? 1 : 0
      return inside / (rows.length * k)
    }),
  }
}

export interface NeighbourChange {
  kept: number[]
  gained: number[]
  lost: number[]
}

/** Neighbours of a point on a map against those on the first one. */
export function neighbourChange(
  { maps, neighbours: k }: ComparedMaps,
  map: number,
  point: number,
): NeighbourChange {
  const of = (m: number) => Array.from(maps[m].neighbours.subarray(point * k, (point + 1) * k))
  const [before, now] = [of(0), of(map)]
  return {
    kept: now.filter((u) => before.includes(u)),
    gained: now.filter((u) => !before.includes(u)),
    lost: before.filter((u) => !now.includes(u)),
  }
}
