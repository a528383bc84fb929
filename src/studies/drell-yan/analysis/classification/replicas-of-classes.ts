import { createRng } from '../../../../numerics/rng.ts'
import { gaussianPosterior } from '../../../../statistics/classification/gaussian-posterior.ts'
import type { Predictions } from '../../../../statistics/classification/predictions.ts'
import { addNoise } from './class-batches.ts'
import type { Gallery } from './gallery.ts'

/** Whitened replicas of every class, as many of each. */
export interface ClassReplicas {
  x: Float32Array // [rows, bins]
  labels: Int32Array // [rows]
}

/** Streams that no training draws from: calibration, test, and what belongs to no class. */
export const replicaStreams = { calibration: 'class-calibration', test: 'class-test', none: 'class-none' }

export function classReplicas(
  { means, universes }: Gallery,
  perClass: number,
  seed: number,
  stream: string,
): ClassReplicas {
  const classes = universes.length
  const bins = means.length / classes
  const rng = createRng(seed).split(stream)
  const x = new Float32Array(classes * perClass * bins)
  const labels = new Int32Array(classes * perClass)
  for (let row = 0; row < labels.length; row++) {
    labels[row] = row % classes
    addNoise(means, labels[row], bins, rng, x.subarray(row * bins, (row + 1) * bins))
  }
  return { x, labels }
}

/** Bayes posterior of every row, and the distance that the goodness-of-fit test of "none of these" takes. */
export function bayesPredictions(
  { means, universes }: Gallery,
  { x, labels }: ClassReplicas,
): { predictions: Predictions; nearestChi2: Float64Array } {
  const classes = universes.length
  const bins = means.length / classes
  const probabilities = new Float64Array(labels.length * classes)
  const nearestChi2 = new Float64Array(labels.length)
  for (let r = 0; r < labels.length; r++) {
    const found = gaussianPosterior(x.subarray(r * bins, (r + 1) * bins), means, classes)
    probabilities.set(found.probabilities, r * classes)
    nearestChi2[r] = found.nearestChi2
  }
  return { predictions: { classes, probabilities, labels }, nearestChi2 }
}
