// Forward and backward passes over a range of rows. Without batch norm a training step takes the rows in chunks and
// each chunk through all layers and back while it is in cache; with batch norm every layer needs all rows first.

import { batchNormBackward, batchNormForward, batchNormInference } from './batch-norm'
import { applyDropout, layerKey } from './dropout'
import { flush } from './lanes'
import {
  CHUNK,
  Layer,
  RELU,
  SIGMOID,
  gradientOf,
  layerAt,
  layerCount,
  parameters,
  span,
  wantsInputGradient,
} from './network'
import { BIAS, BIAS_RELU, GATE, PLAIN, accumulateColumns, accumulateOuter, multiply, transposePanels } from './tiles'

const SMALLEST_NORMAL: f32 = 1.17549435e-38

export let batchNormEpsilon: f32 = 1e-3

export function setBatchNormEpsilon(epsilon: f32): void {
  batchNormEpsilon = epsilon
}

// @ts-ignore: decorator
@inline
function padded(rows: i32): i32 {
  return (rows + 3) & ~3
}

/** Clears the gradients and turns the kernels round for the backward pass. */
export function beginGradient(): void {
  memory.fill(gradientOf(parameters), 0, span)
  for (let i = wantsInputGradient ? 0 : 1; i < layerCount; i++) {
    const layer = layerAt(i)
    const before: f32 = i > 0 ? layerAt(i - 1).dropout : 0
    transposePanels(layer.kernelRows, layer.unitColumns, layer.kernel, layer.transposed, <f32>1 / (1 - before))
  }
}

/**
 * Copies rows of a table into the first layer's input, denormals as zero.
 *
 * @param indices  i32 per row, or 0: rows `from` to `from + rows` of the table
 * @param at       first row of the input to fill
 */
export function loadRows(table: usize, indices: usize, from: i32, rows: i32, at: i32): void {
  const layer = layerAt(0)
  const width = <usize>layer.inputs << 2
  const stride = <usize>layer.inputColumns << 2
  let to = layer.input + <usize>at * stride
  const whole = width & ~15
  for (let i = 0; i < rows; i++) {
    const row = indices ? load<i32>(indices + (<usize>(from + i) << 2)) : from + i
    const source = table + <usize>row * width
    let j: usize = 0
    if (ASC_FEATURE_SIMD)
      for (; j < whole; j += 16) v128.store(to + j, flush<v128>(v128.load(source + j), f32x4.splat(SMALLEST_NORMAL)))
    for (; j < width; j += 4) store<f32>(to + j, flush<f32>(load<f32>(source + j), SMALLEST_NORMAL))
    to += stride
  }
  memory.fill(to, 0, <usize>(padded(rows) - rows) * stride)
}

function applySigmoid(layer: Layer, first: i32, rows: i32): void {
  const stride = <usize>layer.unitColumns << 2
  for (let row = first; row < first + rows; row++)
    for (let j = 0; j < layer.units; j++) {
      const p = layer.output + <usize>row * stride + (<usize>j << 2)
      store<f32>(p, sigmoid(load<f32>(p)))
    }
}

/** By the f64 exponential: hidden sigmoids are rare and the head wants its last digits. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: f32): f32 {
  const e = Math.exp(-Math.abs(<f64>x))
  return <f32>(x < 0 ? e / (1 + e) : 1 / (1 + e))
}

/**
 * Rows first to first + rows through all layers. The last layer's activation is left to the head.
 *
 * @param training  statistics of these rows in batch norm, dropout on; the range must then be the whole batch if any
 *                  layer has batch norm
 * @param origin    place in the batch of the buffers' row 0, for dropout
 */
export function forward(first: i32, rows: i32, training: bool, key: u32, origin: i32): void {
  for (let i = 0; i < layerCount; i++) {
    const layer = layerAt(i)
    const last = i == layerCount - 1
    const strideIn = <usize>layer.inputColumns << 2
    const strideOut = <usize>layer.unitColumns << 2
    const normal = layer.batchNorm
    const relu = layer.activation == RELU && !last && !normal
    const mode = relu ? BIAS_RELU : BIAS
    const to = normal && training ? layer.normalised : layer.output
    for (let row = first; row < first + rows; row += CHUNK) {
      const count = padded(min(CHUNK, first + rows - row))
      multiply(
        mode,
        count,
        layer.inputs,
        layer.kernelRows,
        layer.unitColumns,
        layer.input + <usize>row * strideIn,
        strideIn,
        layer.kernel,
        to + <usize>row * strideOut,
        layer.bias,
        0,
      )
    }
    if (normal) {
      if (training) batchNormForward(layer, rows, batchNormEpsilon)
      else batchNormInference(layer, first, rows, batchNormEpsilon)
    }
    if (!last && layer.activation == SIGMOID) applySigmoid(layer, first, padded(rows))
    if (training && layer.dropout > 0) applyDropout(layer, layerKey(key, i), first, rows, origin)
  }
}

function sigmoidBackward(layer: Layer, first: i32, rows: i32): void {
  const stride = <usize>layer.unitColumns << 2
  for (let row = first; row < first + rows; row++)
    for (let j = 0; j < layer.units; j++) {
      const at = <usize>row * stride + (<usize>j << 2)
      const a = load<f32>(layer.output + at)
      store<f32>(layer.outputGradient + at, load<f32>(layer.outputGradient + at) * a * (1 - a))
    }
}

/** From the gradient by the last layer's products to those of all parameters, which are added up over ranges. */
export function backward(first: i32, rows: i32): void {
  for (let i = layerCount - 1; i >= 0; i--) {
    const layer = layerAt(i)
    const strideIn = <usize>layer.inputColumns << 2
    const strideOut = <usize>layer.unitColumns << 2
    if (layer.batchNorm) batchNormBackward(layer, rows, batchNormEpsilon)
    for (let row = first; row < first + rows; row += CHUNK) {
      const count = padded(min(CHUNK, first + rows - row))
      const entering = layer.input + <usize>row * strideIn
      const leaving = layer.outputGradient + <usize>row * strideOut
      accumulateOuter(
        count,
        layer.inputs,
        layer.kernelRows,
        layer.unitColumns,
        entering,
        strideIn,
        leaving,
        gradientOf(layer.kernel),
      )
      if (layer.hasBias) accumulateColumns(count, layer.unitColumns, leaving, gradientOf(layer.bias))
      if (i > 0 || wantsInputGradient)
        multiply(
          i > 0 && layerAt(i - 1).activation == RELU ? GATE : PLAIN,
          count,
          layer.units,
          layer.unitColumns,
          layer.inputColumns,
          leaving,
          strideOut,
          layer.transposed,
          layer.inputGradient + <usize>row * strideIn,
          0,
          entering,
        )
    }
    if (i > 0 && layerAt(i - 1).activation == SIGMOID) sigmoidBackward(layerAt(i - 1), first, rows)
  }
}
