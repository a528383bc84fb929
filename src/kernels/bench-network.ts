import { createRng } from '../numerics/rng.ts'
import { loadKernels } from './load-kernels.ts'
import type { NetworkKernel } from './network-kernel.ts'

export const ratioLayers = [14, 50, 70, 150, 100, 50, 1]

/** Floating-point operations per row of a training step: forward, weight gradients, and gradients but the first. */
export function operationsPerRow(layers: readonly number[]): number {
  let sum = 0
  for (let l = 1; l < layers.length; l++) sum += layers[l - 1] * layers[l] * (l > 1 ? 6 : 4)
  return sum
}

export function startAtRandom(network: NetworkKernel): void {
  const rng = createRng(1)
  const flat = network.readParameters()
  let at = 0
  for (const { inputs, units, bias, batchNorm } of network.layers) {
    for (let i = 0; i < inputs * units; i++) flat[at++] = rng.normal() * Math.sqrt(2 / inputs)
    at += units * (Number(bias) + 2 * Number(batchNorm))
  }
  network.writeParameters(flat)
}

/** A training step of the thesis's ratio network on random rows. */
export async function benchNetwork(batch: number, simd?: boolean): Promise<() => number> {
  const kernels = await loadKernels(simd)
  const network = kernels.createNetwork({
    inputs: ratioLayers[0],
    layers: ratioLayers.slice(1).map((units, i) => ({
      units,
      activation: i === ratioLayers.length - 2 ? 'sigmoid' : 'relu',
    })),
  })
  startAtRandom(network)
  const rng = createRng(2)
  network.setTable({
    inputs: Float32Array.from({ length: batch * ratioLayers[0] }, () => rng.normal()),
    targets: Float32Array.from({ length: batch }, () => rng.integer(2)),
  })
  return () => {
    const loss = network.regressionGradient('cross-entropy')
    network.update({ learningRate: 1e-3, weightDecay: 0.01 })
    return loss
  }
}
