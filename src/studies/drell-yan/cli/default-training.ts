import { usualTraining, type TrainingConfig } from '../../../ml/training-config.ts'

/** The page's defaults, with the engine fixed so that a seed gives one result. */
export const defaultTraining: TrainingConfig = { ...usualTraining, backend: 'wasm' }
