/** Hyper-parameters of the contrastive encoder; defaults and limits are in share/schema.ts. */
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
  dropout: number
  learningRate: number
  optimiser: 'adam' | 'adamw'
  weightDecay: number
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
