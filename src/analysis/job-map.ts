import type { DatasetManifest } from '../dataset/manifest.ts'
import type { BackendReport } from '../ml/backends.ts'
import type { Mlp } from '../ml/mlp.ts'
import type { TrainingRecord } from '../ml/checkpoint.ts'
import type { ModelCard } from '../ml/model-card.ts'
import type { TrainingConfig } from '../ml/training-config.ts'
import type { EftOrder } from '../physics/drell-yan/spectrum-templates.ts'
import type { AnomalyJobs } from './anomaly-jobs.ts'
import type { EncoderLimits, LimitOptions } from './drell-yan/encoder-limits.ts'
import type { UniverseShape } from './drell-yan/families.ts'
import type { MeasurementComparison } from './drell-yan/measurement.ts'
import type { DatasetSetup } from './drell-yan/setup.ts'
import type { UniverseModel, UniverseTable } from './drell-yan/universes.ts'
import type { LatentJobs } from './latent-jobs.ts'
import type { DroppedFile, EncoderBundle, ExportRequest } from './model-bundle.ts'
import type { Shelf } from './shelf.ts'
import type { ClassificationJobs } from './classification-jobs.ts'
import type { FitJobs } from './top-pair/fit/fit-jobs.ts'

/** Where a shipped model lives; URLs are resolved against the page. */
export interface ModelLocation {
  id: string
  cardUrl: string
  modelUrl: string
  weightsUrl: string
}

/** An encoder ready to run, with the card that says what it is. */
export interface LoadedEncoder {
  id: string
  mlp: Mlp
  /** null for the closed-form map */
  card: ModelCard | null
  hash: string
}

/** All of a dataset but its rows. */
export interface DatasetHeader {
  manifest: DatasetManifest
  manifestHash: string
  model: UniverseModel
  table: UniverseTable
  shape: UniverseShape
  whitenedLinear: Float64Array // [17, bins]
  whitenedMeans: Float32Array // [universes, bins], linear theory
  measurement: MeasurementComparison | null
}

/** Latent coordinates of universes and of a block of rows. */
export interface UniverseEmbedding {
  latentDim: number
  universes: Float32Array // [universes, d]
  standardModel: Float32Array // [d]
  measurement: Float32Array | null // [d]
  /** Covariance of the first two latent axes under the dataset's noise about the measurement (or the SM). */
  measurementCovariance: [number, number, number] | null // xx, xy, yy
}

export interface RowChunk {
  firstRow: number
  rows: number
  spectra: Float32Array // [rows, bins]; empty for rows that can be made again from the seed
  latent: Float32Array // [rows, d]
}

export type DatasetEvent =
  | { kind: 'stage'; label: string; fraction: number }
  | { kind: 'header'; header: DatasetHeader; encoder: LoadedEncoder; embedding: UniverseEmbedding }
  | { kind: 'rows'; chunk: RowChunk }

export type TrainingEvent =
  | { kind: 'backend'; chosen: string; report: BackendReport[] }
  | {
      kind: 'step'
      step: number
      steps: number
      loss: number
      learningRate: number
      msPerStep: number
      /** The graphics card was lost, for this time, and the step made once more on this backend. */
      recovered?: { losses: number; backend: string }
    }
  | {
      kind: 'evaluation'
      step: number
      loss: number
      heldOutLoss: number
      effectiveRank: number
      collapsed: boolean
      latent: Float32Array // [preview rows, d]
      /** Hashed bytes from which training goes on, and from which this moment can be shown again. */
      checkpoint: Uint8Array
    }

export interface TrainRequest {
  model: UniverseModel
  order: EftOrder
  config: TrainingConfig
  preview: Float32Array // [rows, bins] whitened, drawn on the live map
  resumeFrom?: Uint8Array
}

export interface TrainingOutcome {
  mlp: Mlp
  /** EncoderParameters.flat of the kept encoder, for export */
  parameters: Float32Array
  step: number
  heldOutLoss: number
  stoppedEarly: boolean
  backend: string
  checkpoint: Uint8Array
}

export interface PdfFile {
  name: string
  text: string
}

export interface PdfSummary {
  id: string
  description: string
  xMin: number
  xMax: number
  qMinGeV: number
  qMaxGeV: number
  /** Integrals at the Z mass; 1, 2 and 1 for an exact set. */
  momentumSum: number
  upValence: number
  downValence: number
}

export interface EncodedFile {
  name: string
  rows: number
  spectra: Float32Array // [rows, bins]
  latent: Float32Array // [rows, d]
  whitened: Float32Array // [rows, bins]
  negativeValues: number
  notes: string[]
}

type CoreJobs = {
  'open-dataset': {
    /** model null: the closed-form PCA-2 map */
    request: { manifestUrl: string; model: ModelLocation | null }
    progress: DatasetEvent
    result: { rows: number; fetches: number }
  }
  'build-dataset': {
    request: { setup: DatasetSetup; pdf: PdfFile[] | null }
    progress: DatasetEvent
    result: { rows: number; fetches: number }
  }
  /** Rows again for another encoder, a part of the table at a time. */
  'embed-rows': {
    request: {
      header: Pick<DatasetHeader, 'model' | 'whitenedMeans' | 'measurement'>
      encoder: Mlp
      spectra: Float32Array
      rows: number
    }
    progress: { kind: 'embedding'; embedding: UniverseEmbedding } | { kind: 'rows'; chunk: RowChunk }
    result: { rows: number }
  }
  'draw-replicas': {
    request: {
      model: UniverseModel
      whitenedMeans: Float32Array
      encoder: Mlp
      perUniverse: number
      firstReplica: number
      seed: number
    }
    progress: RowChunk
    result: { rows: number }
  }
  'load-encoder': {
    request: { model: ModelLocation; manifest: DatasetManifest }
    progress: never
    result: LoadedEncoder
  }
  'encoder-limits': {
    request: { model: UniverseModel; encoder: Mlp | null; options: LimitOptions }
    progress: number
    result: EncoderLimits
  }
  'encode-file': {
    request: { name: string; bytes: Uint8Array; model: UniverseModel; encoder: Mlp }
    progress: never
    result: EncodedFile
  }
  'inspect-pdf': { request: { files: PdfFile[] }; progress: never; result: PdfSummary }
  'probe-backends': { request: { budgetMs: number }; progress: never; result: BackendReport[] }
  'train-encoder': { request: TrainRequest; progress: TrainingEvent; result: TrainingOutcome }
  /** A recorded moment of a training shown again on the preview rows. */
  'replay-checkpoint': {
    request: { checkpoint: Uint8Array; preview: Float32Array }
    progress: never
    result: { step: number; latent: Float32Array; mlp: Mlp; history: TrainingRecord[] }
  }
  /** A trained encoder as the files of a shipped one. */
  'export-encoder': { request: ExportRequest; progress: never; result: EncoderBundle }
  /** The same files read back, checked against the open dataset. */
  'import-encoder': {
    request: { files: DroppedFile[]; manifest: DatasetManifest }
    progress: never
    result: EncoderBundle
  }
  /** Manifests and cards of the whole catalogue. */
  'read-shelf': {
    request: { datasets: { id: string; manifestUrl: string }[]; models: ModelLocation[] }
    progress: never
    result: Shelf
  }
}

/** The single list of what workers can do. */
export type JobMap = CoreJobs & FitJobs & AnomalyJobs & LatentJobs & ClassificationJobs
