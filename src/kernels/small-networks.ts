import { createRng } from '../numerics/rng.ts'
import { loadKernels } from './load-kernels.ts'
import type { NetworkKernel } from './network-kernel.ts'
import type { NetworkSpec } from './network-spec.ts'

/** Small networks for tests. */

export const kernels = await loadKernels(true)

/** Two batch norms, dropout, two latent coordinates. */
export const encoder: NetworkSpec = {
  inputs: 7,
  layers: [
    { units: 9, activation: 'relu', batchNorm: true, dropout: 0.3 },
    { units: 5, activation: 'relu', batchNorm: true },
    { units: 2, activation: 'linear' },
  ],
}
/** One sigmoid. */
export const classifier: NetworkSpec = {
  inputs: 3,
  layers: [
    { units: 6, activation: 'relu' },
    { units: 1, activation: 'sigmoid' },
  ],
}

export function numbers(count: number, seed: number, scale = 1): Float32Array {
  const rng = createRng(seed)
  return Float32Array.from({ length: count }, () => scale * rng.normal())
}

/** A network with random numbers, and positive moving statistics. */
export function filled(spec: NetworkSpec, seed: number): NetworkKernel {
  const network = kernels.createNetwork(spec)
  const flat = numbers(network.total, seed, 0.5)
  for (let i = network.trained; i < flat.length; i++) flat[i] = 0.5 + Math.abs(flat[i])
  network.writeParameters(flat)
  return network
}

export const supcon = { loss: 'supcon-euclidean', setting: 0.5 } as const
/** Labels of four rows each. */
export const labelsOf = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, i) => i >> 2)
