import { AppError } from '../errors.ts'
import type { Rng } from '../numerics/rng.ts'
import type { Mlp } from './mlp.ts'
import type { TrainingConfig } from './training-config.ts'

/** Blocks of Dense (no bias: batch norm's beta is one) + BatchNorm + ReLU + Dropout, then a linear layer. */
export interface EncoderArchitecture {
  features: number
  widths: number[]
  latentDim: number
  /** 'bias': Dense with a bias + ReLU + Dropout. Default: 'batch-norm' */
  blocks?: 'batch-norm' | 'bias'
  /**
   * A deep set (Zaheer et al. 1703.06114): a row is so many items side by side, `features` numbers in all; each item goes
   * through layers of these widths (ReLU), their mean through `widths`. Needs 'bias'. Default: none
   */
  pool?: { items: number; widths: number[] }
}

export interface EncoderBlock {
  inputs: number
  outputs: number
  kernel: Float32Array // [inputs, outputs] row-major
  gamma: Float32Array
  beta: Float32Array
  movingMean: Float32Array
  movingVariance: Float32Array
}

/** Dense with a bias + ReLU. */
export interface BiasBlock {
  inputs: number
  outputs: number
  kernel: Float32Array // [inputs, outputs] row-major
  bias: Float32Array
}

/**
 * All numbers of an encoder. Every array is a view into `flat`, so that an optimiser, a checkpoint or another
 * engine handles one Float32Array: first what is trained (per block kernel, gamma, beta, or kernel, bias; then the
 * output's kernel and bias), then the moving statistics (per block mean, variance).
 */
export interface EncoderParameters {
  architecture: EncoderArchitecture
  flat: Float32Array
  /** The first `trainable` numbers of `flat` are trained. */
  trainable: number
  /** With batch norm; none in an architecture without. */
  blocks: EncoderBlock[]
  /** Those of an architecture without batch norm; the first ones, those of `pool`, see one item at a time. */
  biasBlocks: BiasBlock[]
  output: BiasBlock
}

/** Added to a variance under the root, as in Keras and TensorFlow.js. */
export const batchNormEpsilon = 1e-3

/** What a training's settings make of rows with so many features. @throws AppError 'input/invalid' for a pool that cannot be */
export function architectureOf(
  { widths, latentDim, blocks, pool, dropout }: TrainingConfig,
  features: number,
): EncoderArchitecture {
  if (pool && (blocks !== 'bias' || dropout > 0))
    throw new AppError(
      'input/invalid',
      `An encoder that pools ${pool.items} items has neither batch norm nor dropout (${dropout}). Set blocks to bias and dropout to 0.`,
    )
  if (pool && features % pool.items !== 0)
    throw new AppError(
      'model/mismatch',
      `Rows of ${features} features are no ${pool.items} items of equal length. Choose another size of sets.`,
      { features, items: pool.items },
    )
  return { features, widths, latentDim, ...(blocks && { blocks }), ...(pool && { pool }) }
}

/** Inputs and outputs of the hidden layers, those of the pool first. */
export function hiddenShapes({
  features,
  widths,
  pool,
}: EncoderArchitecture): { inputs: number; outputs: number }[] {
  let inputs = features / (pool?.items ?? 1)
  return [...(pool?.widths ?? []), ...widths].map((outputs) => {
    const shape = { inputs, outputs }
    inputs = outputs
    return shape
  })
}

export function countParameters(architecture: EncoderArchitecture): { trainable: number; total: number } {
  const normed = architecture.blocks !== 'bias'
  const shapes = hiddenShapes(architecture)
  let trainable = 0
  let statistics = 0
  for (const { inputs, outputs } of shapes) {
    trainable += inputs * outputs + (normed ? 2 : 1) * outputs
    if (normed) statistics += 2 * outputs
  }
  const { latentDim } = architecture
  trainable += (shapes.at(-1)?.outputs ?? architecture.features) * latentDim + latentDim
  return { trainable, total: trainable + statistics }
}

