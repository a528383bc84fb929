// Adam (Kingma, Ba 1412.6980) and AdamW (Loshchilov, Hutter 1711.05101) in one pass over the parameters.

import { updateMovingStatistics } from './batch-norm'
import { add, bytesOf, div, flush, mul, root, splat, sub } from './lanes'
import { Layer, layerAt, layerCount, parameters, span } from './network'

/** Sum of squared gradients, in f64: NaN or infinite where any gradient is. */
export function squaredGradientNorm(): f64 {
  const from = parameters + span
  let sum = 0.0
  for (let i: usize = 0; i < span; ) {
    const end = min(i + 4096, span)
    if (ASC_FEATURE_SIMD) {
      let low = f64x2.splat(0)
      let high = low
      for (; i < end; i += 16) {
        const g = v128.load(from + i)
        const a = f64x2.promote_low_f32x4(g)
        const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(g, g, 2, 3, 0, 1))
        low = f64x2.add(low, f64x2.mul(a, a))
        high = f64x2.add(high, f64x2.mul(b, b))
      }
      low = f64x2.add(low, high)
      sum += f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1)
    } else
      for (; i < end; i += 4) {
        const g = <f64>load<f32>(from + i)
        sum += g * g
      }
  }
  return sum
}

// @ts-ignore: decorator
@inline
function updateBlock<V>(
  from: usize,
  bytes: usize,
  scale: f32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  kept: f32,
  secondCorrection: f32,
): void {
  const b1 = splat<V>(beta1)
  const b2 = splat<V>(beta2)
  const o1 = splat<V>(rest1)
  const o2 = splat<V>(rest2)
  // Below these a moment moves no parameter, and its decay towards zero would run through the denormals.
  const tinyGradient = splat<V>(1e-18)
  const tinyFirst = splat<V>(1e-30)
  const tinySecond = splat<V>(1.2e-38)
  for (let p = from; p < from + bytes; p += bytesOf<V>()) {
    const g = flush<V>(mul<V>(load<V>(p + span), splat<V>(scale)), tinyGradient)
    let m = load<V>(p + 2 * span)
    let v = load<V>(p + 3 * span)
    m = flush<V>(add<V>(mul<V>(m, b1), mul<V>(g, o1)), tinyFirst)
    v = flush<V>(add<V>(mul<V>(v, b2), mul<V>(mul<V>(g, g), o2)), tinySecond)
    const deviation = add<V>(root<V>(mul<V>(v, splat<V>(secondCorrection))), splat<V>(epsilon))
    const step = div<V>(mul<V>(m, splat<V>(rate)), deviation)
    store<V>(p + 2 * span, m)
    store<V>(p + 3 * span, v)
    store<V>(p, sub<V>(mul<V>(load<V>(p), splat<V>(kept)), step))
  }
}

/**
 * One update, and the moving statistics of batch norm.
 *
 * @param scale             on the gradients: below 1 to clip them
 * @param rate              learning rate / (1 - beta1^t)
 * @param rest1, rest2      1 - beta1, 1 - beta2: a float32 beta has lost their digits
 * @param secondCorrection  1 / (1 - beta2^t)
 * @param keptKernels       1 - learning rate x decoupled weight decay, for kernels
 * @param keptRest          the same for biases and batch norm
 */
export function update(
  scale: f32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  keptKernels: f32,
  keptRest: f32,
  secondCorrection: f32,
  share: f32,
): void {
  for (let i = 0; i < layerCount; i++) {
    const layer: Layer = layerAt(i)
    const row = <usize>layer.unitColumns << 2
    const kernel = <usize>layer.kernelRows * row
    if (ASC_FEATURE_SIMD) {
      updateBlock<v128>(layer.kernel, kernel, scale, rate, beta1, beta2, rest1, rest2, epsilon, keptKernels, secondCorrection)
      updateBlock<v128>(layer.bias, 3 * row, scale, rate, beta1, beta2, rest1, rest2, epsilon, keptRest, secondCorrection)
    } else {
      updateBlock<f32>(layer.kernel, kernel, scale, rate, beta1, beta2, rest1, rest2, epsilon, keptKernels, secondCorrection)
      updateBlock<f32>(layer.bias, 3 * row, scale, rate, beta1, beta2, rest1, rest2, epsilon, keptRest, secondCorrection)
    }
    if (layer.batchNorm) updateMovingStatistics(layer, share)
  }
}
