import type { DatasetManifest } from '../../dataset/manifest.ts'
import type { BackendReport } from '../../ml/backends.ts'
import type { Mlp } from '../../ml/mlp.ts'
import type { EncoderJobs } from '../../ml/encoder-job.ts'
import type { AnomalyJobs } from './analysis/jobs/anomaly-jobs.ts'
import type { EncoderLimits, LimitOptions } from './analysis/encoder-limits.ts'
import type { DatasetSetup } from './analysis/setup.ts'
import type { UniverseModel } from './analysis/universes.ts'
import type { LatentJobs } from './analysis/jobs/latent-jobs.ts'
import type { DroppedFile } from '../../ml/sort-model-files.ts'
import type { EncoderBundle, ExportRequest } from './analysis/datasets/model-bundle.ts'
import type { Measurement } from './analysis/measurement-file.ts'
import type { MeasuredSpectrum } from './analysis/own-measurement/measured-spectrum.ts'
import type { Shelf } from './analysis/datasets/shelf.ts'
import type { ClassificationJobs } from './analysis/jobs/classification-jobs.ts'
import type {
  DatasetEvent,
  DatasetHeader,
  EncodedFile,
  LoadedEncoder,
  ModelLocation,
  RowChunk,
  UniverseEmbedding,
} from './analysis/dataset-types.ts'
import type { TrainRequest } from './analysis/datasets/train-encoder-job.ts'
import type { InspectedPdf } from './analysis/inspected-pdf.ts'
import type { PdfBand, PdfBandRequest } from './analysis/pdf-band.ts'
import type { WcxfImport } from './analysis/wcxf-import.ts'
import type { PdfFile } from '../../physics/pdf/open-pdf.ts'

/** Physics, data and encoding. */
type DataJobs = {
  'open-dataset': {
    /** model null: the closed-form PCA-2 map */
    request: { manifestUrl: string; model: ModelLocation | null }
    progress: DatasetEvent
    result: { rows: number; fetches: number }
  }
  /** Spectra of a dataset that was opened by its preview, and their places on the map. */
  'exact-rows': {
    request: {
      manifestUrl: string
      header: Pick<DatasetHeader, 'manifest' | 'universeModel'>
      encoder: Mlp
    }
    progress: RowChunk
    result: { rows: number }
  }
  'build-dataset': {
    request: { setup: DatasetSetup; pdf: PdfFile[] | null }
    progress: DatasetEvent
    result: { rows: number; fetches: number }
  }
  /** One standard deviation of a dataset's bins from the error members of a set of densities. */
  'pdf-band': { request: PdfBandRequest; progress: number; result: PdfBand }
  /** Coefficients of a WCxf file. */
  'read-wcxf': { request: { name: string; text: string }; progress: never; result: WcxfImport }
  /** A measured spectrum from its files, with what was assumed. */
  'read-measured': {
    request: { files: { name: string; text: string }[] }
    progress: never
    result: MeasuredSpectrum
  }
  /** It as a dataset on its own bins. */
  'open-measured': {
    request: { measurement: Measurement }
    progress: DatasetEvent
    result: { rows: number; fetches: number }
  }
  /** Rows again for another encoder, a part of the table at a time. */
  'embed-rows': {
    request: {
      header: Pick<DatasetHeader, 'universeModel' | 'whitenedMeans' | 'measurement'>
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
  'inspect-pdf': { request: { files: PdfFile[] }; progress: never; result: InspectedPdf }
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

/** Encoders in training. */
export type DrellYanMlJobs = EncoderJobs<TrainRequest> & {
  'probe-backends': { request: { budgetMs: number }; progress: never; result: BackendReport[] }
  /** A trained encoder as the files of a shipped one. */
  'export-encoder': { request: ExportRequest; progress: never; result: EncoderBundle }
}

/** What the compute script does for this study. */
export type DrellYanComputeJobs = DataJobs & AnomalyJobs & LatentJobs & ClassificationJobs

/** Every job of this study. */
export type DrellYanJobs = DrellYanComputeJobs & DrellYanMlJobs
