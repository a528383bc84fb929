import type {
  DatasetHeader,
  EncodedFile,
  LoadedEncoder,
  ModelLocation,
  UniverseEmbedding,
} from '../analysis/dataset-types.ts'
import type { InspectedPdf } from '../analysis/inspected-pdf.ts'
import type { PdfBand } from '../analysis/pdf-band.ts'
import type { PdfFile } from '../../../physics/pdf/open-pdf.ts'
import type { EncoderOutcome } from '../../../ml/encoder-job.ts'
import type { EncoderLimits } from '../analysis/encoder-limits.ts'
import type { MeasuredFiles, MeasuredSpectrum } from '../analysis/own-measurement/measured-spectrum.ts'
import type { Shelf } from '../analysis/datasets/shelf.ts'
import type { BackendReport } from '../../../ml/backends.ts'
import type { DrellYanIntent, TrainingIntent } from '../intent.ts'
import { idle, type Loadable } from '../../../core/loadable.ts'
import type { Recorded } from '../../../core/recorded.ts'
import type { SeenState, StudyStore } from '../../../core/study-store.ts'
import { emptyTraining, type TrainingRun } from '../../../core/training/training-run.ts'
import { emptyAnomaly, type AnomalyState } from './anomaly-state.ts'
import { emptyClassification, type ClassificationState } from './classification-state.ts'
import { emptyLatent, type LatentState } from './latent-state.ts'
import type { OwnEncoder } from './own-encoders.ts'
import type { WcxfImport } from '../analysis/wcxf-import.ts'

/** What stands still of the dataset on the map: the same object from its header's arrival to another dataset or encoder. */
export interface OpenDataset {
  header: DatasetHeader
  encoder: LoadedEncoder
  embedding: UniverseEmbedding
}

/** Its rows as they stream in: a new object whenever the arrays, which have room for all rows, hold something new. */
export interface DatasetRows {
  spectra: Float32Array // [capacity, bins], pb per bin; filled up to `exact`
  latent: Float32Array // [capacity, d]; from the preview until all rows are exact
  /** Rows that have a place on the map. */
  count: number
  /** Rows from the first on whose spectra are here: only of these numbers are made. */
  exact: number
}

export const noRows: DatasetRows = {
  spectra: new Float32Array(0),
  latent: new Float32Array(0),
  count: 0,
  exact: 0,
}

/** The map is whole, by its preview: exact rows are on their way. */
export function byPreview({ dataset, rows }: Pick<DrellYanResults, 'dataset' | 'rows'>): boolean {
  return dataset.status === 'ready' && rows.exact < rows.count
}

/** All is here, and nothing on the map comes from a preview. */
export function isExact({ dataset, rows }: Pick<DrellYanResults, 'dataset' | 'rows'>): boolean {
  return dataset.status === 'ready' && rows.exact === rows.count
}

/** Replicas drawn in the page: only latent coordinates are kept, spectra are made again from the seed. */
export interface ExtraRows {
  perUniverse: number
  firstReplica: number
  latent: Float32Array
  rows: number
  version: number
}

/** All rows on the map: those of the dataset, and those drawn in the page. */
export interface RowsOnMap {
  shipped: DatasetRows
  drawn: ExtraRows | undefined
}

/** What a training was started with; the page's settings may have moved on since. */
export interface EncoderTrainingAbout {
  datasetTitle: string
  manifestHash: string
  order: DrellYanIntent['order']
  config: TrainingIntent
}

/** The training of an encoder on the open dataset; items of its preview are universes. */
export type EncoderTraining = TrainingRun<EncoderTrainingAbout, EncoderOutcome>

/** Scores of one encoder, with what they were measured on: another encoder or dataset makes them stale. */
export interface MeasuredLimits extends EncoderLimits {
  encoder: string
  encoderHash: string
  manifestHash: string
  /** Where they are shipped with the page. */
  recorded?: Recorded
}

/** Spectra of the user's own, whitened with the covariance of the dataset they were dropped on. */
export interface DroppedSpectra extends EncodedFile {
  manifestHash: string
  /** As it was dropped: a bundle takes it along. */
  file: Blob
}

export interface OwnMeasured extends MeasuredSpectrum, MeasuredFiles {
  id: string
}

export interface DatasetLocation {
  id: string
  title: string
  /** EFT order of its rows, which the live universe then takes too. */
  order: DrellYanIntent['order']
  manifestUrl: string
  /** Listed only while it is open. */
  earlier?: true
}

export interface Catalogue {
  datasets: DatasetLocation[]
  models: ModelLocation[]
  /** Shipped encoder to start with, per dataset. */
  defaultModel: Record<string, string>
}

/** What is made of the intent, or read from files. */
/** Of one dataset under one encoder, by their hashes: once others are open it says nothing of them. */
export interface OtherContent {
  manifestHash: string
  encoderHash: string
  text: string
}

export interface DrellYanResults {
  catalogue: Catalogue
  /** Raised to open the dataset once more after a failure. */
  attempt: number
  dataset: Loadable<OpenDataset>
  /** Of the open dataset: both change in one step (`opened-slot.ts`). */
  rows: DatasetRows
  /** In what the data or the encoder are not those that a link was made with. */
  otherThanLink: OtherContent | null
  extra: Loadable<ExtraRows>
  limits: Loadable<MeasuredLimits>
  training: EncoderTraining
  classification: ClassificationState
  /** What is known, and what finds what is not. */
  anomaly: AnomalyState
  /** Maps side by side, directions of operators, why a spectrum lies where it lies. */
  latent: LatentState
  backends: Loadable<BackendReport[]>
  pdf: {
    files: PdfFile[] | null
    summary: Loadable<InspectedPdf>
    /** Of the dataset that was open, where error members were dropped with it. */
    band: Loadable<PdfBand>
  }
  /** Spectra dropped by the user, encoded like a row. */
  query: Loadable<DroppedSpectra>
  /** A measured spectrum of the user's own, which is a dataset by the id. */
  measured: Loadable<OwnMeasured>
  /** What every shipped dataset and model says about itself. */
  shelf: Loadable<Shelf>
  /** Encoders trained here or read from files, of this visit and earlier ones. */
  ownEncoders: readonly OwnEncoder[]
  /** Model files dropped by the user. */
  imported: Loadable<LoadedEncoder>
  /** WCxf file dropped by the user. */
  wcxf: Loadable<WcxfImport>
}

export const emptyResults: DrellYanResults = {
  catalogue: { datasets: [], models: [], defaultModel: {} },
  attempt: 0,
  dataset: idle,
  rows: noRows,
  otherThanLink: null,
  extra: idle,
  limits: idle,
  training: emptyTraining,
  classification: emptyClassification,
  anomaly: emptyAnomaly,
  latent: emptyLatent,
  backends: idle,
  pdf: { files: null, summary: idle, band: idle },
  query: idle,
  measured: idle,
  shelf: idle,
  ownEncoders: [],
  imported: idle,
  wcxf: idle,
}

/** The study's intent and results, as its views and effects see them. */
export type DrellYanState = SeenState<DrellYanIntent, DrellYanResults>

export type DrellYanStore = StudyStore<DrellYanIntent, DrellYanResults>
