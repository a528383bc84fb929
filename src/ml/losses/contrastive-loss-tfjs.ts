import * as tf from '@tensorflow/tfjs-core'
import type { LossSettings } from './contrastive-loss.ts'
import { minimumSquaredDistance, pairWeights } from './pair-loss.ts'
import { minimumNorm, sameLabelCounts } from './supervised-contrastive-loss.ts'

export interface TensorLossAndGradient {
  value: tf.Tensor1D // [1]
  gradient: tf.Tensor2D // [rows, dim]
}

/**
 * The losses of contrastive-loss.ts on tensors, with gradients written out: half the kernel calls of a tape, and
 * no registered gradients are needed. Call inside tf.tidy.
 *
 * Masks are products of one-hot matrices: a broadcast tf.equal takes most of the step on the wasm backend.
 */
export function contrastiveLossOnTensors(
  settings: LossSettings,
  z: tf.Tensor2D,
  labels: Int32Array,
): TensorLossAndGradient {
  if (settings.loss === 'pair') return pairOnTensors(z, labels, settings.margin)
  if (settings.loss === 'supcon-euclidean') {
    // Distances do not change with the origin; centring keeps |z|² small against |z_i - z_j|² in float32.
    const centred = tf.sub(z, tf.mean(z, 0, true)) as tf.Tensor2D
    const similarity = tf.neg(squaredDistances(centred)) as tf.Tensor2D
    const { value, slope } = supervisedContrastive(similarity, labels, settings.temperature, 0)
    return { value, gradient: tf.mul(laplacian(slope, centred), -2) }
  }
  const norm = tf.maximum(tf.sqrt(tf.sum(tf.square(z), 1, true)), minimumNorm)
  const unit = tf.div(z, norm) as tf.Tensor2D
  const similarity = tf.matMul(unit, unit, false, true) as tf.Tensor2D
  const { value, slope } = supervisedContrastive(similarity, labels, settings.temperature, 1)
  const pull = tf.matMul(tf.add(slope, tf.transpose(slope)) as tf.Tensor2D, unit)
  const along = tf.sum(tf.mul(pull, unit), 1, true)
  return { value, gradient: tf.div(tf.sub(pull, tf.mul(along, unit)), norm) }
}

/** [rows, rows] from [rows, dim]: |a|² + |b|² - 2ab as one product of augmented matrices, never below zero. */
function squaredDistances(z: tf.Tensor2D): tf.Tensor2D {
  const squares = tf.sum(tf.square(z), 1, true) as tf.Tensor2D
  const ones = tf.onesLike(squares)
  const left = tf.concat2d([tf.mul(z, -2) as tf.Tensor2D, squares, ones], 1)
  const right = tf.concat2d([z, ones, squares], 1)
  return tf.relu(tf.matMul(left, right, false, true))
}

/** Σ_j (w_ij + w_ji)(z_i - z_j) for every i. */
function laplacian(weights: tf.Tensor2D, z: tf.Tensor2D): tf.Tensor2D {
  const both = tf.add(weights, tf.transpose(weights)) as tf.Tensor2D
  const degree = tf.matMul(both, tf.ones([z.shape[0], 1]))
  return tf.sub(tf.mul(degree, z), tf.matMul(both, z))
}

/** value [1] and dL/ds [rows, rows]; `self` is the similarity of a row with itself. */
function supervisedContrastive(
  similarity: tf.Tensor2D,
  labels: Int32Array,
  temperature: number,
  self: number,
): { value: tf.Tensor1D; slope: tf.Tensor2D } {
  const rows = labels.length
  const counts = sameLabelCounts(labels)
  const anchorWeight = new Float32Array(rows)
  const inverseCount = new Float32Array(rows)
  let anchors = 0
  for (const count of counts) if (count > 1) anchors++
  for (let i = 0; i < rows; i++) {
    if (counts[i] < 2) continue
    anchorWeight[i] = 1 / anchors
    inverseCount[i] = 1 / (anchors * (counts[i] - 1))
  }
  const identity = tf.eye(rows)
  const weight = tf.tensor2d(anchorWeight, [rows, 1])
  const { hot, scaled } = oneHot(labels, inverseCount)
  // targets_ij = (anchor weight)/|P(i)| for positives, 0 on the diagonal.
  const targets = tf.sub(
    tf.matMul(scaled, hot, false, true),
    tf.mul(identity, tf.tensor2d(inverseCount, [rows, 1])),
  )
  const s = tf.mul(tf.sub(similarity, tf.mul(identity, self)), 1 / temperature)
  const others = tf.sub(s, tf.mul(identity, 1e30)) as tf.Tensor2D
  const probabilities = tf.softmax(others, 1)
  // log Σ exp from the largest term, whose probability is never small: stable at any temperature.
  const logSum = tf.sub(tf.max(others, 1, true), tf.log(tf.max(probabilities, 1, true)))
  const value = tf.reshape(
    tf.sub(tf.sum(tf.mul(logSum, weight)), sumAll(tf.mul(s, targets))),
    [1],
  ) as tf.Tensor1D
  const slope = tf.mul(tf.sub(tf.mul(probabilities, weight), targets), 1 / temperature) as tf.Tensor2D
  return { value, slope }
}

function pairOnTensors(z: tf.Tensor2D, labels: Int32Array, margin: number): TensorLossAndGradient {
  const rows = labels.length
  const weights = pairWeights(labels)
  const centred = tf.sub(z, tf.mean(z, 0, true)) as tf.Tensor2D
  const squares = squaredDistances(centred)
  const distance = tf.sqrt(tf.maximum(squares, minimumSquaredDistance))
  const { hot } = oneHot(labels, new Float32Array(rows))
  const same = tf.matMul(hot, hot, false, true) // the diagonal has distance 0: it adds nothing
  const different = tf.mul(tf.sub(1, same), weights.different)
  const gap = tf.relu(tf.sub(margin, distance))
  const sameWeight = tf.mul(same, weights.same)
  const value = sumAll(tf.add(tf.mul(sameWeight, squares), tf.mul(different, tf.square(gap))) as tf.Tensor2D)
  // d(M - d)²/d(d²) = -(M - d)/d
  const slope = tf.sub(sameWeight, tf.mul(different, tf.div(gap, distance))) as tf.Tensor2D
  return { value: tf.reshape(value, [1]), gradient: tf.mul(laplacian(slope, centred), 2) }
}

/** Sum row by row, then over rows: one long float32 sum loses digits on the wasm backend. */
function sumAll(x: tf.Tensor): tf.Scalar {
  return tf.sum(tf.sum(x, 1))
}

/** One-hot matrices made in JS: tf.oneHot(…, 'float32') writes integer bits on the wasm backend. */
function oneHot(labels: Int32Array, scale: Float32Array): { hot: tf.Tensor2D; scaled: tf.Tensor2D } {
  const columnOf = new Map<number, number>()
  for (const label of labels) if (!columnOf.has(label)) columnOf.set(label, columnOf.size)
  const columns = columnOf.size
  const hot = new Float32Array(labels.length * columns)
  const scaled = new Float32Array(labels.length * columns)
  labels.forEach((label, i) => {
    const at = i * columns + (columnOf.get(label) ?? 0)
    hot[at] = 1
    scaled[at] = scale[i]
  })
  return {
    hot: tf.tensor2d(hot, [labels.length, columns]),
    scaled: tf.tensor2d(scaled, [labels.length, columns]),
  }
}
