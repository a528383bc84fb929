import type { LearnedMap } from '../analysis/map/learned-map.ts'
import type { MapEvents } from '../analysis/map/map-events.ts'

/** Leading components that a tour turns. */
export const tourAxes = 6

/** Events by the leading components of a space. @returns [events, tourAxes] */
export function leadingAxes({
  components,
  componentCount,
}: Pick<MapEvents | LearnedMap, 'components' | 'componentCount'>): Float32Array {
  const events = components.length / componentCount
  return Float32Array.from(
    { length: events * tourAxes },
    (_, at) => components[Math.floor(at / tourAxes) * componentCount + (at % tourAxes)],
  )
}
