// Batch norm over the rows of a pass (Ioffe, Szegedy 1502.03167), fused with the activation that follows. Columns go
// in groups of eight; long sums are made of sums over 64 rows, so that rounding grows with 64 + rows / 64.

import { add, atLeast, bytesOf, div, mul, multiplyAdd, root, second, splat, storeSecond, sub } from './lanes'
import { Layer, RELU, gradientOf } from './network'

const BLOCK: i32 = 64

// @ts-ignore: decorator
@inline
function statistics<V>(layer: Layer, rows: i32): void {
  const stride = <usize>layer.unitColumns << 2
  const share = splat<V>(<f32>1 / <f32>rows)
  for (let column: usize = 0; column < stride; column += bytesOf<V>()) {
    let sum = splat<V>(0)
    let p = layer.normalised + column
    for (let row = 0; row < rows; ) {
      const end = min(row + BLOCK, rows)
      let part = splat<V>(0)
      for (; row < end; row++) {
        part = add<V>(part, load<V>(p))
        p += stride
      }
      sum = add<V>(sum, part)
    }
    const mean = mul<V>(sum, share)
    let squares = splat<V>(0)
    p = layer.normalised + column
    for (let row = 0; row < rows; ) {
      const end = min(row + BLOCK, rows)
      let part = splat<V>(0)
      for (; row < end; row++) {
        const d = sub<V>(load<V>(p), mean)
        part = multiplyAdd<V>(d, d, part)
        p += stride
      }
      squares = add<V>(squares, part)
    }
    store<V>(layer.batchMean + column, mean)
    store<V>(layer.batchVariance + column, mul<V>(squares, share))
  }
}

// @ts-ignore: decorator
@inline
function activated<V>(relu: bool, x: V): V {
  return relu ? atLeast<V>(x, splat<V>(0)) : x
}

// @ts-ignore: decorator
@inline
function normalise<V>(relu: bool, layer: Layer, rows: i32, epsilon: f32): void {
  const stride = <usize>layer.unitColumns << 2
  const step: usize = 2 * bytesOf<V>()
  const one = splat<V>(1)
  const eps = splat<V>(epsilon)
  for (let column: usize = 0; column < stride; column += step) {
    const mean0 = load<V>(layer.batchMean + column)
    const mean1 = second<V>(layer.batchMean + column)
    const inverse0 = div<V>(one, root<V>(add<V>(load<V>(layer.batchVariance + column), eps)))
    const inverse1 = div<V>(one, root<V>(add<V>(second<V>(layer.batchVariance + column), eps)))
    const gamma0 = load<V>(layer.gamma + column)
    const gamma1 = second<V>(layer.gamma + column)
    const beta0 = load<V>(layer.beta + column)
    const beta1 = second<V>(layer.beta + column)
    let from = layer.normalised + column
    let to = layer.output + column
    for (let row = 0; row < rows; row++) {
      const x0 = mul<V>(sub<V>(load<V>(from), mean0), inverse0)
      const x1 = mul<V>(sub<V>(second<V>(from), mean1), inverse1)
      store<V>(from, x0)
      storeSecond<V>(from, x1)
      store<V>(to, activated<V>(relu, multiplyAdd<V>(gamma0, x0, beta0)))
      storeSecond<V>(to, activated<V>(relu, multiplyAdd<V>(gamma1, x1, beta1)))
      from += stride
      to += stride
    }
  }
}

/** From `normalised`, holding the layer's products, to `output`, with statistics of these rows (0 to rows). */
export function batchNormForward(layer: Layer, rows: i32, epsilon: f32): void {
  const relu = layer.activation == RELU
  if (ASC_FEATURE_SIMD) {
    statistics<v128>(layer, rows)
    if (relu) normalise<v128>(true, layer, rows, epsilon)
    else normalise<v128>(false, layer, rows, epsilon)
  } else {
    statistics<f32>(layer, rows)
    normalise<f32>(relu, layer, rows, epsilon)
  }
  // Rows that only fill up a tile: zero, so that a batch with NaN leaves nothing behind in them.
  const stride = <usize>layer.unitColumns << 2
  const padded = (rows + 3) & ~3
  memory.fill(layer.output + <usize>rows * stride, 0, <usize>(padded - rows) * stride)
}

