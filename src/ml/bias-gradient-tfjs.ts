import * as tf from '@tensorflow/tfjs-core'
import type { BiasBlock, EncoderParameters } from './encoder-parameters.ts'
import type { LossSettings } from './losses/contrastive-loss.ts'
import { contrastiveLossOnTensors } from './losses/contrastive-loss-tfjs.ts'

interface Tape {
  input: tf.Tensor2D
  kernel: tf.Tensor2D
  /** 1 (or 1/keep) where the unit passes, else 0. */
  gate: tf.Tensor2D
}

/**
 * Loss and gradient of an encoder without batch norm, of a deep set too, as tensors on the current backend. Call inside
 * tf.tidy.
 *
 * @param masks  dropout per block, or null for none; none in a deep set
 * @returns      [1 + trainable]: the loss, then the gradient in the order of EncoderParameters.flat
 */
export function biasGradientOnTensors(
  { architecture, biasBlocks, output }: EncoderParameters,
  settings: LossSettings,
  x: Float32Array, // [rows, features]
  labels: Int32Array,
  masks: (Float32Array | null)[],
): tf.Tensor1D {
  const rows = labels.length
  const { pool, features } = architecture
  const items = pool?.items ?? 1
  const pooledAfter = pool ? pool.widths.length : -1
  const tapes: Tape[] = []
  const kernelOf = ({ kernel, inputs, outputs }: BiasBlock) => tf.tensor2d(kernel, [inputs, outputs])
  let activation = tf.tensor2d(x, [rows * items, features / items])
  biasBlocks.forEach((block, i) => {
    if (i === pooledAfter) activation = meanOfItems(activation, rows, items)
    const kernel = kernelOf(block)
    const shifted = tf.add(tf.matMul(activation, kernel), tf.tensor1d(block.bias))
    let gate = tf.step(shifted) as tf.Tensor2D
    const mask = pool ? null : masks[i]
    if (mask) gate = tf.mul(gate, tf.tensor2d(mask, [rows, block.outputs]))
    tapes.push({ input: activation, kernel, gate })
    activation = tf.mul(shifted, gate) as tf.Tensor2D
  })
  if (biasBlocks.length === pooledAfter) activation = meanOfItems(activation, rows, items)

  const kernel = kernelOf(output)
  const z = tf.add(tf.matMul(activation, kernel), tf.tensor1d(output.bias)) as tf.Tensor2D
  const { value, gradient } = contrastiveLossOnTensors(settings, z, labels)
  const pieces: tf.Tensor[] = [tf.matMul(activation, gradient, true, false), columnSums(gradient)]
  let upstream: tf.Tensor2D = tf.matMul(gradient, kernel, false, true)
  for (let i = tapes.length - 1; i >= 0; i--) {
    if (i + 1 === pooledAfter) upstream = spreadOverItems(upstream, items)
    const tape = tapes[i]
    const slope = tf.mul(upstream, tape.gate) as tf.Tensor2D
    pieces.unshift(tf.matMul(tape.input, slope, true, false), columnSums(slope))
    if (i > 0) upstream = tf.matMul(slope, tape.kernel, false, true)
  }
  return tf.concat1d([value, ...pieces].map((piece) => tf.reshape(piece, [piece.size]) as tf.Tensor1D))
}

/** As a product with a row of ones: a fast kernel on every backend. */
const columnSums = (a: tf.Tensor2D): tf.Tensor => tf.matMul(tf.ones([1, a.shape[0]]), a)

const meanOfItems = (a: tf.Tensor2D, rows: number, items: number): tf.Tensor2D =>
  tf.mean(tf.reshape(a, [rows, items, a.shape[1]]), 1) as tf.Tensor2D

function spreadOverItems(slope: tf.Tensor2D, items: number): tf.Tensor2D {
  const [rows, width] = slope.shape
  const each = tf.reshape(tf.div(slope, items), [rows, 1, width])
  return tf.reshape(tf.tile(each, [1, items, 1]), [rows * items, width])
}
