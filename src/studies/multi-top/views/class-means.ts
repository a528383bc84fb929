import type { MapEvents } from '../analysis/map/map-events.ts'
import { objectSlots, objectToken } from '../analysis/tokens/token-layout.ts'

interface ClassMeans {
  /** [classes, slots] GeV; an empty slot counts as 0 */
  pt: Float64Array
  /** [classes, components] */
  middle: Float64Array
}

/** Transverse momenta of an event, slot by slot; 0 where a slot is empty. @returns [slots] GeV */
export function objectPts({ raw, filled, tokens }: MapEvents, event: number): Float64Array {
  return Float64Array.from({ length: objectSlots }, (_, slot) => {
    const at = event * tokens + objectToken(slot, 'pt')
    return filled[at] ? raw[at] : 0
  })
}

const known = new WeakMap<MapEvents, ClassMeans>()

/** Means of the events of each class that are on the map. */
export function classMeans(events: MapEvents): ClassMeans {
  const there = known.get(events)
  if (there) return there
  const { labels, classes, components, componentCount: d } = events
  const pt = new Float64Array(classes.length * objectSlots)
  const middle = new Float64Array(classes.length * d)
  const of = new Float64Array(classes.length)
  for (let event = 0; event < events.events; event++) {
    const c = labels[event]
    of[c]++
    objectPts(events, event).forEach((own, slot) => (pt[c * objectSlots + slot] += own))
    for (let k = 0; k < d; k++) middle[c * d + k] += components[event * d + k]
  }
  const made = {
    pt: pt.map((sum, at) => sum / (of[Math.floor(at / objectSlots)] || 1)),
    middle: middle.map((sum, at) => sum / (of[Math.floor(at / d)] || 1)),
  }
  known.set(events, made)
  return made
}