// @ts-ignore: decorator
@inline
function shiftAndScale<V>(relu: bool, layer: Layer, first: i32, rows: i32, epsilon: f32): void {
  const stride = <usize>layer.unitColumns << 2
  const eps = splat<V>(epsilon)
  for (let column: usize = 0; column < stride; column += bytesOf<V>()) {
    const variance = load<V>(layer.movingVariance + column)
    const scale = div<V>(load<V>(layer.gamma + column), root<V>(add<V>(variance, eps)))
    const shift = sub<V>(load<V>(layer.beta + column), mul<V>(load<V>(layer.movingMean + column), scale))
    let p = layer.output + <usize>first * stride + column
    for (let row = 0; row < rows; row++) {
      store<V>(p, activated<V>(relu, multiplyAdd<V>(scale, load<V>(p), shift)))
      p += stride
    }
  }
}

/** In place on `output`, with the moving statistics: inference. */
export function batchNormInference(layer: Layer, first: i32, rows: i32, epsilon: f32): void {
  const relu = layer.activation == RELU
  if (ASC_FEATURE_SIMD) shiftAndScale<v128>(relu, layer, first, rows, epsilon)
  else shiftAndScale<f32>(relu, layer, first, rows, epsilon)
}

// @ts-ignore: decorator
@inline
function backward<V>(layer: Layer, rows: i32, epsilon: f32): void {
  const stride = <usize>layer.unitColumns << 2
  const share = splat<V>(<f32>1 / <f32>rows)
  for (let column: usize = 0; column < stride; column += bytesOf<V>()) {
    let sum = splat<V>(0)
    let products = splat<V>(0)
    let g = layer.outputGradient + column
    let x = layer.normalised + column
    for (let row = 0; row < rows; ) {
      const end = min(row + BLOCK, rows)
      let partSum = splat<V>(0)
      let partProducts = splat<V>(0)
      for (; row < end; row++) {
        const d = load<V>(g)
        partSum = add<V>(partSum, d)
        partProducts = multiplyAdd<V>(d, load<V>(x), partProducts)
        g += stride
        x += stride
      }
      sum = add<V>(sum, partSum)
      products = add<V>(products, partProducts)
    }
    store<V>(gradientOf(layer.beta) + column, sum)
    store<V>(gradientOf(layer.gamma) + column, products)
    const variance = load<V>(layer.batchVariance + column)
    const scale = div<V>(load<V>(layer.gamma + column), root<V>(add<V>(variance, splat<V>(epsilon))))
    const mean = mul<V>(sum, share)
    const slope = mul<V>(products, share)
    g = layer.outputGradient + column
    x = layer.normalised + column
    for (let row = 0; row < rows; row++) {
      const centred = sub<V>(sub<V>(load<V>(g), mean), mul<V>(load<V>(x), slope))
      store<V>(g, mul<V>(scale, centred))
      g += stride
      x += stride
    }
  }
}

/** Turns `outputGradient` from the gradient by the norm's result into that by its argument; sets those of gamma, beta. */
export function batchNormBackward(layer: Layer, rows: i32, epsilon: f32): void {
  if (ASC_FEATURE_SIMD) backward<v128>(layer, rows, epsilon)
  else backward<f32>(layer, rows, epsilon)
}

/** moving += share (batch - moving), population variance. share = 1 - momentum as others name it. */
export function updateMovingStatistics(layer: Layer, share: f32): void {
  const bytes = <usize>layer.unitColumns << 3 // mean and variance lie side by side
  for (let i: usize = 0; i < bytes; i += 4) {
    const old = load<f32>(layer.movingMean + i)
    store<f32>(layer.movingMean + i, old - (old - load<f32>(layer.batchMean + i)) * share)
  }
}
