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
import type { BackendReport } from '../ml/backends.ts'
import type { Intent } from '../share/schema.ts'
import type { Loadable } from './loadable.ts'

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
  latent: Float32Array // [preview rows, d]
  checkpoint: Uint8Array
}

export interface TrainingRun {
  status: 'idle' | 'running' | 'paused' | 'finished' | 'failed'
  /** Digest of what is trained: dataset, order and hyper-parameters; names its checkpoints. */
  key: string
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
  /** Newest checkpoint of an earlier visit that this set-up could go on from. */
  resumable: { step: number; checkpoint: Uint8Array } | null
}

export interface Notice {
  id: number
  tone: 'info' | 'warning' | 'error'
  text: string
}

export interface DatasetLocation {
  id: string
  title: string
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
  limits: Loadable<EncoderLimits>
  training: TrainingRun
  backends: Loadable<BackendReport[]>
  pdf: { files: PdfFile[] | null; summary: Loadable<PdfSummary> }
  /** Spectra dropped by the user, encoded like a row. */
  query: Loadable<EncodedFile>
  notices: Notice[]
}

export const emptyTraining: TrainingRun = {
  status: 'idle',
  key: '',
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
