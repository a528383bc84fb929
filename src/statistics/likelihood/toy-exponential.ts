import { gaussLegendre } from '../../numerics/quadrature.ts'
import type { Rng } from '../../numerics/rng.ts'
import { createEventLogSum } from './event-sum.ts'
import type { Likelihood } from './likelihood.ts'
import { createUnbinnedLikelihood } from './unbinned.ts'

/**
 * Closed-form stand-in for a differential cross-section with one coefficient:
 * dsigma/dx = (1 + a c x + b c^2 x^2) exp(-x), sigma(c) = 1 + a c + 2 b c^2, positive everywhere as a^2 < 4 b.
 */
export const toyExponential = { a: 0.6, b: 0.3 } as const

export function toySigma(c: number): number {
  return 1 + toyExponential.a * c + 2 * toyExponential.b * c * c
}

/** Poisson-free sample of x at c: from the mixture without the linear term if that is negative, then thinned. */
export function toyEvents(c: number, count: number, rng: Rng): Float64Array {
  const { a, b } = toyExponential
  const linear = Math.max(0, a * c)
  const weights = [1, linear, 2 * b * c * c]
  const total = weights[0] + weights[1] + weights[2]
  const x = new Float64Array(count)
  for (let i = 0; i < count;) {
    const pick = rng.uniform() * total
    const shape = pick < weights[0] ? 1 : pick < weights[0] + weights[1] ? 2 : 3
    let value = 0
    for (let k = 0; k < shape; k++) value -= Math.log(1 - rng.uniform())
    const full = 1 + a * c * value + b * c * c * value * value
    if (a * c < 0 && rng.uniform() * (full - a * c * value) > full) continue
    x[i++] = value
  }
  return x
}

/** Rows 1, a x, b x^2 of the exact ratio. */
export function toyRatios(x: Float64Array): Float64Array {
  const { a, b } = toyExponential
  const rows = new Float64Array(3 * x.length)
  x.forEach((value, i) => rows.set([1, a * value, b * value * value], 3 * i))
  return rows
}

/** @param events  expected number at c = 0 */
export function toyLikelihood(x: Float64Array, events: number): Likelihood {
  return createUnbinnedLikelihood({
    names: ['c'],
    order: 'quadratic',
    eventSum: createEventLogSum(toyRatios(x), x.length, 3),
    expected: toyExpected(events),
  })
}

export function toyExpected(events: number): Float64Array {
  return Float64Array.of(events, events * toyExponential.a, events * 2 * toyExponential.b)
}

/** Expected data instead of random ones: nodes of a quadrature in x, weighted by the density at c. */
export function toyAsimov(c: number, events: number): Likelihood {
  const { nodes, weights } = gaussLegendre(200)
  const x = Float64Array.from(nodes, (node) => 30 * (1 + node))
  const ratios = toyRatios(x)
  const content = Float64Array.from(
    x,
    (value, i) =>
      30 * events * weights[i] * Math.exp(-value) * (1 + ratios[3 * i + 1] * c + ratios[3 * i + 2] * c * c),
  )
  return createUnbinnedLikelihood({
    names: ['c'],
    order: 'quadratic',
    eventSum: createEventLogSum(ratios, x.length, 3, content),
    observed: events * toySigma(c),
    expected: toyExpected(events),
  })
}
