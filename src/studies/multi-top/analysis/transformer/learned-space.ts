import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { leadingComponents } from '../../../../statistics/embedding/leading-components.ts'
import { learnedFeatures } from './transformer-outputs.ts'

/** Numbers that are kept of the learned space. */
export const keptDimensions = 50

/** Coordinates of events in the learned space. @returns [rows, dimensions] */
export type LearnedSpace = (values: Float32Array, rows: number) => Promise<Float64Array>

/**
 * The flattened last block of a transformer on its first principal components: 2,000 numbers of an event are too many for
 * covariances and distances of all pairs.
 *
 * @param fitted  events that the components are found from
 */
export async function learnedSpace(
  backend: TransformerBackend,
  parameters: Float32Array,
  fitted: { values: Float32Array; rows: number },
  seed: number,
  dimensions = keptDimensions,
): Promise<{ space: LearnedSpace; dimensions: number }> {
  let all = new Float32Array(0)
  await learnedFeatures(backend, parameters, fitted, (first, rows, features) => {
    const width = features.length / rows
    if (first === 0) all = new Float32Array(fitted.rows * width)
    all.set(features, first * width)
  })
  const width = all.length / fitted.rows
  const table = { values: all, n: fitted.rows, dimensions: width }
  const { mean, axes, found } = leadingComponents(table, dimensions, createRng(seed, 'components'))
  const space: LearnedSpace = async (values, rows) => {
    const out = new Float64Array(rows * found)
    await learnedFeatures(backend, parameters, { values, rows }, (first, count, features) => {
      for (let r = 0; r < count; r++)
        for (let a = 0; a < found; a++) {
          let sum = 0
          for (let k = 0; k < width; k++) sum += (features[r * width + k] - mean[k]) * axes[a * width + k]
          out[(first + r) * found + a] = sum
        }
    })
    return out
  }
  return { space, dimensions: found }
}
