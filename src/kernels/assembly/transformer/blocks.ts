// One event through the blocks and back. Rows are tokens; what the way back needs stays in the block's own memory.

import { attendAny, attendAnyBack } from './attention-any'
import { attendFour, attendFourBack } from './attention-four'
import { gelu, multiply } from './functions'
import { layerNorm, layerNormBack } from './norm'
import * as plan from './plan'
import { at, attended, headSize, heads, hidden, ofBlock, rows, toGradient, tokens, width } from './plan'
import { addColumnSums, dense, denseAdded, transpose, transposedAdded } from './products'

/** Transposed copies of the matrices, for the way back. */
export function transposeMatrices(): void {
  const narrow: usize = <usize>width << 2
  const wide: usize = <usize>attended << 2
  const most: usize = <usize>hidden << 2
  for (let b = 0; b < plan.blocks; b++) {
    transpose(ofBlock(b, plan.QKV), 3 * wide, width, 3 * attended, ofBlock(b, plan.QKV_TRANSPOSED), narrow)
    transpose(ofBlock(b, plan.OUTPUT), narrow, attended, width, ofBlock(b, plan.OUTPUT_TRANSPOSED), wide)
    transpose(ofBlock(b, plan.HIDDEN), most, width, hidden, ofBlock(b, plan.HIDDEN_TRANSPOSED), narrow)
    transpose(ofBlock(b, plan.PROJECT), narrow, hidden, width, ofBlock(b, plan.PROJECT_TRANSPOSED), most)
  }
}

/**
 * @param values  [tokens] of the event
 * @param masked  [tokens] bytes, or 0 for none
 */
function embed(values: usize, masked: usize): void {
  const row: usize = <usize>width << 2
  let x = at(plan.STREAM)
  let direction = at(plan.EMBEDDING)
  let bias = at(plan.EMBEDDING_BIAS)
  const mask = at(plan.MASK)
  for (let j = 0; j < tokens; j++) {
    if (masked && load<u8>(masked + <usize>j))
      for (let c: usize = 0; c < row; c += 16) v128.store(x + c, f32x4.add(v128.load(mask + c), v128.load(bias + c)))
    else {
      const value = v128.load32_splat(values + (<usize>j << 2))
      for (let c: usize = 0; c < row; c += 16)
        v128.store(x + c, f32x4.add(f32x4.mul(value, v128.load(direction + c)), v128.load(bias + c)))
    }
    x += row
    direction += row
    bias += row
  }
  memory.fill(x, 0, <usize>(rows - tokens) * row)
}

function embedBack(values: usize, masked: usize): void {
  const row: usize = <usize>width << 2
  let d = at(plan.D_STREAM)
  let direction = at(plan.EMBEDDING) + toGradient
  let bias = at(plan.EMBEDDING_BIAS) + toGradient
  const mask = at(plan.MASK) + toGradient
  for (let j = 0; j < tokens; j++) {
    for (let c: usize = 0; c < row; c += 16) v128.store(bias + c, f32x4.add(v128.load(bias + c), v128.load(d + c)))
    if (masked && load<u8>(masked + <usize>j))
      for (let c: usize = 0; c < row; c += 16) v128.store(mask + c, f32x4.add(v128.load(mask + c), v128.load(d + c)))
    else {
      const value = v128.load32_splat(values + (<usize>j << 2))
      for (let c: usize = 0; c < row; c += 16)
        v128.store(direction + c, f32x4.add(v128.load(direction + c), f32x4.mul(value, v128.load(d + c))))
    }
    d += row
    direction += row
    bias += row
  }
}

/** Bytes of the attention of one head. */
// @ts-ignore: decorator
@inline
function attentionBytes(): usize {
  return headSize == 4 ? <usize>(rows * tokens) << 2 : <usize>(rows * rows) << 2
}

/** Tokens after the final layer norm lie at OUT, [rows, width]. */
export function forward(values: usize, masked: usize): void {
  const narrow: usize = <usize>width << 2
  const wide: usize = <usize>attended << 2
  const most: usize = <usize>hidden << 2
  const x = at(plan.STREAM)
  embed(values, masked)
  for (let b = 0; b < plan.blocks; b++) {
    const entering = ofBlock(b, plan.ENTERING_1)
    const qkv = ofBlock(b, plan.QKV_ROWS)
    const mixed = ofBlock(b, plan.MIXED)
    layerNorm(x, ofBlock(b, plan.GAIN_1), ofBlock(b, plan.BIAS_1), entering, ofBlock(b, plan.NORMALISED_1), ofBlock(b, plan.DEVIATION_1))
    dense(entering, narrow, width, ofBlock(b, plan.QKV), 3 * wide, qkv, 3 * wide, rows, 3 * attended, ofBlock(b, plan.QKV_BIAS))
    for (let h = 0; h < heads; h++) {
      const column = <usize>(h * headSize) << 2
      const weights = ofBlock(b, plan.ATTENTION) + <usize>h * attentionBytes()
      const sums = ofBlock(b, plan.SUMS) + (<usize>(h * rows) << 2)
      if (headSize == 4) attendFour(qkv + column, at(plan.KEY_VALUES), weights, sums, mixed + column)
      else attendAny(qkv + column, at(plan.KEY_VALUES), weights, mixed + column)
    }
    denseAdded(mixed, wide, attended, ofBlock(b, plan.OUTPUT), narrow, x, narrow, rows, width, ofBlock(b, plan.OUTPUT_BIAS))
    const entering2 = ofBlock(b, plan.ENTERING_2)
    const activated = ofBlock(b, plan.ACTIVATED)
    layerNorm(x, ofBlock(b, plan.GAIN_2), ofBlock(b, plan.BIAS_2), entering2, ofBlock(b, plan.NORMALISED_2), ofBlock(b, plan.DEVIATION_2))
    dense(entering2, narrow, width, ofBlock(b, plan.HIDDEN), most, activated, most, rows, hidden, ofBlock(b, plan.HIDDEN_BIAS))
    gelu(rows * hidden, activated, ofBlock(b, plan.SLOPES))
    denseAdded(activated, most, hidden, ofBlock(b, plan.PROJECT), narrow, x, narrow, rows, width, ofBlock(b, plan.PROJECT_BIAS))
  }
  layerNorm(x, at(plan.NORM_GAIN), at(plan.NORM_BIAS), at(plan.OUT), at(plan.OUT_NORMALISED), at(plan.OUT_DEVIATION))
}

