// The two heads on the tokens after the final layer norm, their losses, and the gradient by those tokens in D_STREAM.

import { sum4 } from './functions'
import * as plan from './plan'
import { at, classes, rows, toGradient, tokens, width } from './plan'

const HUBER: f32 = 3

/** Logits at LOGITS; the head's matrix is [classes, rows x width]. */
export function classify(): void {
  const size: usize = <usize>(rows * width) << 2
  const out = at(plan.OUT)
  let kernel = at(plan.CLASSES)
  for (let k: usize = 0; k < <usize>classes; k++) {
    let a = f32x4.splat(0)
    let b = a
    let i: usize = 0
    // Rows come in fours: an even number of groups.
    for (; i < size; i += 32) {
      a = f32x4.add(a, f32x4.mul(v128.load(out + i), v128.load(kernel + i)))
      b = f32x4.add(b, f32x4.mul(v128.load(out + i, 16), v128.load(kernel + i, 16)))
    }
    store<f32>(at(plan.LOGITS) + (k << 2), sum4(f32x4.add(a, b)) + load<f32>(at(plan.CLASSES_BIAS) + (k << 2)))
    kernel += size
  }
}

/**
 * @param weight  of the event
 * @param share   of the event in the mean loss: weight / sum of weights
 * @returns       weight x cross-entropy
 */
export function classLoss(label: i32, weight: f64, share: f64): f64 {
  const logits = at(plan.LOGITS)
  let highest: f32 = load<f32>(logits)
  for (let k: usize = 1; k < <usize>classes; k++) highest = max<f32>(highest, load<f32>(logits + (k << 2)))
  let total = 0.0
  for (let k: usize = 0; k < <usize>classes; k++) total += Math.exp(<f64>load<f32>(logits + (k << 2)) - <f64>highest)
  const loss = weight * (Math.log(total) + <f64>highest - <f64>load<f32>(logits + (<usize>label << 2)))
  if (share < 0) return loss
  const size: usize = <usize>(rows * width) << 2
  const out = at(plan.OUT)
  const d = at(plan.D_STREAM)
  memory.fill(d, 0, size)
  for (let k: usize = 0; k < <usize>classes; k++) {
    const p = Math.exp(<f64>load<f32>(logits + (k << 2)) - <f64>highest) / total
    const g = <f32>((p - (k == <usize>label ? 1.0 : 0.0)) * share)
    const toBias = at(plan.CLASSES_BIAS) + toGradient + (k << 2)
    store<f32>(toBias, load<f32>(toBias) + g)
    const kernel = at(plan.CLASSES) + k * size
    const toKernel = kernel + toGradient
    const spread = f32x4.splat(g)
    for (let i: usize = 0; i < size; i += 16) {
      v128.store(d + i, f32x4.add(v128.load(d + i), f32x4.mul(spread, v128.load(kernel + i))))
      v128.store(toKernel + i, f32x4.add(v128.load(toKernel + i), f32x4.mul(spread, v128.load(out + i))))
    }
  }
  clearPadding(d)
  return loss
}

/** A token of the padding is no token, although the layer norm gives it a bias. */
function clearPadding(d: usize): void {
  const row: usize = <usize>width << 2
  memory.fill(d + <usize>tokens * row, 0, <usize>(rows - tokens) * row)
}

// @ts-ignore: decorator
@inline
function reconstructed(row: usize): f32 {
  const kernel = at(plan.RECONSTRUCTION)
  let sum = f32x4.splat(0)
  for (let c: usize = 0; c < <usize>width << 2; c += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(row + c), v128.load(kernel + c)))
  return sum4(sum) + load<f32>(at(plan.RECONSTRUCTION_BIAS))
}

/** Every token's own scalar, [tokens]. */
export function reconstruct(to: usize): void {
  for (let j: usize = 0; j < <usize>tokens; j++)
    store<f32>(to + (j << 2), reconstructed(at(plan.OUT) + j * (<usize>width << 2)))
}

/**
 * @param share  of a scalar in the mean loss, or below 0 for no gradient
 * @returns      sum of the losses of masked filled scalars
 */
export function reconstructionLoss(values: usize, masked: usize, filled: usize, share: f32): f64 {
  const row: usize = <usize>width << 2
  const kernel = at(plan.RECONSTRUCTION)
  const toKernel = kernel + toGradient
  const toBias = at(plan.RECONSTRUCTION_BIAS) + toGradient
  let out = at(plan.OUT)
  let d = at(plan.D_STREAM)
  if (share >= 0) memory.fill(d, 0, <usize>rows * row)
  let loss = 0.0
  for (let j: usize = 0; j < <usize>tokens; j++) {
    if (load<u8>(masked + j) & load<u8>(filled + j)) {
      const residual = reconstructed(out) - load<f32>(values + (j << 2))
      const size = abs<f32>(residual)
      loss += <f64>(size <= HUBER ? residual * residual : HUBER * (2 * size - HUBER))
      if (share >= 0) {
        // A residual that is not a number stays one.
        const bounded: f32 = residual > HUBER ? HUBER : residual < -HUBER ? -HUBER : residual
        const g: f32 = 2 * bounded * share
        const spread = f32x4.splat(g)
        store<f32>(toBias, load<f32>(toBias) + g)
        for (let c: usize = 0; c < row; c += 16) {
          v128.store(d + c, f32x4.mul(spread, v128.load(kernel + c)))
          v128.store(toKernel + c, f32x4.add(v128.load(toKernel + c), f32x4.mul(spread, v128.load(out + c))))
        }
      }
    }
    out += row
    d += row
  }
  return loss
}
