// The network of this instance: layers, parameters, activations. Everything lives in the arena; a Layer is a record
// of sizes and addresses.

import { allocate } from './arena'

export const LINEAR: i32 = 0
export const RELU: i32 = 1
export const SIGMOID: i32 = 2

/** Rows of one pass through the layers: activations of a wide layer (96 x 152 floats) stay in the L2 cache. */
export const CHUNK: i32 = 96

// @ts-ignore: decorator
@unmanaged
export class Layer {
  inputs: i32
  units: i32
  /** inputs rounded up to 8: columns of the activations that enter */
  inputColumns: i32
  /** units rounded up to 8 */
  unitColumns: i32
  /** inputs rounded up to 4: rows of a kernel panel */
  kernelRows: i32
  activation: i32
  hasBias: bool
  batchNorm: bool
  /** chance that a unit is silenced in a training pass */
  dropout: f32
  /** panels [unitColumns/8][kernelRows][8] */
  kernel: usize
  bias: usize
  gamma: usize
  beta: usize
  movingMean: usize
  movingVariance: usize
  batchMean: usize
  batchVariance: usize
  /** kernel^T as panels, times the dropout scale of the layer before */
  transposed: usize
  /** (z - mean) / deviation of the batch, only with batch norm */
  normalised: usize
  /** activations that enter, [rows, inputColumns] */
  input: usize
  inputGradient: usize
  output: usize
  outputGradient: usize
}

let layers: usize = 0
export let layerCount: i32 = 0
export let anyBatchNorm: bool = false
/** Gradients by the rows that enter are kept too: a network before this one goes on from them. */
export let wantsInputGradient: bool = false

/** Parameters, gradients and the two moments of Adam are four blocks of `span` bytes with the same inner layout. */
export let parameters: usize = 0
export let span: usize = 0

// @ts-ignore: decorator
@inline
export function layerAt(i: i32): Layer {
  return changetype<Layer>(layers + <usize>i * offsetof<Layer>())
}

// @ts-ignore: decorator
@inline
export function gradientOf(parameter: usize): usize {
  return parameter + span
}

// @ts-ignore: decorator
@inline
function roundUp(x: i32, to: i32): i32 {
  return (x + to - 1) & ~(to - 1)
}

/** @returns false where memory is short, as every function below that allocates */
export function beginNetwork(count: i32): bool {
  layers = allocate(<usize>count * offsetof<Layer>())
  layerCount = 0
  anyBatchNorm = false
  return layers != 0
}

export function addLayer(
  inputs: i32,
  units: i32,
  activation: i32,
  hasBias: bool,
  batchNorm: bool,
  dropout: f32,
): void {
  const layer = layerAt(layerCount++)
  layer.inputs = inputs
  layer.units = units
  layer.inputColumns = roundUp(inputs, 8)
  layer.unitColumns = roundUp(units, 8)
  layer.kernelRows = roundUp(inputs, 4)
  layer.activation = activation
  layer.hasBias = hasBias
  layer.batchNorm = batchNorm
  layer.dropout = dropout
  if (batchNorm) anyBatchNorm = true
}

export function buildNetwork(): bool {
  let size: usize = 0
  for (let i = 0; i < layerCount; i++) {
    const layer = layerAt(i)
    const row = <usize>layer.unitColumns << 2
    layer.kernel = size
    size += <usize>layer.kernelRows * row
    layer.bias = size
    layer.gamma = size + row
    layer.beta = size + 2 * row
    size += 3 * row
  }
  span = size
  parameters = allocate(4 * size)
  if (!parameters) return false
  for (let i = 0; i < layerCount; i++) {
    const layer = layerAt(i)
    const row = <usize>layer.unitColumns << 2
    layer.kernel += parameters
    layer.bias += parameters
    layer.gamma += parameters
    layer.beta += parameters
    layer.transposed = allocate(<usize>layer.inputColumns * row)
    const statistics = allocate(4 * row)
    if (!layer.transposed || !statistics) return false
    layer.movingMean = statistics
    layer.movingVariance = statistics + row
    layer.batchMean = statistics + 2 * row
    layer.batchVariance = statistics + 3 * row
  }
  return true
}

/** Before reserveRows(). */
export function keepInputGradient(): void {
  wantsInputGradient = true
}

/** [rows, inputs rounded up to 8] of the last backward pass. */
export function inputGradientAddress(): usize {
  return layerAt(0).inputGradient
}

/** Room for passes of `rows` rows (a multiple of 4). A larger request later leaves the old room unused. */
export function reserveRows(rows: i32): bool {
  for (let i = 0; i < layerCount; i++) {
    const layer = layerAt(i)
    const entering = <usize>rows * (<usize>layer.inputColumns << 2)
    const leaving = <usize>rows * (<usize>layer.unitColumns << 2)
    if (i == 0) {
      layer.input = allocate(entering)
      if (wantsInputGradient) {
        layer.inputGradient = allocate(entering)
        if (!layer.inputGradient) return false
      }
    } else {
      layer.input = layerAt(i - 1).output
      layer.inputGradient = layerAt(i - 1).outputGradient
    }
    layer.output = allocate(leaving)
    layer.outputGradient = allocate(leaving)
    if (!layer.input || !layer.output || !layer.outputGradient) return false
    if (layer.batchNorm) {
      layer.normalised = allocate(leaving)
      if (!layer.normalised) return false
    }
  }
  return true
}

// Addresses, for the binding that packs and unpacks parameters.
export function kernelAddress(i: i32): usize {
  return layerAt(i).kernel
}
export function biasAddress(i: i32): usize {
  return layerAt(i).bias
}
export function movingMeanAddress(i: i32): usize {
  return layerAt(i).movingMean
}
export function outputAddress(): usize {
  return layerAt(layerCount - 1).output
}
export function parameterBytes(): usize {
  return span
}
