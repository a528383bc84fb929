import type { Mlp } from '../../../ml/mlp.ts'
import { cholesky, invertLower } from '../../../numerics/linear-algebra.ts'
import { principalAxes } from '../../../statistics/gaussian-limit.ts'
import { featuresPerEvent, scaleFeatures, type FeatureScaling } from './features/event-features.ts'

const n = featuresPerEvent
/** Added to variances of 1: features that never change leave the covariance without an inverse. */
const ridge = 1e-6

export interface EventsOfModel {
  features: Float32Array // [events, 16] raw
  /** Events that count: those to train on. */
  indices: Uint32Array
}

/**
 * The best linear map of sets: means of the scaled features, whitened by their covariance within a model (pooled, equal
 * weights), along the axes on which the models spread most (Fisher 1936, Rao 1948). Dots of one model have width 1 along
 * every axis, whatever the number of events in a set.
 *
 * @returns network of one layer that takes [sets, perSet × 16] scaled features, as setInputs() gives them
 */
export function linearAxes(
  models: readonly EventsOfModel[],
  scaling: FeatureScaling,
  perSet: number,
  dimensions = 2,
): Mlp {
  const means = new Float64Array(models.length * n)
  const within = new Float64Array(n * n)
  models.forEach(({ features, indices }, m) => {
    const mean = means.subarray(m * n, (m + 1) * n)
    const scaled = scaleFeatures(features, scaling)
    for (const i of indices) for (let k = 0; k < n; k++) mean[k] += scaled[i * n + k] / indices.length
    const share = 1 / (models.length * indices.length)
    for (const i of indices)
      for (let k = 0; k < n; k++) {
        const dk = share * (scaled[i * n + k] - mean[k])
        for (let l = 0; l <= k; l++) within[k * n + l] += dk * (scaled[i * n + l] - mean[l])
      }
  })
  for (let k = 0; k < n; k++) {
    within[k * n + k] += ridge
    for (let l = 0; l < k; l++) within[l * n + k] = within[k * n + l]
  }
  const white = invertLower(cholesky(within, n), n) // [n, n]
  const whitened = new Float64Array(means.length)
  for (let m = 0; m < models.length; m++)
    for (let i = 0; i < n; i++)
      for (let k = 0; k <= i; k++) whitened[m * n + i] += white[i * n + k] * means[m * n + k]
  const { axes, mean, rank } = principalAxes(whitened, models.length, n)
  // z = √N A (W x̄ − mean): the mean over the set is a layer whose kernel repeats for each event.
  const kernel = new Float32Array(perSet * n * dimensions)
  const bias = new Float32Array(dimensions)
  for (let d = 0; d < Math.min(dimensions, rank); d++) {
    for (let i = 0; i < n; i++) bias[d] -= Math.sqrt(perSet) * axes[d * n + i] * mean[i]
    for (let k = 0; k < n; k++) {
      let weight = 0
      for (let i = k; i < n; i++) weight += axes[d * n + i] * white[i * n + k]
      for (let e = 0; e < perSet; e++) kernel[(e * n + k) * dimensions + d] = weight / Math.sqrt(perSet)
    }
  }
  return { layers: [{ inputs: perSet * n, outputs: dimensions, kernel, bias, activation: 'linear' }] }
}
