import { normalCdf } from '../statistics/special.ts'

/** Draws of the stratified samples. */
export const stratifiedCount = 4000

/** Equal weights of as many. */
export const equalWeights = new Float64Array(stratifiedCount).fill(1)

/** Stratified draws: quantiles of a distribution, so that shape tests see the estimator and not the noise. */
export function stratified(quantile: (p: number) => number): Float64Array {
  return Float64Array.from({ length: stratifiedCount }, (_, i) => quantile((i + 0.5) / stratifiedCount))
}

/** A normal through its distribution function, by bisection. */
export function normalAt(p: number): number {
  let [low, high] = [-8, 8]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return low
}
