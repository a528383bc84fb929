import { useMemo } from 'react'
import type { KeptNeighbours, KeptRequest } from '../../../../numerics/kept-neighbours.ts'
import { useKeptNeighbours } from '../../../../ui/map/use-kept-neighbours.ts'
import { featuresPerEvent } from '../../analysis/features/event-features.ts'
import type { EventsMap } from '../../state/events-state.ts'
import type { SetMeans } from '../../state/shown-sets.ts'

const neighbours = 15

/** Of the 15 sets nearest to each by the mean features of their events, how many are among its 15 nearest on the map. */
export function useKeptSets(map: EventsMap, means: SetMeans, ready: boolean): KeptNeighbours | null {
  const request = useMemo((): KeptRequest | null => {
    if (!ready) return null
    const { count, latent, dimensions: d } = map
    const at = (set: number, axis: number) => (axis < d ? latent[set * d + axis] : 0)
    const plane = Float32Array.from({ length: 2 * count }, (_, i) => at(i >> 1, i & 1))
    return {
      ...{ count, k: neighbours },
      truth: { values: means.scaled, dimensions: featuresPerEvent },
      maps: [{ values: plane, dimensions: 2 }, ...(d > 2 ? [{ values: latent, dimensions: d }] : [])],
    }
  }, [map, means, ready])
  return useKeptNeighbours(request)
}

/** What the places of the answer are called. */
export const keptPlaces = ({ dimensions }: EventsMap): string[] =>
  dimensions > 2 ? ['the plane drawn', `the ${dimensions}-D latent space`] : ['this map']
