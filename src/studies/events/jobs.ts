import type { BackendReport } from '../../ml/backends.ts'
import type { BackendChoice } from '../../ml/training-config.ts'
import type { ModelFiles } from '../../ml/model-files.ts'
import type { EncoderLimits, LimitsRequest } from './analysis/encoder/encoder-limits.ts'
import type { EncoderWithFiles, ExportTrainedRequest } from './analysis/encoder/export-trained.ts'
import type { EncoderJobs } from '../../ml/encoder-job.ts'
import type { EventsEncoder } from './analysis/encoder/encoder-files.ts'
import type { EventsToLearn, TrainEventsRequest } from './analysis/encoder/train-events-job.ts'
import type { FileModel } from './analysis/own-files/model-from-file.ts'
import type { ReadFileRequest } from './analysis/own-files/read-own-file.ts'
import type { PlacedFile, PlaceRequest } from './analysis/own-files/place-file.ts'
import type { EncoderAddress } from './catalogue.ts'
import type { DistanceEvent, DistanceRequest, PairDistances } from './analysis/distances/distance-report.ts'
import type { SetSizeEvent, SetSizePoint, SetSizeRequest } from './analysis/distances/set-size-curve.ts'
import type { TwinRequest, TwinTest } from './analysis/twin-test.ts'
import type { FeatureImportance, ImportanceRequest } from './analysis/feature-importance.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { SetsToCompare } from './analysis/compare-sets.ts'
import type { LheRatios } from './analysis/distances/lhe-ratios.ts'
import type { FileRatioRequest } from './analysis/own-files/file-ratios.ts'
import type { DrawnEvent, DrawRequest } from './analysis/draw-map.ts'
import type { LiveNews, LiveRequest } from './analysis/live/live-events.ts'
import type { OpenedEvent, OpenRequest } from './analysis/open-events.ts'

/** Trainings, and what is loaded and formed before Play is pressed; `learn`: null while its events are on their way. */
export type EventsTrainingJobs = Omit<EncoderJobs<TrainEventsRequest>, 'warm-up'> & {
  'warm-up': {
    request: { backend: BackendChoice; learn: (EventsToLearn & { content: string }) | null }
    progress: never
    result: null
  }
}

/** Encoders in training. */
export type EventsMlJobs = EventsTrainingJobs & {
  'probe-backends': { request: { budgetMs: number }; progress: never; result: BackendReport[] }
}

/** What the compute script does for this study. */
export type EventsJobs = {
  /** Samples as they stream in, and their sets on the map. */
  'open-events': { request: OpenRequest; progress: OpenedEvent; result: { sets: number } }
  /** Other sets of the same events, or through another encoder. */
  'draw-map': { request: DrawRequest; progress: DrawnEvent; result: { sets: number } }
  /** A shipped encoder, verified. */
  'load-encoder': { request: Omit<EncoderAddress, 'id'>; progress: never; result: EventsEncoder }
  /** An encoder trained in the page, with its card and files; and one of such files. */
  'export-encoder': { request: ExportTrainedRequest; progress: never; result: EncoderWithFiles }
  'import-encoder': { request: { files: ModelFiles }; progress: never; result: EncoderWithFiles }
  /** A learned map beside the best linear one and the limit; yields the fraction done. */
  'encoder-limits': { request: LimitsRequest; progress: number; result: EncoderLimits }
  /** A file of events as a model. */
  'read-events': { request: ReadFileRequest; progress: never; result: FileModel }
  'place-file': { request: PlaceRequest; progress: never; result: PlacedFile }
  'read-samples': { request: { manifestUrls: readonly string[] }; progress: never; result: SampleManifest[] }
  'compare-maps': { request: SetsToCompare; progress: number; result: ComparedMaps }
  'feature-importance': { request: ImportanceRequest; progress: number; result: FeatureImportance }
  /** Loads what a live model needs, so that the first comes sooner. */
  'warm-live': { request: null; progress: never; result: null }
  /** A model of one's own choice, its events made on the spot. */
  'live-model': { request: LiveRequest; progress: LiveNews; result: LiveNews }
  /** Distances of pairs of models, and how well these could be told apart at all, pair by pair. */
  distances: { request: DistanceRequest; progress: DistanceEvent; result: { pairs: PairDistances[] } }
  /** The same areas for two models against the size of sets. */
  'set-size-curve': { request: SetSizeRequest; progress: SetSizeEvent; result: { points: SetSizePoint[] } }
  /** Whether the map would tell a model from itself, with what chance gives. */
  'twin-test': { request: TwinRequest; progress: number; result: TwinTest }
  /** Exact ratios of two models at events of a file; so many are done. */
  'event-ratio': { request: FileRatioRequest; progress: number; result: LheRatios }
}
