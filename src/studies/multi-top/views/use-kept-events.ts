import { useMemo } from 'react'
import type { KeptNeighbours, KeptRequest } from '../../../numerics/kept-neighbours.ts'
import { tourAxes } from './tour-axes.ts'
import { useKeptNeighbours } from '../../../ui/map/use-kept-neighbours.ts'

interface Space {
  components: ArrayLike<number> // [events, componentCount]
  componentCount: number
}

const neighbours = 15

/**
 * Of the 15 events nearest to each in a space, how many are among its 15 nearest on the map, and by more of its axes.
 *
 * @param xy  [events, 2]
 * @param axes  [events, tourAxes]; null: the map alone
 */
export function useKeptEvents(
  xy: ArrayLike<number>,
  { components, componentCount }: Space,
  ready: boolean,
  axes: Float32Array | null,
): KeptNeighbours | null {
  const request = useMemo((): KeptRequest | null => {
    const count = xy.length / 2
    if (!ready || components.length !== count * componentCount) return null
    return {
      ...{ count, k: neighbours },
      truth: { values: components, dimensions: componentCount },
      maps: [{ values: xy, dimensions: 2 }, ...(axes ? [{ values: axes, dimensions: tourAxes }] : [])],
    }
  }, [xy, components, componentCount, ready, axes])
  return useKeptNeighbours(request)
}
