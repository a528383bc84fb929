import * as tf from '@tensorflow/tfjs-core'
import { createRng } from '../../numerics/rng.ts'
import { adamUpdate, createAdamState, type AdamState } from '../adam.ts'
import { runMlp } from '../mlp.ts'
import { createPositiveLoss, type HeadLoss } from './positive-head.ts'
import type { RatioTrainingConfig } from './ratio-config.ts'
import { architectureOf, checkRatioTable, type RatioEngine, type RatioTable } from './ratio-engine.ts'
import { ratioLoss } from './ratio-loss.ts'
import { initialiseRatio, ratioLayers, ratioMlp, type RatioLayer } from './ratio-parameters.ts'

/**
 * An engine on the TensorFlow.js backend that initBackend() made current. Parameters and moments live in plain
 * arrays, so that a training may change engines at any step; no tensor outlives one.
 */
export function createRatioTfjsEngine(config: RatioTrainingConfig, table: RatioTable): RatioEngine {
  checkRatioTable(table)
  const architecture = architectureOf(config, table)
  let parameters = initialiseRatio(architecture, createRng(config.seed).split('initialise'))
  let optimiser: AdamState = createAdamState(parameters.length)
  const decays = new Uint8Array(parameters.length).fill(1)
  const headLoss = table.head && createPositiveLoss(table.head, table.targets, table.weights)

  function update(numbers: Float32Array, learningRate: number): number {
    if (!numbers.every(Number.isFinite)) return Number.NaN
    adamUpdate(optimiser, parameters, numbers.subarray(1), learningRate, config, decays)
    return numbers[0]
  }

  /** Outputs come back to this thread for the head, whose gradient goes through the layers in a second pass. */
  async function headStep(
    layers: RatioLayer[],
    indices: Int32Array,
    learningRate: number,
    loss: HeadLoss,
  ): Promise<number> {
    const { inputs } = takeRows(table, indices)
    const rows = indices.length
    const outputs = tf.tidy(() => forwardOnTensors(layers, inputs, rows).logits)
    const values = await outputs.data<'float32'>()
    outputs.dispose()
    const slopes = new Float32Array(values.length)
    const value = loss(values, indices, slopes, 1 / rows) / rows
    const flat = tf.tidy(() => {
      const pass = forwardOnTensors(layers, inputs, rows)
      const upstream = tf.tensor2d(slopes, [rows, table.outputs])
      return flatten([tf.scalar(value), ...backwardOnTensors(pass, upstream)])
    })
    const numbers = await flat.data<'float32'>()
    flat.dispose()
    return update(numbers, learningRate)
  }

  return {
    name: `tfjs-${tf.getBackend()}`,
    step(indices, learningRate) {
      const layers = ratioLayers(architecture, parameters)
      if (headLoss) return headStep(layers, indices, learningRate, headLoss)
      const flat = tf.tidy(() => gradientOnTensors(config.loss, layers, takeRows(table, indices)))
      const backend = tf.getBackend()
      const finish = (numbers: Float32Array): number => {
        flat.dispose()
        return update(numbers, learningRate)
      }
      if (backend === 'cpu' || backend === 'wasm') return finish(flat.dataSync<'float32'>())
      return flat.data<'float32'>().then(finish)
    },
    loss(indices) {
      const { inputs, targets, weights } = takeRows(table, indices)
      const logits = runMlp(ratioMlp(architecture, parameters), inputs, indices.length)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      if (headLoss) return headLoss(logits, indices, null, 0) / total
      return ratioLoss(config.loss, logits, targets, weights, total).value
    },
    state: () => ({
      parameters: parameters.slice(),
      optimiser: {
        updates: optimiser.updates,
        first: optimiser.first.slice(),
        second: optimiser.second.slice(),
      },
    }),
    restore(state) {
      ratioLayers(architecture, state.parameters) // checks the count
      parameters = state.parameters.slice()
      const { updates, first, second } = state.optimiser
      optimiser = { updates, first: first.slice(), second: second.slice() }
    },
    dispose() {},
  }
}

