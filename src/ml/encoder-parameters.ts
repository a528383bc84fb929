import { AppError } from '../errors.ts'
import type { Rng } from '../numerics/rng.ts'
import type { Mlp } from './mlp.ts'

/** Blocks of Dense (no bias: batch norm's beta is one) + BatchNorm + ReLU + Dropout, then a linear layer. */
export interface EncoderArchitecture {
  features: number
  widths: number[]
  latentDim: number
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

/**
 * All numbers of an encoder. Every array is a view into `flat`, so that an optimiser, a checkpoint or another
 * engine handles one Float32Array: first what is trained (per block kernel, gamma, beta; then the output's
 * kernel and bias), then the moving statistics (per block mean, variance).
 */
export interface EncoderParameters {
  architecture: EncoderArchitecture
  flat: Float32Array
  /** The first `trainable` numbers of `flat` are trained. */
  trainable: number
  blocks: EncoderBlock[]
  output: { inputs: number; outputs: number; kernel: Float32Array; bias: Float32Array }
}

/** Added to a variance under the root, as in Keras and TensorFlow.js. */
export const batchNormEpsilon = 1e-3

export function countParameters({ features, widths, latentDim }: EncoderArchitecture): {
  trainable: number
  total: number
} {
  let trainable = 0
  let statistics = 0
  let inputs = features
  for (const width of widths) {
    trainable += inputs * width + 2 * width
    statistics += 2 * width
    inputs = width
  }
  trainable += inputs * latentDim + latentDim
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
  let inputs = architecture.features
  const blocks = architecture.widths.map((outputs) => {
    const block = {
      inputs,
      outputs,
      kernel: take(inputs * outputs),
      gamma: take(outputs),
      beta: take(outputs),
      movingMean: flat,
      movingVariance: flat,
    }
    inputs = outputs
    return block
  })
  const { latentDim } = architecture
  const output = {
    inputs,
    outputs: latentDim,
    kernel: take(inputs * latentDim),
    bias: take(latentDim),
  }
  for (const block of blocks) {
    block.movingMean = take(block.outputs)
    block.movingVariance = take(block.outputs)
  }
  return { architecture, flat, trainable, blocks, output }
}

export function describeArchitecture({ features, widths, latentDim }: EncoderArchitecture): string {
  return [features, ...widths, latentDim].join(' → ')
}

export function copyParameters(parameters: EncoderParameters): EncoderParameters {
  return parametersFromFlat(parameters.architecture, parameters.flat.slice())
}

/** Kernels normal with variance 2/inputs before a ReLU (He et al. 1502.01852), 1/inputs before the output. */
export function initialiseParameters(architecture: EncoderArchitecture, rng: Rng): EncoderParameters {
  const parameters = parametersFromFlat(architecture, new Float32Array(countParameters(architecture).total))
  parameters.blocks.forEach((block, i) => {
    fillNormal(block.kernel, Math.sqrt(2 / block.inputs), rng.split(`kernel-${i}`))
    block.gamma.fill(1)
    block.movingVariance.fill(1)
  })
  const { output } = parameters
  fillNormal(output.kernel, Math.sqrt(1 / output.inputs), rng.split('kernel-output'))
  return parameters
}

function fillNormal(array: Float32Array, deviation: number, rng: Rng): void {
  for (let i = 0; i < array.length; i++) array[i] = deviation * rng.normal()
}

/** The same function with every batch norm multiplied into the kernel before it: for inference. */
export function foldBatchNorm(parameters: EncoderParameters): Mlp {
  const { blocks, output } = parameters
  const hidden = blocks.map((block) => {
    const { inputs, outputs } = block
    const kernel = new Float32Array(inputs * outputs)
    const bias = new Float32Array(outputs)
    for (let j = 0; j < outputs; j++) {
      const scale = block.gamma[j] / Math.sqrt(block.movingVariance[j] + batchNormEpsilon)
      bias[j] = block.beta[j] - block.movingMean[j] * scale
      for (let k = 0; k < inputs; k++) kernel[k * outputs + j] = block.kernel[k * outputs + j] * scale
    }
    return { inputs, outputs, kernel, bias, activation: 'relu' as const }
  })
  return {
    layers: [
      ...hidden,
      { ...output, kernel: output.kernel.slice(), bias: output.bias.slice(), activation: 'linear' },
    ],
  }
}
