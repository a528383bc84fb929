import { idle, type Loadable } from '../../core/loadable.ts'
import type { StudyContext } from '../../core/study.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { Estimate } from '../../statistics/gaussian-limit.ts'
import type { HiddenEvent } from './analysis/interpret/hidden-event.ts'
import type { MapEvents } from './analysis/map/map-events.ts'
import type { MultiTopIntent } from './intent.ts'
import type { MultiTopJobs } from './jobs.ts'

/** A map by t-SNE, also while it forms. */
export interface ShownTsne {
  /** Key of the events that it is of. */
  events: string
  map: Float64Array // [events, 2]
  kl: number
  /** Once it is done. */
  purity: { space: Estimate; map: Estimate; neighbours: number } | null
}

interface MultiTopState {
  events: Loadable<MapEvents>
  tsne: Loadable<ShownTsne>
  /** What a transformer makes of the event in focus with some of its numbers hidden. */
  seen: Loadable<HiddenEvent>
  /** What the samples of the classes say of themselves. */
  samples: Loadable<SampleManifest[]>
}

/** The types of what this study keeps and asks for. */
export interface MultiTopModel {
  intent: MultiTopIntent
  state: MultiTopState
  jobs: { compute: MultiTopJobs }
}

export type MultiTopContext = StudyContext<MultiTopModel>

export const emptyMultiTop: MultiTopState = { events: idle, tsne: idle, seen: idle, samples: idle }
