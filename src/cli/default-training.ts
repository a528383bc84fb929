import type { TrainingConfig } from '../ml/training-config.ts'

/** The page's defaults (share/schema.ts), with the engine fixed so that a seed gives one result. */
export const defaultTraining: TrainingConfig = {
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
  backend: 'wasm',
}
