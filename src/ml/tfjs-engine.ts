import * as tf from '@tensorflow/tfjs-core'
import { AppError } from '../errors.ts'
import type { EncoderEngine } from './encoder-engine.ts'
import { encoderGradientOnTensors } from './encoder-gradient-tfjs.ts'
import { createGradientEngine } from './gradient-engine.ts'
import { maximumTensorRows, type TrainingConfig } from './training-config.ts'

/** An engine on the TensorFlow.js backend that initBackend() made current. No tensor outlives a step. */
export function createTfjsEngine(config: TrainingConfig, features: number): EncoderEngine {
  const rows = config.universesPerBatch * config.replicasPerUniverse
  if (rows > maximumTensorRows)
    throw new AppError(
      'input/invalid',
      `A batch of ${config.universesPerBatch} universes × ${config.replicasPerUniverse} replicas has ${rows} rows, at most ${maximumTensorRows} fit: the loss compares all pairs. Lower either number.`,
      { rows, maximumRows: maximumTensorRows },
    )
  return createGradientEngine(`tfjs-${tf.getBackend()}`, config, features, encoderGradientOnTensors)
}
