// Layer norm (Ba, Kiros, Hinton 1607.06450) of each token. Columns of the padding stay zero by the mask.

import { sum4 } from './functions'
import { columnMask, perColumn, rows, toGradient, width } from './plan'

const EPSILON: f32 = 1e-5

export function layerNorm(x: usize, gain: usize, bias: usize, out: usize, normalised: usize, deviations: usize): void {
  const row: usize = <usize>width << 2
  for (let j = 0; j < rows; j++) {
    let sum = f32x4.splat(0)
    for (let c: usize = 0; c < row; c += 16) sum = f32x4.add(sum, v128.load(x + c))
    const mean = f32x4.splat(sum4(sum) * perColumn)
    let squares = f32x4.splat(0)
    for (let c: usize = 0; c < row; c += 16) {
      const centred = f32x4.mul(f32x4.sub(v128.load(x + c), mean), v128.load(columnMask + c))
      v128.store(normalised + c, centred)
      squares = f32x4.add(squares, f32x4.mul(centred, centred))
    }
    const inverse: f32 = <f32>1 / sqrt<f32>(sum4(squares) * perColumn + EPSILON)
    store<f32>(deviations, inverse)
    const scale = f32x4.splat(inverse)
    for (let c: usize = 0; c < row; c += 16) {
      const n = f32x4.mul(v128.load(normalised + c), scale)
      v128.store(normalised + c, n)
      v128.store(out + c, f32x4.add(f32x4.mul(n, v128.load(gain + c)), v128.load(bias + c)))
    }
    x += row
    out += row
    normalised += row
    deviations += 4
  }
}

/** Adds the gradients of gain and bias; d becomes the gradient by what entered, `added` is added to it. */
export function layerNormBack(d: usize, gain: usize, bias: usize, normalised: usize, deviations: usize, added: usize): void {
  const row: usize = <usize>width << 2
  const toGain = gain + toGradient
  const toBias = bias + toGradient
  for (let j = 0; j < rows; j++) {
    let mean = f32x4.splat(0)
    let slope = mean
    for (let c: usize = 0; c < row; c += 16) {
      const g = v128.load(d + c)
      const n = v128.load(normalised + c)
      v128.store(toGain + c, f32x4.add(v128.load(toGain + c), f32x4.mul(g, n)))
      v128.store(toBias + c, f32x4.add(v128.load(toBias + c), g))
      const byNormalised = f32x4.mul(g, v128.load(gain + c))
      mean = f32x4.add(mean, byNormalised)
      slope = f32x4.add(slope, f32x4.mul(byNormalised, n))
    }
    const m = f32x4.splat(sum4(mean) * perColumn)
    const s = f32x4.splat(sum4(slope) * perColumn)
    const inverse = v128.load32_splat(deviations)
    for (let c: usize = 0; c < row; c += 16) {
      const byNormalised = f32x4.mul(v128.load(d + c), v128.load(gain + c))
      const centred = f32x4.sub(f32x4.sub(byNormalised, m), f32x4.mul(v128.load(normalised + c), s))
      const back = f32x4.mul(f32x4.mul(centred, inverse), v128.load(columnMask + c))
      v128.store(d + c, added ? f32x4.add(back, v128.load(added + c)) : back)
    }
    d += row
    normalised += row
    deviations += 4
    if (added) added += row
  }
}
