/** Hyper-parameters of the contrastive encoder. */
export interface TrainingConfig {
  seed: number
  loss: 'supcon-euclidean' | 'supcon-cosine' | 'pair'
  /** SupCon temperature tau */
  temperature: number
  /** Margin M of the pair loss */
  margin: number
  latentDim: number
  /** Units of the hidden blocks: Dense, BatchNorm, ReLU, Dropout each */
  widths: number[]
  /** 'bias': no batch norm, a bias in its place. Default: 'batch-norm' */
  blocks?: 'batch-norm' | 'bias'
  /** A row is a set of items, see EncoderArchitecture.pool; needs 'bias'. Default: a row is one item */
  pool?: { items: number; widths: number[] }
  dropout: number
  learningRate: number
  optimiser: 'adam' | 'adamw'
  weightDecay: number
  /** ε of Adam, beside the root of the second moment. Default: 1e-7 */
  epsilon?: number
  universesPerBatch: number
  replicasPerUniverse: number
  steps: number
  universes: 'fresh' | 'fixed'
  fixedUniverses: number
  patience: number
  backend: BackendChoice
}

/** 'kernels' is our own SIMD code in WebAssembly; the others are backends of TensorFlow.js. */
export const backendNames = ['kernels', 'webgpu', 'webgl', 'wasm', 'cpu'] as const
export type BackendName = (typeof backendNames)[number]
export type BackendChoice = 'auto' | BackendName

/** Rows of a batch: losses on tensors hold a few [rows, rows] matrices, of which 4096 rows are 64 MB each. */
export const maximumTensorRows = 4096

/** What trains well on spectra of a hundred bins, without a choice of engine. */
export const usualTraining: TrainingConfig = {
  seed: 1,
  loss: 'supcon-euclidean',
  temperature: 0.5,
  margin: 4,
  latentDim: 2,
  widths: [128, 64, 32],
  dropout: 0,
  learningRate: 5e-3,
  optimiser: 'adam',
  weightDecay: 0.01,
  universesPerBatch: 50,
  replicasPerUniverse: 8,
  steps: 1000,
  universes: 'fresh',
  fixedUniverses: 100,
  patience: 10,
  backend: 'auto',
}
