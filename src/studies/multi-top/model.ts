import { idle, type Loadable } from '../../core/loadable.ts'
import { emptyTraining } from '../../core/training/training-run.ts'
import type { StudyContext } from '../../core/study.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { Estimate } from '../../statistics/gaussian-limit.ts'
import type { HiddenEvent } from './analysis/interpret/hidden-event.ts'
import type { LearnedMap } from './analysis/map/learned-map.ts'
import type { MapEvents } from './analysis/map/map-events.ts'
import type { PlacedEvents } from './analysis/own-events/place-events.ts'
import type { SearchView } from './analysis/search/search-view.ts'
import type { TransformerSource } from './analysis/transformer-source.ts'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { OwnEventFile } from './state/own-event-file.ts'
import type { OwnTransformer } from './state/own-transformer.ts'
import type { TransformerLosses, TransformerRun } from './state/transformer-run.ts'
import type { MultiTopIntent } from './intent.ts'
import type { MultiTopJobs, MultiTopMlJobs } from './jobs.ts'

/** A map by t-SNE, also while it forms. */
export interface ShownTsne {
  /** Key of the events that it is of. */
  events: string
  map: Float64Array // [events, 2]
  kl: number
  /** Once it is done. */
  purity: { space: Estimate; map: Estimate; neighbours: number } | null
}

/** A transformer by its id, null for the shipped one. */
export interface ChosenTransformer {
  id: string | null
  source: TransformerSource
}

interface MultiTopState {
  events: Loadable<MapEvents>
  tsne: Loadable<ShownTsne>
  /** The transformer that is chosen, where it is read from. */
  transformer: Loadable<ChosenTransformer>
  /** Those of one's own. */
  ownModels: readonly OwnTransformer[]
  /** Events in the space that it learned. */
  learned: Loadable<LearnedMap>
  training: TransformerRun
  losses: TransformerLosses
  /** The training as a model that is kept. */
  written: Loadable<{ id: string; title: string }>
  compared: Loadable<ComparedMaps>
  /** A file of one's own events among those of the map. */
  dropped: Loadable<PlacedEvents>
  /** The file itself, once it was read. */
  ownFile: OwnEventFile | null
  /** A search by scores of the transformer. */
  found: Loadable<SearchView>
  /** What a transformer makes of the event in focus with some of its numbers hidden. */
  seen: Loadable<HiddenEvent>
  /** What the samples of the classes say of themselves. */
  samples: Loadable<SampleManifest[]>
}

/** The types of what this study keeps and asks for. */
export interface MultiTopModel {
  intent: MultiTopIntent
  state: MultiTopState
  jobs: { compute: MultiTopJobs; ml: MultiTopMlJobs }
}

export type MultiTopContext = StudyContext<MultiTopModel>

export const emptyMultiTop: MultiTopState = {
  ...{ events: idle, tsne: idle, seen: idle, samples: idle, transformer: idle, learned: idle },
  ...{ written: idle, compared: idle, found: idle, dropped: idle, ownModels: [], ownFile: null },
  training: emptyTraining,
  losses: { key: '', records: [], levels: null },
}
