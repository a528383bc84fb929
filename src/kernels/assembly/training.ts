// One call per batch: gradient of a loss over rows of a table, left beside the parameters for the optimiser.

import { contrastiveLoss } from './contrastive'
import { headLoss, weightSum, writePredictions } from './heads'
import { CHUNK, anyBatchNorm, layerAt, layerCount } from './network'
import { backward, beginGradient, forward, loadRows } from './passes'

/**
 * @param table      inputs [n, features] f32
 * @param key        of this step's dropout
 * @returns          mean loss; NaN where a latent is not finite
 */
export function contrastiveGradient(
  kind: i32,
  table: usize,
  labels: usize,
  rows: i32,
  setting: f32,
  key: u32,
): f64 {
  beginGradient()
  if (rows == 0) return 0
  loadRows(table, 0, 0, rows, 0)
  if (anyBatchNorm) forward(0, rows, true, key, 0)
  else for (let row = 0; row < rows; row += CHUNK) forward(row, min(CHUNK, rows - row), true, key, 0)
  const loss = contrastiveLoss(kind, rows, labels, setting)
  if (isNaN(loss)) return loss
  if (anyBatchNorm) backward(0, rows)
  else for (let row = 0; row < rows; row += CHUNK) backward(row, min(CHUNK, rows - row))
  return loss
}

/**
 * Weighted mean loss of a batch and its gradient. Without batch norm the activations of one chunk are all that is
 * kept (see passes.ts).
 *
 * @param indices  rows of the batch, i32, or 0: the first `rows` of the table
 * @param byRows   true: divide by the number of rows instead of the sum of weights
 */
export function regressionGradient(
  kind: i32,
  table: usize,
  targets: usize,
  weights: usize,
  indices: usize,
  rows: i32,
  byRows: bool,
  key: u32,
): f64 {
  beginGradient()
  const weight = byRows ? <f64>rows : weightSum(weights, indices, 0, rows)
  if (rows == 0 || weight == 0) return 0
  const share = <f32>(1 / weight)
  if (anyBatchNorm) {
    loadRows(table, indices, 0, rows, 0)
    forward(0, rows, true, key, 0)
    const loss = headLoss(kind, targets, weights, indices, 0, 0, rows, share)
    backward(0, rows)
    return loss / weight
  }
  let loss = 0.0
  for (let from = 0; from < rows; from += CHUNK) {
    const count = min(CHUNK, rows - from)
    loadRows(table, indices, from, count, 0)
    forward(0, count, true, key, from)
    loss += headLoss(kind, targets, weights, indices, from, 0, count, share)
    backward(0, count)
  }
  return loss / weight
}

/** Sum of weighted losses with moving statistics and without dropout: for validation. Divide by weightSum. */
export function regressionLoss(
  kind: i32,
  table: usize,
  targets: usize,
  weights: usize,
  indices: usize,
  rows: i32,
): f64 {
  let loss = 0.0
  for (let from = 0; from < rows; from += CHUNK) {
    const count = min(CHUNK, rows - from)
    loadRows(table, indices, from, count, 0)
    forward(0, count, false, 0, 0)
    loss += headLoss(kind, targets, weights, indices, from, 0, count, 0)
  }
  return loss
}

/** Outputs [rows, units] of the first `rows` of the table, moving statistics, no dropout. */
export function predict(table: usize, rows: i32, units: i32, to: usize): void {
  for (let from = 0; from < rows; from += CHUNK) {
    const count = min(CHUNK, rows - from)
    loadRows(table, 0, from, count, 0)
    forward(0, count, false, 0, 0)
    writePredictions(0, count, to + <usize>from * ((<usize>units) << 2))
  }
}

// A loss of one's own on the outputs: begin, then for every CHUNK rows at most forwardRows, write a gradient beside the
// outputs, backwardRows. Only without batch norm.

/** @param training  dropout on */
export function forwardRows(
  table: usize,
  indices: usize,
  from: i32,
  rows: i32,
  training: bool,
  key: u32,
): void {
  loadRows(table, indices, from, rows, 0)
  forward(0, rows, training, key, from)
}

export function backwardRows(rows: i32): void {
  backward(0, rows)
}

/** Gradient by the outputs, of as many columns as these; padding rows and columns must be zero. */
export function outputGradientAddress(): usize {
  return layerAt(layerCount - 1).outputGradient
}