/** Adds the gradients of all parameters; D_STREAM holds the gradient by OUT, zero in rows of the padding. */
export function backward(values: usize, masked: usize): void {
  const narrow: usize = <usize>width << 2
  const wide: usize = <usize>attended << 2
  const most: usize = <usize>hidden << 2
  const d = at(plan.D_STREAM)
  const dRows = at(plan.D_ROWS)
  const dHidden = at(plan.D_HIDDEN)
  const dQkv = at(plan.D_QKV)
  const dMixed = at(plan.D_MIXED)
  layerNormBack(d, at(plan.NORM_GAIN), at(plan.NORM_BIAS), at(plan.OUT_NORMALISED), at(plan.OUT_DEVIATION), 0)
  for (let b = plan.blocks - 1; b >= 0; b--) {
    const activated = ofBlock(b, plan.ACTIVATED)
    transposedAdded(activated, most, rows, d, narrow, ofBlock(b, plan.PROJECT) + toGradient, narrow, hidden, width)
    addColumnSums(d, rows, width, ofBlock(b, plan.PROJECT_BIAS) + toGradient)
    dense(d, narrow, width, ofBlock(b, plan.PROJECT_TRANSPOSED), most, dHidden, most, rows, hidden, 0)
    multiply(rows * hidden, dHidden, ofBlock(b, plan.SLOPES))
    transposedAdded(ofBlock(b, plan.ENTERING_2), narrow, rows, dHidden, most, ofBlock(b, plan.HIDDEN) + toGradient, most, width, hidden)
    addColumnSums(dHidden, rows, hidden, ofBlock(b, plan.HIDDEN_BIAS) + toGradient)
    dense(dHidden, most, hidden, ofBlock(b, plan.HIDDEN_TRANSPOSED), narrow, dRows, narrow, rows, width, 0)
    layerNormBack(dRows, ofBlock(b, plan.GAIN_2), ofBlock(b, plan.BIAS_2), ofBlock(b, plan.NORMALISED_2), ofBlock(b, plan.DEVIATION_2), d)
    // dRows is now the gradient by the stream between the two halves of the block.
    const mixed = ofBlock(b, plan.MIXED)
    transposedAdded(mixed, wide, rows, dRows, narrow, ofBlock(b, plan.OUTPUT) + toGradient, narrow, attended, width)
    addColumnSums(dRows, rows, width, ofBlock(b, plan.OUTPUT_BIAS) + toGradient)
    dense(dRows, narrow, width, ofBlock(b, plan.OUTPUT_TRANSPOSED), wide, dMixed, wide, rows, attended, 0)
    const qkv = ofBlock(b, plan.QKV_ROWS)
    for (let h = 0; h < heads; h++) {
      const column = <usize>(h * headSize) << 2
      const weights = ofBlock(b, plan.ATTENTION) + <usize>h * attentionBytes()
      const sums = ofBlock(b, plan.SUMS) + (<usize>(h * rows) << 2)
      if (headSize == 4)
        attendFourBack(qkv + column, at(plan.KEY_VALUES), weights, sums, mixed + column, dMixed + column, at(plan.SCORES), at(plan.D_KEY_VALUES), dQkv + column)
      else attendAnyBack(qkv + column, at(plan.KEY_VALUES), weights, dMixed + column, at(plan.SCORES), dQkv + column)
    }
    transposedAdded(ofBlock(b, plan.ENTERING_1), narrow, rows, dQkv, 3 * wide, ofBlock(b, plan.QKV) + toGradient, 3 * wide, width, 3 * attended)
    addColumnSums(dQkv, rows, 3 * attended, ofBlock(b, plan.QKV_BIAS) + toGradient)
    dense(dQkv, 3 * wide, 3 * attended, ofBlock(b, plan.QKV_TRANSPOSED), narrow, d, narrow, rows, width, 0)
    layerNormBack(d, ofBlock(b, plan.GAIN_1), ofBlock(b, plan.BIAS_1), ofBlock(b, plan.NORMALISED_1), ofBlock(b, plan.DEVIATION_1), dRows)
  }
  embedBack(values, masked)
}
