import type { MapIntent } from '../../../../share/map-schema.ts'
import type { PointNames } from '../../../../ui/map/point-selection.ts'
import { eventFeatureNames, featuresPerEvent } from '../../analysis/features/event-features.ts'
import type { EventsMap } from '../../state/events-state.ts'
import type { SetMeans, ShownSets } from '../../state/shown-sets.ts'

/** What rules can ask of a dot: its set, its model, the means of its events. Dots of no set of the map have none. */
export function setNames(
  map: EventsMap,
  means: SetMeans,
  shown: ShownSets,
  named: MapIntent['named'],
): PointNames {
  const of = (dot: number) => shown.set[dot]
  return {
    named,
    columns: [
      { name: 'set', title: 'set', value: of },
      { name: 'model', title: 'model', value: (dot) => map.ids[shown.model[dot]] ?? '' },
      ...eventFeatureNames.map(({ id, label, unit }, k) => ({
        ...{ name: id, title: unit ? `mean ${label} [${unit}]` : `mean ${label}` },
        value: (dot: number) => (of(dot) < map.count ? means.raw[of(dot) * featuresPerEvent + k] : NaN),
      })),
    ],
  }
}
