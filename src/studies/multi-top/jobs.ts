import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { HiddenEvent, HiddenEventRequest, HiddenNews } from './analysis/interpret/hidden-event.ts'
import type { PlacedEvents, PlaceRequest } from './analysis/own-events/place-events.ts'
import type { ImportedTransformer } from './analysis/own-transformers/import-transformer.ts'
import type { DroppedFile } from '../../ml/sort-model-files.ts'
import type { SearchNews, SearchRequest, SearchView } from './analysis/search/search-view.ts'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { EventsToCompare } from './analysis/compare-events.ts'
import type { LearnedMap, LearnedMapRequest } from './analysis/map/learned-map.ts'
import type { MapEvents, MapRequest } from './analysis/map/map-events.ts'
import type { TrainingNews, TrainingRequest, TrainTransformerRequest } from './analysis/training/train-job.ts'
import type { TrainedTransformer } from './analysis/training/trained-moment.ts'
import type { ReplayedTransformer, ReplayTransformerRequest } from './analysis/training/trained-moment.ts'
import type { SharedWork } from './analysis/training/work-pool.ts'
import type { WriteTransformerRequest } from './analysis/training/write-transformer.ts'
import type { TransformerFiles, TransformerSource } from './analysis/transformer-source.ts'
import type { TransformerCard } from '../../ml/transformer/transformer-files.ts'
import type { TransformerAnswer } from '../../ml/transformer/shared-backend.ts'
import type { TsneMapRequest, TsneNews, TsneOnMap } from './analysis/map/tsne-map.ts'

/** Transformers in training. */
export type MultiTopMlJobs = {
  'train-transformer': {
    request: TrainTransformerRequest
    progress: TrainingNews
    result: TrainedTransformer
  }
  /** Loads what a training begins with, so that its first step comes sooner. */
  'warm-up': { request: TrainingRequest; progress: never; result: null }
  /** A recorded moment of a training shown again. */
  'replay-transformer': {
    request: ReplayTransformerRequest
    progress: never
    result: ReplayedTransformer
  }
  /** Its files, to be kept and taken along. */
  'write-transformer': {
    request: WriteTransformerRequest
    progress: number
    result: TransformerFiles & { id: string }
  }
  /** A part of a step, where several workers share it. */
  'shared-work': { request: SharedWork; progress: never; result: TransformerAnswer }
}

/** What the compute script does for this study. */
export type MultiTopJobs = {
  'map-events': { request: MapRequest; progress: number; result: MapEvents }
  /** Its card. */
  'read-transformer': { request: { source: TransformerSource }; progress: never; result: TransformerCard }
  'learned-map': { request: LearnedMapRequest; progress: number; result: LearnedMap }
  'compare-maps': { request: EventsToCompare; progress: number; result: ComparedMaps }
  'hidden-event': { request: HiddenEventRequest; progress: HiddenNews; result: HiddenEvent }
  'place-events': { request: PlaceRequest; progress: never; result: PlacedEvents }
  /** How many events a file has that can be placed. */
  'count-events': { request: DroppedFile; progress: never; result: number }
  /** A transformer from its exported files. */
  'import-transformer': {
    request: { files: readonly DroppedFile[] }
    progress: never
    result: ImportedTransformer
  }
  'search-view': { request: SearchRequest; progress: SearchNews; result: SearchView }
  'tsne-map': { request: TsneMapRequest; progress: TsneNews; result: TsneOnMap }
  'read-samples': { request: { manifestUrls: readonly string[] }; progress: never; result: SampleManifest[] }
}
