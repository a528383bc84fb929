import { AppError } from '../errors.ts'
import { createRng } from '../numerics/rng.ts'
import { adamUpdate, createAdamState } from './adam.ts'
import { dropoutMasks } from './dropout.ts'
import type { EncoderEngine, EngineState } from './encoder-engine.ts'
import {
  architectureOf,
  copyParameters,
  initialiseParameters,
  parametersFromFlat,
  type EncoderParameters,
} from './encoder-parameters.ts'
import type { LossSettings } from './losses/contrastive-loss.ts'
import type { TrainingConfig } from './training-config.ts'

/** Loss, gradient and batch statistics of one batch in training mode. */
export interface EncoderGradient {
  loss: number
  gradient: Float32Array // [trainable], in the order of EncoderParameters.flat
  /** Mean and variance of each block over this batch, in the order of the tail of `flat`. */
  statistics: Float32Array
}

/**
 * @param x      [rows, features]
 * @param masks  dropout per block, [rows, width] of 0 and 1/(1 - rate), or null for none
 */
export type EncoderGradientFunction = (
  parameters: EncoderParameters,
  settings: LossSettings,
  x: Float32Array,
  labels: Int32Array,
  masks: (Float32Array | null)[],
) => EncoderGradient | Promise<EncoderGradient>

/** Share of the old value kept by the moving mean and variance at each step. */
const momentum = 0.99

/**
 * An engine from a gradient: parameters, moments and moving statistics live in plain arrays here, so that
 * state is the same to the bit whatever computed the gradient, and can move from one backend to another.
 * Initial parameters depend on config.seed alone.
 */
export function createGradientEngine(
  name: string,
  config: TrainingConfig,
  features: number,
  gradientOf: EncoderGradientFunction,
): EncoderEngine {
  const architecture = architectureOf(config, features)
  let parameters = initialiseParameters(architecture, createRng(config.seed).split('initialise'))
  let optimiser = createAdamState(parameters.trainable)
  let steps = 0
  const decays = decayMask(parameters)

  function update({ loss, gradient, statistics }: EncoderGradient, learningRate: number): number {
    if (!Number.isFinite(loss) || !gradient.every(Number.isFinite)) return Number.NaN
    adamUpdate(optimiser, parameters.flat, gradient, learningRate, config, decays)
    moveStatistics(parameters, statistics, steps)
    steps++
    return loss
  }

  return {
    name,
    step(x, labels, rows, learningRate) {
      checkBatch(x, labels, rows, features)
      const masks = dropoutMasks(architecture, config.dropout, rows, config.seed, steps)
      const result = gradientOf(parameters, config, x, labels, masks)
      return result instanceof Promise
        ? result.then((gradient) => update(gradient, learningRate))
        : update(result, learningRate)
    },
    parameters: () => copyParameters(parameters),
    state: () => ({
      steps,
      parameters: parameters.flat.slice(),
      optimiser: {
        updates: optimiser.updates,
        first: optimiser.first.slice(),
        second: optimiser.second.slice(),
      },
    }),
    restore(state: EngineState) {
      parameters = parametersFromFlat(architecture, state.parameters.slice())
      optimiser = {
        updates: state.optimiser.updates,
        first: state.optimiser.first.slice(),
        second: state.optimiser.second.slice(),
      }
      steps = state.steps
    },
    dispose() {},
  }
}

/** The first batches count as a plain average, so that early snapshots are not held back by the start values. */
export function statisticsShare(steps: number): number {
  return Math.max(1 - momentum, 4 / (steps + 4))
}

function moveStatistics(parameters: EncoderParameters, statistics: Float32Array, steps: number): void {
  const share = statisticsShare(steps)
  const { flat, trainable } = parameters
  for (let i = 0; i < statistics.length; i++)
    flat[trainable + i] += share * (statistics[i] - flat[trainable + i])
}

/** Weight decay acts on kernels, not on batch norm's gamma and beta or the output's bias. */
function decayMask(parameters: EncoderParameters): Uint8Array {
  const mask = new Uint8Array(parameters.trainable)
  for (const { kernel } of [...parameters.blocks, ...parameters.biasBlocks, parameters.output]) {
    const start = (kernel.byteOffset - parameters.flat.byteOffset) / kernel.BYTES_PER_ELEMENT
    mask.fill(1, start, start + kernel.length)
  }
  return mask
}

export function checkBatch(x: Float32Array, labels: Int32Array, rows: number, features: number): void {
  if (x.length === rows * features && labels.length === rows) return
  throw new AppError(
    'model/mismatch',
    `A batch of ${rows} rows with ${features} features needs ${rows * features} numbers and ${rows} labels, got ${x.length} and ${labels.length}.`,
    { rows, features, length: x.length, labels: labels.length },
  )
}
