import type {
  DatasetHeader,
  EncodedFile,
  LoadedEncoder,
  ModelLocation,
  PdfFile,
  PdfSummary,
  TrainingOutcome,
  UniverseEmbedding,
} from '../analysis/job-map.ts'
import type { EncoderLimits } from '../analysis/drell-yan/encoder-limits.ts'
import type { Shelf } from '../analysis/shelf.ts'
import type { BackendReport } from '../ml/backends.ts'
import type { Intent, TrainingIntent } from '../share/schema.ts'
import type { AnomalyState } from './anomaly-state.ts'
import type { ClassificationState } from './classification-state.ts'
import type { FitState } from './fit-state.ts'
import type { Loadable } from './loadable.ts'
import type { OwnEncoder } from './own-encoders.ts'
import type { WcxfImport } from './wcxf-files.ts'

/** A dataset on the map. Typed arrays have room for all rows; `rows` of them are filled. */
export interface OpenDataset {
  header: DatasetHeader
  encoder: LoadedEncoder
  embedding: UniverseEmbedding
  spectra: Float32Array // [capacity, bins], pb per bin
  latent: Float32Array // [capacity, d]
  rows: number
  /** Grows whenever the arrays hold something new; views memoise on it. */
  version: number
}

/** Replicas drawn in the page: only latent coordinates are kept, spectra are made again from the seed. */
export interface ExtraRows {
  perUniverse: number
  firstReplica: number
  latent: Float32Array
  rows: number
  version: number
}

export interface TrainingMoment {
  step: number
  loss: number
  heldOutLoss: number
  effectiveRank: number
  /** All universes on one place or line of the latent space. */
  collapsed: boolean
  latent: Float32Array // [preview rows, d]
  checkpoint: Uint8Array
}

/** What a training was started with; the page's settings may have moved on since. */
export interface TrainingAbout {
  datasetTitle: string
  manifestHash: string
  order: Intent['order']
  config: TrainingIntent
}

export interface TrainingRun {
  status: 'idle' | 'running' | 'paused' | 'finished' | 'failed'
  /** Digest of what is trained: dataset, order and hyper-parameters; names its checkpoints. */
  key: string
  about: TrainingAbout | null
  step: number
  steps: number
  msPerStep: number
  /** Step and training loss, thinned to what a plot can show. */
  losses: { step: number; loss: number }[]
  moments: TrainingMoment[]
  /** Moment shown on the map; null follows the newest. */
  shown: number | null
  backend: string
  outcome: TrainingOutcome | null
  /** Rows of the preview: universe of each. */
  previewUniverse: Int32Array
  error?: Loadable<never>['error']
  /** Newest checkpoint of the set-up on the page, of this or an earlier visit, to go on from. */
  resumable: { key: string; step: number; checkpoint: Uint8Array } | null
}

/** Scores of one encoder, with what they were measured on: another encoder or dataset makes them stale. */
export interface MeasuredLimits extends EncoderLimits {
  encoder: string
  encoderHash: string
  manifestHash: string
}

/** Spectra of the user's own, whitened with the covariance of the dataset they were dropped on. */
export interface DroppedSpectra extends EncodedFile {
  manifestHash: string
}

export interface Notice {
  id: number
  tone: 'info' | 'warning' | 'error'
  text: string
}

export interface DatasetLocation {
  id: string
  title: string
  /** EFT order of its rows, which the live universe then takes too. */
  order: Intent['order']
  manifestUrl: string
}

export interface Catalogue {
  datasets: DatasetLocation[]
  models: ModelLocation[]
  /** Shipped encoder to start with, per dataset. */
  defaultModel: Record<string, string>
}

export interface AppState {
  intent: Intent
  past: Intent[]
  future: Intent[]
  catalogue: Catalogue
  /** Raised to open the dataset once more after a failure. */
  attempt: number
  dataset: Loadable<OpenDataset>
  extra: Loadable<ExtraRows>
  limits: Loadable<MeasuredLimits>
  training: TrainingRun
  fit: FitState
  classification: ClassificationState
  /** What is known, and what finds what is not. */
  anomaly: AnomalyState
  backends: Loadable<BackendReport[]>
  pdf: { files: PdfFile[] | null; summary: Loadable<PdfSummary> }
  /** Spectra dropped by the user, encoded like a row. */
  query: Loadable<DroppedSpectra>
  /** What every shipped dataset and model says about itself. */
  shelf: Loadable<Shelf>
  /** Encoders trained here or read from files, of this visit and earlier ones. */
  ownEncoders: readonly OwnEncoder[]
  /** Model files dropped by the user. */
  imported: Loadable<LoadedEncoder>
  /** WCxf file dropped by the user. */
  wcxf: Loadable<WcxfImport>
  notices: Notice[]
}

export const emptyTraining: TrainingRun = {
  status: 'idle',
  key: '',
  about: null,
  step: 0,
  steps: 0,
  msPerStep: 0,
  losses: [],
  moments: [],
  shown: null,
  backend: '',
  outcome: null,
  previewUniverse: new Int32Array(0),
  resumable: null,
}
