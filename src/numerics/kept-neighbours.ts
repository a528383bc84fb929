import { createRng, shuffle } from './rng.ts'
import { neighbourLists, sharedNeighbours } from './neighbour-lists.ts'

/** Places of the same points in some space. */
export interface PlacesInSpace {
  values: ArrayLike<number> // [count, dimensions] row-major
  dimensions: number
}

export interface KeptRequest {
  count: number
  k: number
  /** Where neighbours are the true ones. */
  truth: PlacesInSpace
  maps: readonly PlacesInSpace[]
}

export interface KeptOnMap {
  /** [count, k] nearest first */
  neighbours: Int32Array
  /** [count] true neighbours among the k nearest here; `uncounted` outside a sample */
  kept: Uint8Array
  mean: number
}

export interface KeptNeighbours {
  k: number
  /** Neighbours kept by chance, k² / (count − 1). */
  chance: number
  truth: Int32Array // [count, k]
  maps: KeptOnMap[]
  /** Points whose neighbours were looked for, among all; null: all of them. */
  sample: { size: number; of: number } | null
}

/** Of a point that is not of the sample. */
export const uncounted = 255

/** Most pairs that are looked at in each space: with more points, a seeded sample of them is counted. */
const mostPairs = 20_000 ** 2

/** Rows of a sample that keeps within so many pairs; null: all. */
export function sampledRows(count: number, most = mostPairs): Int32Array | null {
  const size = Math.floor(most / count)
  if (size >= count) return null
  return shuffle(
    Int32Array.from({ length: count }, (_, row) => row),
    createRng(1, 'kept neighbours'),
  )
    .slice(0, Math.max(1, size))
    .sort()
}

/** How many of the k nearest in truth are among the k nearest on each map. @param rows  that are counted; null: all */
export function keptNeighbours(
  { count, k: asked, truth, maps }: KeptRequest,
  rows: Int32Array | null = sampledRows(count),
): KeptNeighbours {
  const k = Math.min(asked, count - 1)
  const lists = neighbourLists(truth.values, count, truth.dimensions, k, rows)
  const size = rows?.length ?? count
  return {
    k,
    chance: (k * k) / (count - 1),
    truth: lists,
    sample: rows && { size, of: count },
    maps: maps.map(({ values, dimensions }) => {
      const neighbours = neighbourLists(values, count, dimensions, k, rows)
      const kept = new Uint8Array(count).fill(uncounted)
      let sum = 0
      for (let at = 0; at < size; at++) {
        const row = rows?.[at] ?? at
        kept[row] = sharedNeighbours(lists, neighbours, k, row)
        sum += kept[row]
      }
      return { neighbours, kept, mean: sum / size }
    }),
  }
}

/** True neighbours of a point, nearest first; none of one that was not counted. */
export function trueNeighbours({ truth, maps, k }: KeptNeighbours, row: number): number[] {
  return maps[0].kept[row] === uncounted ? [] : Array.from(truth.subarray(row * k, (row + 1) * k))
}

/** True neighbours of a point that are not near it on a map, nearest first. */
export function lostNeighbours(kept: KeptNeighbours, map: number, row: number): number[] {
  const { maps, k } = kept
  const here = maps[map].neighbours.subarray(row * k, (row + 1) * k)
  return trueNeighbours(kept, row).filter((other) => !here.includes(other))
}
