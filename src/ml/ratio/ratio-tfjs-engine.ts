import * as tf from '@tensorflow/tfjs-core'
import { createRng } from '../../numerics/rng.ts'
import { adamUpdate, createAdamState, type AdamState } from '../adam.ts'
import { runMlp } from '../mlp.ts'
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

  function update(numbers: Float32Array, learningRate: number): number {
    if (!numbers.every(Number.isFinite)) return Number.NaN
    adamUpdate(optimiser, parameters, numbers.subarray(1), learningRate, config, decays)
    return numbers[0]
  }

  return {
    name: `tfjs-${tf.getBackend()}`,
    step(indices, learningRate) {
      const layers = ratioLayers(architecture, parameters)
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

function takeRows(table: RatioTable, indices: Int32Array): RatioTable {
  const { features, outputs } = table
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

/** Loss, then the gradient in the order of the flat parameters: one array to read back. */
function gradientOnTensors(
  kind: RatioTrainingConfig['loss'],
  layers: RatioLayer[],
  { rows, features, outputs, inputs, targets, weights }: RatioTable,
): tf.Tensor1D {
  // Column sums as a product with a row of ones: a fast kernel on every backend.
  const ones = tf.ones([1, rows]) as tf.Tensor2D
  const kernels = layers.map(({ kernel, inputs: from, outputs: to }) => tf.tensor2d(kernel, [from, to]))
  const entering: tf.Tensor2D[] = []
  const gates: tf.Tensor2D[] = []
  let activation = tf.tensor2d(inputs, [rows, features])
  let logits = activation
  layers.forEach(({ bias }, i) => {
    entering.push(activation)
    logits = tf.add(tf.matMul(activation, kernels[i]), tf.tensor1d(bias)) as tf.Tensor2D
    gates.push(tf.step(logits))
    activation = tf.relu(logits)
  })

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
  const loss = tf.sum(tf.mul(share, losses))

  const pieces: tf.Tensor[] = []
  for (let i = layers.length - 1; i >= 0; i--) {
    pieces.unshift(tf.matMul(entering[i], upstream, true, false), tf.matMul(ones, upstream))
    if (i > 0) upstream = tf.mul(tf.matMul(upstream, kernels[i], false, true), gates[i - 1])
  }
  return tf.concat1d([loss, ...pieces].map((piece) => tf.reshape(piece, [piece.size])))
}
