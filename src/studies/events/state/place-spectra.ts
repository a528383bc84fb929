import { histogram } from '../../../numerics/histogram.ts'
import { featuresPerEvent } from '../analysis/features/event-features.ts'
import type { EventsMap } from './events-state.ts'
import { eventsOfSet } from './shown-sets.ts'

/** What sets near a place of the map look like. */
export interface PlaceSpectrum {
  edges: readonly number[]
  /** Mean over the sets of the share of their events in each bin, and the standard deviation from set to set. */
  mean: number[]
  spread: number[]
  /** Mean over all sets of the map. */
  all: number[]
  /** Numbers of the sets, nearest first, and how far the last one lies. */
  sets: number[]
  radius: number
}

/** The k sets nearest to a place. */
export function nearestSets({ latent, dimensions: d, count }: EventsMap, x: number, y: number, k: number) {
  const far = Float64Array.from({ length: count }, (_, i) =>
    Math.hypot(latent[i * d] - x, d > 1 ? latent[i * d + 1] - y : 0),
  )
  const sets = Array.from({ length: count }, (_, i) => i)
    .sort((i, j) => far[i] - far[j])
    .slice(0, k)
  return { sets, radius: far[sets[sets.length - 1]] }
}

/**
 * One feature of the sets nearest to a place of the map, beside all sets.
 *
 * @param edges  of the bins; events beyond them are left out
 */
export function placeSpectrum(
  map: EventsMap,
  place: { x: number; y: number },
  feature: number,
  edges: readonly number[],
  k: number,
): PlaceSpectrum {
  const { sets, radius } = nearestSets(map, place.x, place.y, k)
  const bins = edges.length - 1
  const shares = (set: number) => {
    const events = eventsOfSet(map, set)
    const values = Float64Array.from({ length: map.perSet }, (_, e) => events[e * featuresPerEvent + feature])
    return histogram(values, edges).sumW.map((n) => n / map.perSet)
  }
  const near = sets.map(shares)
  const mean = Array.from({ length: bins }, (_, b) => near.reduce((sum, own) => sum + own[b], 0) / k)
  const spread = mean.map((m, b) =>
    Math.sqrt(near.reduce((sum, own) => sum + (own[b] - m) ** 2, 0) / Math.max(1, k - 1)),
  )
  const all = new Array<number>(bins).fill(0)
  for (let set = 0; set < map.count; set++) shares(set).forEach((share, b) => (all[b] += share / map.count))
  return { edges, mean, spread, all, sets, radius }
}
