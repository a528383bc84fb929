import type { MapMarkers, MapPath } from './types.ts'

/** Every kind of mark that stands above the dots. */
const markKinds = ['origin', 'live', 'focus', 'neighbours', 'lost', 'measurement', 'dropped', 'path'] as const
export type MarkKind = (typeof markKinds)[number]

/** What a study calls its marks; what it leaves out has the common words. */
export type MarkWords = Partial<Record<MarkKind, string>>

export interface MarkEntry {
  kind: MarkKind
  text: string
}

const usual: Record<MarkKind, string> = {
  origin: 'reference',
  live: 'live: what the sliders make',
  focus: 'picked',
  neighbours: 'its neighbours',
  lost: 'most alike, but not near here',
  measurement: 'measurement, with 68 % and 95 %',
  dropped: 'your data',
  path: 'a model as its mass runs',
}

/** One line for each kind of mark that is on the map, in one order. */
export function markLegend(
  markers: MapMarkers,
  paths: readonly MapPath[] = [],
  words: MarkWords = {},
): MarkEntry[] {
  const there: Record<MarkKind, boolean> = {
    origin: Boolean(markers.origin),
    live: Boolean(markers.live),
    focus: Boolean(markers.focus),
    neighbours: (markers.neighbours?.length ?? 0) > 0,
    lost: (markers.lost?.length ?? 0) > 0,
    measurement: Boolean(markers.measurement),
    dropped: (markers.dropped?.length ?? 0) > 0,
    path: paths.length > 0,
  }
  return markKinds.filter((kind) => there[kind]).map((kind) => ({ kind, text: words[kind] ?? usual[kind] }))
}
