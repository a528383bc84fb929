import { AppError } from '../../errors.ts'
import type { NetworkSpec } from '../../kernels/network-spec.ts'
import type { Rng } from '../../numerics/rng.ts'
import type { Mlp } from '../mlp.ts'

/** Dense layers with biases, ReLU between them; the outputs are logits of a sigmoid, or what a head takes. */
export interface RatioArchitecture {
  inputs: number
  widths: number[]
  outputs: number
}

export interface RatioLayer {
  inputs: number
  outputs: number
  kernel: Float32Array // [inputs, outputs] row-major, a view into the flat array
  bias: Float32Array // [outputs], a view
}

const sizes = ({ inputs, widths, outputs }: RatioArchitecture): number[] => [inputs, ...widths, outputs]

export function countRatioParameters(architecture: RatioArchitecture): number {
  const units = sizes(architecture)
  return units.slice(1).reduce((sum, outputs, i) => sum + outputs * (units[i] + 1), 0)
}

/**
 * Per layer kernel and bias: the order in which every engine, checkpoint and file keeps the parameters.
 *
 * @throws AppError 'model/corrupt' where the count is wrong
 */
export function ratioLayers(architecture: RatioArchitecture, flat: Float32Array): RatioLayer[] {
  const expected = countRatioParameters(architecture)
  if (flat.length !== expected)
    throw new AppError(
      'model/corrupt',
      `A ratio network ${sizes(architecture).join(' → ')} has ${expected} numbers, got ${flat.length}. Load the file again or train anew.`,
      { expected, actual: flat.length },
    )
  let at = 0
  const take = (length: number): Float32Array => flat.subarray(at, (at += length))
  const units = sizes(architecture)
  return units.slice(1).map((outputs, i) => ({
    inputs: units[i],
    outputs,
    kernel: take(units[i] * outputs),
    bias: take(outputs),
  }))
}

/** Normal kernels of variance 2/inputs before a ReLU (He et al. 1502.01852), 1/inputs before the logits; biases 0. */
export function initialiseRatio(architecture: RatioArchitecture, rng: Rng): Float32Array {
  const flat = new Float32Array(countRatioParameters(architecture))
  const layers = ratioLayers(architecture, flat)
  layers.forEach(({ inputs, kernel }, i) => {
    const deviation = Math.sqrt((i < layers.length - 1 ? 2 : 1) / inputs)
    const stream = rng.split(`kernel-${i}`)
    for (let k = 0; k < kernel.length; k++) kernel[k] = deviation * stream.normal()
  })
  return flat
}

/** For runMlp: x to logits. */
export function ratioMlp(architecture: RatioArchitecture, flat: Float32Array): Mlp {
  const layers = ratioLayers(architecture, flat)
  return {
    layers: layers.map((layer, i) => ({
      ...layer,
      activation: i < layers.length - 1 ? 'relu' : 'linear',
    })),
  }
}

/** For the kernels, whose flat parameters have the same order. */
export function ratioNetworkSpec(
  { inputs, widths, outputs }: RatioArchitecture,
  last: 'sigmoid' | 'linear' = 'sigmoid',
): NetworkSpec {
  return {
    inputs,
    layers: [
      ...widths.map((units) => ({ units, activation: 'relu' as const })),
      { units: outputs, activation: last },
    ],
  }
}
