import { mlpOutputs, runMlp, type Mlp } from '../../../ml/mlp.ts'
import { applyProcrustes, procrustes, type Procrustes } from '../../../numerics/procrustes.ts'
import { principalAxes, project } from '../../../statistics/gaussian-limit.ts'
import type { EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import type { DatasetHeader } from '../../job-map.ts'
import { validUniverses } from '../universes.ts'
import { jaccard, neighbourLists, sharedNeighbours } from './neighbour-lists.ts'

export interface CompareRequest {
  header: Pick<DatasetHeader, 'whitenedMeans' | 'table'>
  order: EftOrder
  maps: { id: string; mlp: Mlp }[]
  neighbours: number
}

export interface ComparedMap {
  id: string
  latentDim: number
  /** The latent axes, or the first two principal axes of a latent space of more than two. */
  xy: Float32Array // [universes, 2]
  /** Laid onto the first map. */
  aligned: Float32Array // [universes, 2]
  fit: Procrustes
  /** In the whole latent space. */
  neighbours: Int32Array // [universes, k]
  /** Share of the neighbours on the first map that are neighbours here too. */
  kept: Float32Array // [universes]
  meanKept: number
  /** Share of the true neighbours, by Fisher distance, that are neighbours here: what alignment cannot flatter. */
  meanTrue: number
}

export interface ComparedMaps {
  maps: ComparedMap[]
  neighbours: number
  /** Universes in averages: in linear theory those with a positive spectrum, else all. */
  counted: Uint8Array // [universes]
  /** Mean Jaccard index of the neighbour sets of every pair of maps. */
  jaccard: Float64Array // [maps, maps]
  /** Share of neighbours kept by chance. */
  chance: number
}

/** Maps of the same universes beside one another; the first is the reference. Yields the fraction done. */
export function* compareMaps(request: CompareRequest): Generator<number, ComparedMaps> {
  const { header, maps } = request
  const { whitenedMeans, table } = header
  const n = table.count
  const bins = whitenedMeans.length / n
  const k = Math.min(request.neighbours, n - 1)
  const kept = validUniverses(table, request.order)
  const counted = new Uint8Array(n)
  for (const u of kept) counted[u] = 1
  const truth = neighbourLists(whitenedMeans, n, bins, k)
  yield 0.4

  const out: ComparedMap[] = []
  for (const { id, mlp } of maps) {
    const d = mlpOutputs(mlp)
    const latent = runMlp(mlp, whitenedMeans, n)
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

export interface SelectionStability {
  universes: number
  /** Mean Jaccard index of the neighbour sets of its universes, over all pairs of maps; null for a single map. */
  jaccard: number | null
  /** Standard error of that mean over its universes. */
  error: number
  /** Per map: share of the neighbours of its universes that belong to it as well. */
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
    universes: rows.length,
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

/** Neighbours of a universe on a map against those on the first one. */
export function neighbourChange(
  { maps, neighbours: k }: ComparedMaps,
  map: number,
  universe: number,
): NeighbourChange {
  const of = (m: number) => Array.from(maps[m].neighbours.subarray(universe * k, (universe + 1) * k))
  const [before, now] = [of(0), of(map)]
  return {
    kept: now.filter((u) => before.includes(u)),
    gained: now.filter((u) => !before.includes(u)),
    lost: before.filter((u) => !now.includes(u)),
  }
}
