import { idle, type Loadable } from '../../../core/loadable.ts'
import type { PlainError } from '../../../errors.ts'
import type { BackendReport } from '../../../ml/backends.ts'
import type { ModelCard } from '../../../ml/model-card.ts'
import { emptyTraining } from '../../../core/training/training-run.ts'
import type { SampleManifest } from '../../../dataset/event-samples/sample-manifest.ts'
import type { ComparedMaps } from '../../../numerics/compared-maps.ts'
import type { LheRatios } from '../analysis/distances/lhe-ratios.ts'
import type { PairDistances } from '../analysis/distances/distance-report.ts'
import type { SetSizePoint } from '../analysis/distances/set-size-curve.ts'
import type { EncoderLimits } from '../analysis/encoder/encoder-limits.ts'
import type { FeatureImportance } from '../analysis/feature-importance.ts'
import type { LiveNews } from '../analysis/live/live-events.ts'
import type { LiveModel } from '../analysis/live/live-process.ts'
import type { MapEncoder } from '../analysis/map-encoder.ts'
import type { ModelEvents } from '../analysis/models.ts'
import type { PlacedFile } from '../analysis/own-files/place-file.ts'
import type { TwinTest } from '../analysis/twin-test.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsRun } from './events-run.ts'
import type { OwnEncoder } from './own-encoders.ts'
import type { OwnFile } from './own-files.ts'

/** Sets of all models on the map. While it fills, a new object with the same arrays stands for more of them. */
export interface EventsMap {
  dataset: string
  /** Names the events themselves: the dataset, and of one's own files which, and the channel. */
  content: string
  /** Why files of the dataset are not among the models. */
  leftOut: readonly string[]
  /** All that will be here, in their order; events of those alone that `models` has. */
  ids: readonly string[]
  models: readonly ModelEvents[]
  encoder: MapEncoder
  /** Of an encoder that was trained. */
  card: ModelCard | null
  /** Events of a set. */
  perSet: number
  dimensions: number
  /** Sets on the map: those of models in their order. */
  count: number
  /** Sets that will be there. */
  total: number
  model: Uint8Array // [total] place in models
  places: Uint32Array // [total, perSet] events of the model
  latent: Float32Array // [total, dimensions]
}

/** A model that is generated in the page, as far as it is. */
export interface LiveOnMap {
  model: LiveModel
  perSet: number
  news: LiveNews
}

/** Scores of an encoder, and what they are of. */
export interface MeasuredLimits extends EncoderLimits {
  encoder: string
  content: string
}

/** Maps side by side, and those that could not be. */
export interface ComparedSets extends ComparedMaps {
  failures: readonly { id: string; error: PlainError }[]
}

/** Exact ratios of two models at the events of a file. */
export interface RatiosOfFile extends LheRatios {
  name: string
}

/** How two models come apart as sets grow. */
export interface CurveOfPair {
  /** Ids of the models. */
  pair: [string, string]
  points: SetSizePoint[]
}

/** What is made of the intent, or read from files. */
export interface EventsState {
  map: Loadable<EventsMap>
  live: Loadable<LiveOnMap>
  compared: Loadable<ComparedSets>
  /** Of all pairs, without networks of their own. */
  distances: Loadable<PairDistances[]>
  /** Of pairs for which networks were trained. */
  networks: Loadable<PairDistances[]>
  curve: Loadable<CurveOfPair>
  twins: Loadable<TwinTest>
  ratios: Loadable<RatiosOfFile>
  training: EventsRun
  /** Encoders trained here or read from files, known so far. */
  ownEncoders: readonly OwnEncoder[]
  backends: Loadable<BackendReport[]>
  limits: Loadable<MeasuredLimits>
  /** Files of one's own that this browser keeps; null until they are known. */
  ownFiles: readonly OwnFile[] | null
  /** Of the files dropped last: what could not be read. */
  reading: Loadable<{ faults: string[] }>
  /** Of those files, on the map of a shipped dataset. */
  placed: readonly string[]
  dropped: Loadable<PlacedFile[]>
  importance: Loadable<FeatureImportance>
  /** What the samples of the dataset say of themselves. */
  samples: Loadable<SampleManifest[]>
}

export const emptyEvents: EventsState = {
  map: idle,
  live: idle,
  compared: idle,
  distances: idle,
  networks: idle,
  curve: idle,
  twins: idle,
  ratios: idle,
  training: emptyTraining,
  ownEncoders: [],
  backends: idle,
  limits: idle,
  ownFiles: null,
  reading: idle,
  placed: [],
  dropped: idle,
  importance: idle,
  samples: idle,
}

/** What belongs to the map of one dataset, and goes with it. */
export const nothingShown: Pick<
  EventsIntent,
  'model' | 'hidden' | 'focused' | 'reference' | 'camera' | 'selection' | 'focus' | 'cursor' | 'pair'
> = {
  ...{ model: null, hidden: [], focused: null, reference: null },
  ...{ camera: null, selection: null, focus: null, cursor: null, pair: null },
}

/** What belongs to one map, and goes with its encoder. */
export const onOtherMap: Pick<EventsIntent, 'camera' | 'selection' | 'cursor'> = {
  ...{ camera: null, selection: null, cursor: null },
}