/** Targets of a head stay in the table. */
function takeRows(table: RatioTable, indices: Int32Array): RatioTable {
  const { features, head } = table
  const outputs = head ? 0 : table.outputs
  const rows = indices.length
  const inputs = new Float32Array(rows * features)
  const targets = new Float32Array(rows * outputs)
  const weights = new Float32Array(rows)
  indices.forEach((row, i) => {
    for (let k = 0; k < features; k++) inputs[i * features + k] = table.inputs[row * features + k]
    for (let q = 0; q < outputs; q++) targets[i * outputs + q] = table.targets[row * outputs + q]
    weights[i] = table.weights[row]
  })
  return { rows, features, outputs, inputs, targets, weights }
}

interface ForwardPass {
  kernels: tf.Tensor2D[]
  /** What enters each layer, and where its ReLU is open. */
  entering: tf.Tensor2D[]
  gates: tf.Tensor2D[]
  logits: tf.Tensor2D
}

function forwardOnTensors(layers: RatioLayer[], inputs: Float32Array, rows: number): ForwardPass {
  const kernels = layers.map(({ kernel, inputs: from, outputs: to }) => tf.tensor2d(kernel, [from, to]))
  const entering: tf.Tensor2D[] = []
  const gates: tf.Tensor2D[] = []
  let activation = tf.tensor2d(inputs, [rows, layers[0].inputs])
  let logits = activation
  layers.forEach(({ bias }, i) => {
    entering.push(activation)
    logits = tf.add(tf.matMul(activation, kernels[i]), tf.tensor1d(bias)) as tf.Tensor2D
    gates.push(tf.step(logits))
    activation = tf.relu(logits)
  })
  return { kernels, entering, gates, logits }
}

/** Kernel and bias gradients, layer by layer. */
function backwardOnTensors({ kernels, entering, gates }: ForwardPass, upstream: tf.Tensor2D): tf.Tensor[] {
  // Column sums as a product with a row of ones: a fast kernel on every backend.
  const ones = tf.ones([1, upstream.shape[0]]) as tf.Tensor2D
  const pieces: tf.Tensor[] = []
  for (let i = kernels.length - 1; i >= 0; i--) {
    pieces.unshift(tf.matMul(entering[i], upstream, true, false), tf.matMul(ones, upstream))
    if (i > 0) upstream = tf.mul(tf.matMul(upstream, kernels[i], false, true), gates[i - 1])
  }
  return pieces
}

/** One array to read back. */
function flatten(pieces: tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(pieces.map((piece) => tf.reshape(piece, [piece.size])))
}

/** Loss, then the gradient in the order of the flat parameters. */
function gradientOnTensors(
  kind: RatioTrainingConfig['loss'],
  layers: RatioLayer[],
  { rows, outputs, inputs, targets, weights }: RatioTable,
): tf.Tensor1D {
  const pass = forwardOnTensors(layers, inputs, rows)
  const { logits } = pass
  const y = tf.tensor2d(targets, [rows, outputs])
  const share = tf.mul(tf.tensor2d(weights, [rows, 1]), 1 / (rows * outputs))
  const g = tf.sigmoid(logits)
  const difference = tf.sub(g, y)
  let losses: tf.Tensor
  let upstream: tf.Tensor2D
  if (kind === 'cross-entropy') {
    const tail = tf.log1p(tf.exp(tf.neg(tf.abs(logits))))
    losses = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, y)), tail)
    upstream = tf.mul(share, difference)
  } else {
    losses = tf.square(difference)
    upstream = tf.mul(tf.mul(share, 2), tf.mul(difference, tf.mul(g, tf.sub(1, g))))
  }
  return flatten([tf.sum(tf.mul(share, losses)), ...backwardOnTensors(pass, upstream)])
}
