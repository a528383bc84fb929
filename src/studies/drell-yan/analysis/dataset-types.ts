import type { UniverseShape } from './families.ts'
import type { MeasurementComparison } from './measurement.ts'
import type { UniverseModel, UniverseTable } from './universes.ts'
import type { DatasetManifest } from '../../../dataset/manifest.ts'
import type { Mlp } from '../../../ml/mlp.ts'
import type { ModelCard } from '../../../ml/model-card.ts'

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
  /** The physics of its universes: templates, covariance, prior; "model" alone is a network. */
  universeModel: UniverseModel
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

/** A preview has places on the map, from few bits; whoever makes a number of a row waits for the exact one. */
export type RowTier = 'preview' | 'exact'

export interface RowChunk {
  firstRow: number
  rows: number
  /** [rows, bins]; empty for rows that can be made again from the seed, and for a preview */
  spectra: Float32Array
  latent: Float32Array // [rows, d]
}

export type DatasetEvent =
  | { kind: 'stage'; label: string; fraction: number }
  | { kind: 'header'; header: DatasetHeader; encoder: LoadedEncoder; embedding: UniverseEmbedding }
  | { kind: 'rows'; tier: RowTier; chunk: RowChunk }

export interface EncodedFile {
  name: string
  rows: number
  spectra: Float32Array // [rows, bins]
  latent: Float32Array // [rows, d]
  whitened: Float32Array // [rows, bins]
  negativeValues: number
  notes: string[]
}
