import { usualTraining, type TrainingConfig } from '../../../ml/training-config.ts'
import { compareDefaults, mapDefaults } from '../../../share/map-defaults.ts'
import type { BlobsIntent } from './intent.ts'

/** The schema's defaults, written out so that the first paint does not wait for the schema. */
export const blobsDefaults: BlobsIntent = {
  ...{ seed: 1, perClass: 200, ...mapDefaults },
  compare: { maps: ['pca', 'x1-x2'], ...compareDefaults },
}

/** Of an encoder of the points; the seed is that of the points. */
export const blobsTraining: TrainingConfig = {
  ...{ ...usualTraining, widths: [8], universesPerBatch: 3, steps: 24, learningRate: 0.02 },
  backend: 'kernels',
}
