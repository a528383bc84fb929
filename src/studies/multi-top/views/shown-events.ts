import type { MapIntent } from '../../../share/map-schema.ts'
import type { ColourLegend } from '../../../ui/map/MapLegend.tsx'
import type { PointNames } from '../../../ui/map/point-selection.ts'
import type { MapPoints } from '../../../ui/map/types.ts'
import type { MapEvents } from '../analysis/map/map-events.ts'
import { topClasses } from '../datasets.ts'
import { numbersOf } from './event-words.ts'

/** Of a class, as links keep it: "4 tops" is 4-tops. */
const classId = (label: string): string => label.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** The same dots, those of hidden classes without a place: numbers of dots stay those of events. */
export function visiblePoints(
  points: MapPoints,
  kinds: Uint8Array,
  hidden: readonly string[],
  names: readonly string[],
): MapPoints {
  if (hidden.length === 0) return points
  const gone = names.map((name) => hidden.includes(classId(name)))
  const place = (values: Float32Array) => values.map((value, dot) => (gone[kinds[dot]] ? NaN : value))
  return { ...points, x: place(points.x), y: place(points.y) }
}

/** What rules can ask of an event. Dots of a dropped file have no numbers. */
export function eventNames(events: MapEvents, named: MapIntent['named']): PointNames {
  const here = (event: number) => event < events.events
  return {
    named,
    columns: [
      { name: 'event', title: 'event', value: (event) => event },
      {
        ...{ name: 'class', title: 'class' },
        value: (event) => (here(event) ? classId(topClasses[events.labels[event]].label) : ''),
      },
      ...(['njet', 'nb', 'nlep', 'met'] as const).map((name) => ({
        ...{ name, title: name === 'met' ? 'MET [GeV]' : name },
        value: (event: number) => (here(event) ? numbersOf(events, event)[name] : NaN),
      })),
    ],
  }
}

/** The legend with the names that links keep, and which classes are hidden. */
export function withHidden(legend: ColourLegend, hidden: readonly string[]): ColourLegend {
  if (legend.kind !== 'classes') return legend
  const entries = legend.entries.map((entry) => {
    const id = classId(entry.label)
    return { ...entry, id, hidden: hidden.includes(id) }
  })
  return { ...legend, entries }
}