/** Views on `flat`, which is not copied. @throws AppError 'model/corrupt' where the count is wrong */
export function parametersFromFlat(architecture: EncoderArchitecture, flat: Float32Array): EncoderParameters {
  const { trainable, total } = countParameters(architecture)
  if (flat.length !== total)
    throw new AppError(
      'model/corrupt',
      `An encoder ${describeArchitecture(architecture)} has ${total} numbers, got ${flat.length}. Load the file again or train anew.`,
      { expected: total, actual: flat.length },
    )
  let at = 0
  const take = (length: number): Float32Array => flat.subarray(at, (at += length))
  const shapes = hiddenShapes(architecture)
  const normed = architecture.blocks !== 'bias'
  const dense = ({ inputs, outputs }: { inputs: number; outputs: number }): BiasBlock => ({
    inputs,
    outputs,
    kernel: take(inputs * outputs),
    bias: take(outputs),
  })
  const biasBlocks = normed ? [] : shapes.map(dense)
  const blocks = (normed ? shapes : []).map(({ inputs, outputs }) => ({
    inputs,
    outputs,
    kernel: take(inputs * outputs),
    gamma: take(outputs),
    beta: take(outputs),
    movingMean: flat,
    movingVariance: flat,
  }))
  const inputs = shapes.at(-1)?.outputs ?? architecture.features
  const output = dense({ inputs, outputs: architecture.latentDim })
  for (const block of blocks) {
    block.movingMean = take(block.outputs)
    block.movingVariance = take(block.outputs)
  }
  return { architecture, flat, trainable, blocks, biasBlocks, output }
}

export function describeArchitecture({ features, widths, latentDim, pool }: EncoderArchitecture): string {
  const items = pool
    ? [
        `${pool.items} × ${features / pool.items}`,
        ...pool.widths.slice(0, -1),
        `mean of ${pool.widths.at(-1)}`,
      ]
    : [features]
  return [...items, ...widths, latentDim].join(' → ')
}

export function copyParameters(parameters: EncoderParameters): EncoderParameters {
  return parametersFromFlat(parameters.architecture, parameters.flat.slice())
}

/** Kernels normal with variance 2/inputs before a ReLU (He et al. 1502.01852), 1/inputs before the output. */
export function initialiseParameters(architecture: EncoderArchitecture, rng: Rng): EncoderParameters {
  const parameters = parametersFromFlat(architecture, new Float32Array(countParameters(architecture).total))
  ;[...parameters.blocks, ...parameters.biasBlocks].forEach(({ kernel, inputs }, i) =>
    fillNormal(kernel, Math.sqrt(2 / inputs), rng.split(`kernel-${i}`)),
  )
  for (const block of parameters.blocks) {
    block.gamma.fill(1)
    block.movingVariance.fill(1)
  }
  const { output } = parameters
  fillNormal(output.kernel, Math.sqrt(1 / output.inputs), rng.split('kernel-output'))
  return parameters
}

function fillNormal(array: Float32Array, deviation: number, rng: Rng): void {
  for (let i = 0; i < array.length; i++) array[i] = deviation * rng.normal()
}

/** The same function for inference: every batch norm multiplied into the kernel before it. */
export function foldBatchNorm({ architecture, blocks, biasBlocks, output }: EncoderParameters): Mlp {
  const folded = blocks.map((block): BiasBlock => {
    const { inputs, outputs } = block
    const kernel = new Float32Array(inputs * outputs)
    const bias = new Float32Array(outputs)
    for (let j = 0; j < outputs; j++) {
      const scale = block.gamma[j] / Math.sqrt(block.movingVariance[j] + batchNormEpsilon)
      bias[j] = block.beta[j] - block.movingMean[j] * scale
      for (let k = 0; k < inputs; k++) kernel[k * outputs + j] = block.kernel[k * outputs + j] * scale
    }
    return { inputs, outputs, kernel, bias }
  })
  const { pool } = architecture
  const copied = (block: BiasBlock) => ({ ...block, kernel: block.kernel.slice(), bias: block.bias.slice() })
  return {
    layers: [
      ...[...folded, ...biasBlocks.map(copied)].map((block) => ({ ...block, activation: 'relu' as const })),
      { ...copied(output), activation: 'linear' },
    ],
    ...(pool && { pool: { layers: pool.widths.length, items: pool.items } }),
  }
}
