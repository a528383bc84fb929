import { useMemo } from 'react'
import type { KeptNeighbours, KeptRequest } from '../../../numerics/kept-neighbours.ts'
import { useKeptNeighbours } from '../../../ui/map/use-kept-neighbours.ts'

interface Space {
  components: ArrayLike<number> // [events, componentCount]
  componentCount: number
}

const neighbours = 15

/** Of the 15 events nearest to each in a space, how many are among its 15 nearest on the map. @param xy  [events, 2] */
export function useKeptEvents(
  xy: ArrayLike<number>,
  { components, componentCount }: Space,
  ready: boolean,
): KeptNeighbours | null {
  const request = useMemo((): KeptRequest | null => {
    const count = xy.length / 2
    if (!ready || components.length !== count * componentCount) return null
    return {
      ...{ count, k: neighbours },
      truth: { values: components, dimensions: componentCount },
      maps: [{ values: xy, dimensions: 2 }],
    }
  }, [xy, components, componentCount, ready])
  return useKeptNeighbours(request)
}
