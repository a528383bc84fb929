import type { ClassifierConfig, ClassifierMethod } from '../../../../ml/classifier/classifier-config.ts'
import { runMlp, type Mlp } from '../../../../ml/mlp.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { LatentInput } from './classifier.ts'
import type { Gallery } from './gallery.ts'

/**
 * The app's defaults for a number of classes.
 *
 * betaIn grows with the classes, 100 for each: the best a prior network can do is alpha = 1 + betaIn posterior, so with
 * the usual 100 and a hundred classes no probability would exceed 101/200. An epoch is the paper's corpus, 10^4
 * replicas of every class; a default training sees a part of the first one, in which the evidential regulariser is
 * still off. At full weight it suppresses all evidence when there are a hundred classes (measured: docs/validation.md).
 */
export function defaultClassifier(method: ClassifierMethod, classes: number, seed = 1): ClassifierConfig {
  const batch = method === 'dpn' ? 128 : 256
  return {
    method,
    seed,
    members: method === 'ensemble' ? 5 : 1,
    widths: [128, 64],
    steps: 2000,
    batch,
    learningRate: method === 'dpn' ? 1e-2 : 5e-3,
    betaIn: 100 * classes,
    outWeight: 1,
    epochSteps: Math.min(10_000, Math.ceil((1e4 * classes) / batch)),
  }
}

/** Latent coordinates shifted and scaled by the spread of the class means. */
export function latentInput(encoder: Mlp, { means, universes }: Gallery): LatentInput {
  const classes = universes.length
  const z = runMlp(encoder, means, classes)
  const d = z.length / classes
  const centre = new Float64Array(d)
  const scale = new Float64Array(d)
  for (let i = 0; i < z.length; i++) centre[i % d] += z[i] / classes
  for (let i = 0; i < z.length; i++) scale[i % d] += (z[i] - centre[i % d]) ** 2 / classes
  return { encoder, centre, scale: scale.map((variance) => Math.sqrt(variance) || 1) }
}

export interface EvaluateOptions {
  order: EftOrder
  seed: number
  /** Replicas per class to calibrate on, and others to test on. */
  calibrationReplicas: number
  testReplicas: number
  /** Spectra of each kind that belongs to no class. */
  noneSpectra: number
  coverage: number
}

export const defaultEvaluation: Omit<EvaluateOptions, 'order'> = {
  seed: 900_001,
  calibrationReplicas: 20,
  testReplicas: 40,
  noneSpectra: 400,
  coverage: 0.95,
}
