import { principalAxes } from '../../../statistics/gaussian-limit.ts'
import type { DatasetHeader, LoadedEncoder } from './dataset-types.ts'

/** The model id under which the closed-form linear map is offered. */
export const linearEncoderId = 'pca-2'

/**
 * The best linear 2-D embedding of a dataset as a network of one layer: the first two principal axes of its
 * whitened universes. No training, no randomness; the yardstick for every learned map.
 */
export function linearEncoder(
  header: Pick<DatasetHeader, 'whitenedMeans' | 'table' | 'manifestHash'>,
): LoadedEncoder {
  const { whitenedMeans, table } = header
  const bins = whitenedMeans.length / table.count
  const kept = Array.from({ length: table.count }, (_, u) => u).filter((u) => !table.flags[u])
  const means = new Float64Array(kept.length * bins)
  kept.forEach((u, row) => means.set(whitenedMeans.subarray(u * bins, (u + 1) * bins), row * bins))
  const { axes, mean } = principalAxes(means, kept.length, bins)
  const kernel = new Float32Array(bins * 2)
  const bias = new Float32Array(2)
  for (let d = 0; d < 2; d++)
    for (let b = 0; b < bins; b++) {
      kernel[b * 2 + d] = axes[d * bins + b]
      bias[d] -= axes[d * bins + b] * mean[b]
    }
  return {
    id: linearEncoderId,
    mlp: { layers: [{ inputs: bins, outputs: 2, kernel, bias, activation: 'linear' }] },
    card: null,
    hash: `pca-${header.manifestHash.slice(0, 16)}`,
  }
}
