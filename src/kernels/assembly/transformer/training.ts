// Events of a batch one after the other: memory is that of one event, whatever the batch.

import { backward, forward, transposeMatrices } from './blocks'
import { classify, classLoss, reconstruct, reconstructionLoss } from './heads'
import * as plan from './plan'
import { at, classes, tokens, width } from './plan'

export let reconstructionSum: f64 = 0
export let classificationSum: f64 = 0

/** Clears gradient and sums; after every change of the parameters. */
export function beginGradient(gradient: usize, bytes: usize): void {
  memory.fill(gradient, 0, bytes)
  reconstructionSum = 0
  classificationSum = 0
  transposeMatrices()
}

/**
 * Reconstruction from the masked copy of each event: adds to the gradient and to reconstructionSum.
 *
 * @param values         [events, tokens] f32
 * @param filled, masked [events, tokens] bytes
 * @param share          1 / scalars of the whole batch, or below 0 for losses alone
 */
export function learnReconstruction(events: i32, values: usize, filled: usize, masked: usize, share: f32): void {
  for (let i = 0; i < events; i++) {
    const cell = <usize>(i * tokens)
    const x = values + (cell << 2)
    forward(x, masked + cell)
    reconstructionSum += reconstructionLoss(x, masked + cell, filled + cell, share)
    if (share >= 0) backward(x, masked + cell)
  }
}

/**
 * Classification from the unmasked copy.
 *
 * @param labels   [events] bytes
 * @param weights  [events] f32
 * @param share    1 / sum of weights of the whole batch, or below 0 for losses alone
 */
export function learnClasses(events: i32, values: usize, labels: usize, weights: usize, share: f64): void {
  for (let i = 0; i < events; i++) {
    const x = values + (<usize>(i * tokens) << 2)
    const weight = <f64>load<f32>(weights + (<usize>i << 2))
    forward(x, 0)
    classify()
    classificationSum += classLoss(load<u8>(labels + <usize>i), weight, share < 0 ? share : weight * share)
    if (share >= 0) backward(x, 0)
  }
}

/**
 * Outputs without a gradient; each may be 0 for not wanted.
 *
 * @param masked    [events, tokens] bytes, or 0
 * @param logits    [events, classes]
 * @param scalars   [events, tokens]
 * @param features  [events, tokens x width]: tokens after the final layer norm
 * @param columns   width without the padding
 */
export function predict(events: i32, values: usize, masked: usize, logits: usize, scalars: usize, features: usize, columns: i32): void {
  for (let i = 0; i < events; i++) {
    const cell = <usize>(i * tokens)
    forward(values + (cell << 2), masked ? masked + cell : 0)
    if (logits) {
      classify()
      memory.copy(logits + (<usize>(i * classes) << 2), at(plan.LOGITS), <usize>classes << 2)
    }
    if (scalars) reconstruct(scalars + (cell << 2))
    if (features)
      for (let j: usize = 0; j < <usize>tokens; j++)
        memory.copy(features + (((cell + j) * <usize>columns) << 2), at(plan.OUT) + j * (<usize>width << 2), <usize>columns << 2)
  }
}
