import { cholesky } from '../../numerics/linear-algebra.ts'

/** Points of equal standing in whatever units, each with a weight. */
export interface WeightedPoints {
  dimensions: number
  x: Float64Array // [n, d]
  weights: Float64Array // [n], sum 1
  /** Number of independent draws that they are worth. */
  effective: number
}

/** One normal of a mixture. */
export interface Component {
  share: number
  mean: Float64Array // [d]
  covariance: Float64Array // [d, d]
  /** Cholesky factor of the covariance, lower. */
  factor: Float64Array // [d, d]
  /** ln of the share over the normal's own normalisation. */
  logHeight: number
}

export type Mixture = readonly Component[]

const log2Pi = Math.log(2 * Math.PI)

/** @returns null where the covariance is not positive definite */
export function component(share: number, mean: Float64Array, covariance: Float64Array): Component | null {
  const d = mean.length
  let factor: Float64Array
  try {
    factor = cholesky(covariance, d)
  } catch {
    return null
  }
  let logHeight = Math.log(share) - 0.5 * d * log2Pi
  for (let k = 0; k < d; k++) logHeight -= Math.log(factor[k * d + k])
  return Number.isFinite(logHeight) ? { share, mean, covariance, factor, logHeight } : null
}

/** ln of share x density at the point that begins at `at` of `x`; `scratch` has room for d numbers. */
export function logTerm(
  { mean, factor, logHeight }: Component,
  x: ArrayLike<number>,
  at: number,
  scratch: Float64Array,
): number {
  const d = mean.length
  let square = 0
  for (let i = 0; i < d; i++) {
    let sum = x[at + i] - mean[i]
    for (let j = 0; j < i; j++) sum -= factor[i * d + j] * scratch[j]
    scratch[i] = sum / factor[i * d + i]
    square += scratch[i] * scratch[i]
  }
  return logHeight - 0.5 * square
}

/** ln of the mixture's density at one point. */
export function logDensity(mixture: Mixture, x: ArrayLike<number>, scratch: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const part of mixture) {
    const term = logTerm(part, x, 0, scratch)
    if (term > top) {
      sum = sum * Math.exp(top - term) + 1
      top = term
    } else sum += Math.exp(term - top)
  }
  return top + Math.log(sum)
}

/**
 * Probabilities of the components at every point, and ln of the density there.
 *
 * @returns mean log-density over the weights
 */
export function responsibilities(
  mixture: Mixture,
  { x, weights, dimensions: d }: Pick<WeightedPoints, 'x' | 'weights' | 'dimensions'>,
  out: Float64Array, // [n, components]
  logs: Float64Array, // [n]
): number {
  const scratch = new Float64Array(d)
  const parts = mixture.length
  let mean = 0
  for (let i = 0; i < weights.length; i++) {
    let top = Number.NEGATIVE_INFINITY
    for (let k = 0; k < parts; k++) {
      const term = logTerm(mixture[k], x, i * d, scratch)
      out[i * parts + k] = term
      if (term > top) top = term
    }
    let sum = 0
    for (let k = 0; k < parts; k++) sum += out[i * parts + k] = Math.exp(out[i * parts + k] - top)
    for (let k = 0; k < parts; k++) out[i * parts + k] /= sum
    logs[i] = top + Math.log(sum)
    mean += weights[i] * logs[i]
  }
  return mean
}

/**
 * Share, mean and covariance of points that belong to a component with probability p.
 *
 * @param p       probabilities, at offset + i * stride
 * @param ridge   least variance in any direction
 * @returns       null where fewer than `least` effective points belong to it, or they span no volume
 */
export function momentsOf(
  { x, weights, dimensions: d, effective }: WeightedPoints,
  p: Float64Array,
  offset: number,
  stride: number,
  ridge: number,
): Component | null {
  const mean = new Float64Array(d)
  let share = 0
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] * p[offset + i * stride]
    if (w === 0) continue
    share += w
    for (let k = 0; k < d; k++) mean[k] += w * x[i * d + k]
  }
  if (!(share * effective >= leastPoints(d))) return null
  for (let k = 0; k < d; k++) mean[k] /= share
  const covariance = new Float64Array(d * d)
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] * p[offset + i * stride]
    if (w === 0) continue
    for (let k = 0; k < d; k++) {
      const u = w * (x[i * d + k] - mean[k])
      for (let l = 0; l <= k; l++) covariance[k * d + l] += u * (x[i * d + l] - mean[l])
    }
  }
  for (let k = 0; k < d; k++)
    for (let l = 0; l <= k; l++) {
      const value = covariance[k * d + l] / share + (k === l ? ridge : 0)
      covariance[k * d + l] = value
      covariance[l * d + k] = value
    }
  return component(share, mean, covariance)
}

/** Fewer effective points make no covariance to rely on. */
export function leastPoints(dimensions: number): number {
  return 2 * dimensions + 4
}
