import type { PlacedEvents } from '../analysis/own-events/place-events.ts'

/** Events of the map around whose middle a dropped one stands, where the map has no axes. */
export const middleOf = 5

interface Space {
  /** [events, components] of the map */
  components: ArrayLike<number>
  componentCount: number
}

/**
 * Where dropped events stand on a map: along its components, or, on one by t-SNE, in the middle of the five that are nearest in
 * its space.
 *
 * @param map  [events, 2] by t-SNE; null for components
 * @returns    [dropped, 2]; null while the learned space of the file is not there
 */
export function droppedPlaces(
  { coordinates, events }: Pick<PlacedEvents, 'coordinates' | 'events'>,
  space: 'input' | 'learned',
  { components, componentCount }: Space,
  map: ArrayLike<number> | null,
): Float64Array | null {
  const own = coordinates[space]
  if (!own || own.length !== events * componentCount) return null
  const out = new Float64Array(2 * events)
  for (let e = 0; e < events; e++) {
    if (!map) {
      out.set([own[e * componentCount], own[e * componentCount + 1]], 2 * e)
      continue
    }
    for (const row of nearestRows(own, e, components, componentCount)) {
      out[2 * e] += map[2 * row] / middleOf
      out[2 * e + 1] += map[2 * row + 1] / middleOf
    }
  }
  return out
}

function nearestRows(own: Float32Array, e: number, components: ArrayLike<number>, width: number): number[] {
  const near: { row: number; square: number }[] = []
  for (let row = 0; row < components.length / width; row++) {
    let square = 0
    for (let k = 0; k < width; k++) square += (components[row * width + k] - own[e * width + k]) ** 2
    if (near.length === middleOf && square >= near[middleOf - 1].square) continue
    near.push({ row, square })
    near.sort((a, b) => a.square - b.square)
    near.length = Math.min(near.length, middleOf)
  }
  return near.map(({ row }) => row)
}
