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
  /** [count] true neighbours among the k nearest here */
  kept: Uint8Array
  mean: number
}

export interface KeptNeighbours {
  k: number
  /** Neighbours kept by chance, k² / (count − 1). */
  chance: number
  truth: Int32Array // [count, k]
  maps: KeptOnMap[]
}

/** How many of the k nearest in truth are among the k nearest on each map. */
export function keptNeighbours({ count, k: asked, truth, maps }: KeptRequest): KeptNeighbours {
  const k = Math.min(asked, count - 1)
  const lists = neighbourLists(truth.values, count, truth.dimensions, k)
  return {
    k,
    chance: (k * k) / (count - 1),
    truth: lists,
    maps: maps.map(({ values, dimensions }) => {
      const neighbours = neighbourLists(values, count, dimensions, k)
      const kept = Uint8Array.from({ length: count }, (_, row) => sharedNeighbours(lists, neighbours, k, row))
      return { neighbours, kept, mean: kept.reduce((sum, own) => sum + own, 0) / count }
    }),
  }
}

/** True neighbours of a point that are not near it on a map, nearest first. */
export function lostNeighbours({ truth, maps, k }: KeptNeighbours, map: number, row: number): number[] {
  const here = maps[map].neighbours.subarray(row * k, (row + 1) * k)
  return Array.from(truth.subarray(row * k, (row + 1) * k)).filter((other) => !here.includes(other))
}
