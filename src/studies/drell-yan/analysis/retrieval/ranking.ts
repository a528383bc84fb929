import { neighbourSpaces, nearestUniverses } from '../neighbours.ts'
import type { NeighbourGallery, NeighbourQuery, NeighbourSpace } from '../neighbours.ts'

/** A universe of the gallery with its distance and rank (1 is nearest) in every space that the query has. */
export interface RankedUniverse {
  universe: number
  places: Partial<Record<NeighbourSpace, { distance: number; rank: number }>>
}

/** The k nearest universes in one space, with where the other spaces put them. */
export function rankUniverses(
  gallery: NeighbourGallery,
  query: NeighbourQuery,
  space: NeighbourSpace,
  k: number,
): RankedUniverse[] {
  const orders = neighbourSpaces.map((name) => {
    const all = nearestUniverses(gallery, query, name, gallery.count)
    return {
      name,
      all,
      place: new Map(all.map(({ universe, distance }, i) => [universe, { distance, rank: i + 1 }])),
    }
  })
  const chosen = orders.find(({ name }) => name === space)?.all ?? []
  return chosen.slice(0, k).map(({ universe }) => ({
    universe,
    places: Object.fromEntries(
      orders.flatMap(({ name, place }) => {
        const found = place.get(universe)
        return found ? [[name, found]] : []
      }),
    ),
  }))
}
