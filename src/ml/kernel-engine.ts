import type { Kernels } from '../kernels/create-kernels.ts'
import { dropoutKey } from '../kernels/dropout.ts'
import type { ContrastiveSetting } from '../kernels/network-kernel.ts'
import type { NetworkSpec } from '../kernels/network-spec.ts'
import { createRng } from '../numerics/rng.ts'
import { createPooledEngine } from './pooled-kernel-engine.ts'
import type { EncoderEngine } from './encoder-engine.ts'
import {
  architectureOf,
  batchNormEpsilon,
  initialiseParameters,
  parametersFromFlat,
  type EncoderArchitecture,
} from './encoder-parameters.ts'
import { checkBatch, statisticsShare } from './gradient-engine.ts'
import type { TrainingConfig } from './training-config.ts'

/** The encoder's layers as the kernels take them; their flat parameters have the order of EncoderParameters. */
export function encoderNetwork(
  { features, widths, latentDim, blocks }: EncoderArchitecture,
  dropout: number,
): NetworkSpec {
  return {
    inputs: features,
    layers: [
      ...widths.map((units) => ({
        units,
        activation: 'relu' as const,
        batchNorm: blocks !== 'bias',
        dropout,
      })),
      { units: latentDim, activation: 'linear' },
    ],
    batchNormEpsilon,
  }
}

const contrastiveSetting = ({ loss, margin, temperature }: TrainingConfig): ContrastiveSetting => ({
  loss,
  setting: loss === 'pair' ? margin : temperature,
})

/**
 * An engine on our own SIMD kernels: the same start, dropout masks, update and state as createGradientEngine, so
 * that a training may change engines at any step. No table of all pairs is kept: a batch may have any number of
 * rows. Each engine has a WebAssembly instance and a memory of its own.
 */
export function createKernelEngine(
  kernels: Kernels,
  config: TrainingConfig,
  features: number,
): EncoderEngine {
  const architecture = architectureOf(config, features)
  const loss = contrastiveSetting(config)
  const { pool } = architecture
  if (pool) return createPooledEngine(kernels, config, loss, architecture, pool)
  const network = kernels.createNetwork(encoderNetwork(architecture, config.dropout))
  network.writeParameters(initialiseParameters(architecture, createRng(config.seed).split('initialise')).flat)
  let steps = 0

  return {
    name: kernels.simd ? 'kernels-simd' : 'kernels-scalar',
    step(x, labels, rows, learningRate) {
      checkBatch(x, labels, rows, features)
      const value = network.contrastiveGradient(loss, x, labels, rows, dropoutKey(config.seed, steps))
      const norm = network.update({
        learningRate,
        weightDecay: config.optimiser === 'adamw' ? config.weightDecay : 0,
        epsilon: config.epsilon,
        statisticsShare: statisticsShare(steps),
      })
      if (!Number.isFinite(norm)) return Number.NaN
      steps++
      return value
    },
    parameters: () => parametersFromFlat(architecture, network.readParameters()),
    state: () => ({ steps, parameters: network.readParameters(), optimiser: network.readMoments() }),
    restore(state) {
      network.writeParameters(state.parameters)
      network.writeMoments(state.optimiser)
      steps = state.steps
    },
    dispose() {},
  }
}
