// What a network's last products mean and what they are compared with: losses of single rows.

import { LINEAR, RELU, SIGMOID, layerAt, layerCount } from './network'
import { sigmoid } from './passes'

export const CROSS_ENTROPY: i32 = 0
export const SQUARED: i32 = 1

/** Gradients below this are zero: a saturated sigmoid would fill the backward pass with denormals. */
const TINY: f32 = 1e-30

// @ts-ignore: decorator
@inline
function activated(activation: i32, x: f32): f32 {
  if (activation == SIGMOID) return sigmoid(x)
  if (activation == RELU) return x < 0 ? <f32>0 : x
  return x
}

/** Applies the last layer's activation to rows first to first + rows of the output and copies them out, unpadded. */
export function writePredictions(first: i32, rows: i32, to: usize): void {
  const layer = layerAt(layerCount - 1)
  const stride = <usize>layer.unitColumns << 2
  for (let i = first; i < first + rows; i++)
    for (let q = 0; q < layer.units; q++) {
      store<f32>(to, activated(layer.activation, load<f32>(layer.output + <usize>i * stride + (<usize>q << 2))))
      to += 4
    }
}

/**
 * Sum of weighted losses of `rows` rows, each the mean over the outputs.
 *
 * Cross-entropy is taken on the products before the sigmoid, max(x, 0) - x y + log(1 + exp(-|x|)), which neither
 * overflows nor loses the digits of a small loss.
 *
 * @param targets  [n, outputs] f32
 * @param weights  [n] f32, or 0: all one
 * @param indices  rows of targets and weights, i32, or 0: `from` and following
 * @param first    first row of the output
 * @param share    on the gradient (1 / sum of weights); 0: no gradient is written
 */
export function headLoss(
  kind: i32,
  targets: usize,
  weights: usize,
  indices: usize,
  from: i32,
  first: i32,
  rows: i32,
  share: f32,
): f64 {
  const layer = layerAt(layerCount - 1)
  const activation = layer.activation
  const units = layer.units
  const stride = <usize>layer.unitColumns << 2
  const mean = 1.0 / <f64>units
  let loss = 0.0
  if (share != 0) {
    const padded = (rows + 3) & ~3
    memory.fill(layer.outputGradient + <usize>first * stride, 0, <usize>padded * stride)
  }
  for (let i = 0; i < rows; i++) {
    const row = <usize>(indices ? load<i32>(indices + (<usize>(from + i) << 2)) : from + i)
    const weight: f32 = weights ? load<f32>(weights + (row << 2)) : 1
    const at = <usize>(first + i) * stride
    const target = targets + row * (<usize>units << 2)
    let sum = 0.0
    for (let q: usize = 0; q < <usize>units << 2; q += 4) {
      const x = load<f32>(layer.output + at + q)
      const y = load<f32>(target + q)
      let slope: f32
      if (kind == CROSS_ENTROPY) {
        const e = Math.exp(-Math.abs(<f64>x))
        const inverse = 1 / (1 + e)
        sum += max<f64>(x, 0) - <f64>x * y + Math.log1p(e)
        slope = <f32>((x < 0 ? e * inverse : inverse) - <f64>y)
      } else {
        const output = activated(activation, x)
        const d = output - y
        sum += <f64>d * d
        slope = 2 * d
        if (activation == SIGMOID) slope *= output * (1 - output)
        else if (activation == RELU && !(x > 0)) slope = 0
      }
      if (share != 0) {
        slope *= weight * share * <f32>mean
        store<f32>(layer.outputGradient + at + q, abs<f32>(slope) < TINY ? <f32>0 : slope)
      }
    }
    loss += <f64>weight * sum * mean
  }
  return loss
}

/** Sum of the weights of these rows. */
export function weightSum(weights: usize, indices: usize, from: i32, rows: i32): f64 {
  if (!weights) return rows
  let sum = 0.0
  for (let i = from; i < from + rows; i++) {
    const row = <usize>(indices ? load<i32>(indices + (<usize>i << 2)) : i)
    sum += load<f32>(weights + (row << 2))
  }
  return sum
}
