import { describe, expect, it } from 'vitest'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import { normalCdf } from '../special.ts'
import { logRatios } from './log-ratios.ts'
import { neymanPearsonLimit } from './neyman-pearson.ts'
import { setLogRatios } from './set-log-ratios.ts'

/** Unit normals that are `shift` apart, at the nodes of 40 panels. */
function normals(shift: number) {
  const { nodes, weights } = gaussLegendre(32)
  const points = Array.from({ length: 40 }, (_, panel) =>
    [...nodes].map((x) => -10 + (panel + (x + 1) / 2) / 2),
  )
  const x = points.flat()
  const density = (centre: number) =>
    Float64Array.from(x, (value, i) => weights[i % 32] * Math.exp(-0.5 * (value - centre) ** 2))
  return { a: density(-shift / 2), b: density(shift / 2) }
}

describe('the limit of Neyman and Pearson', () => {
  it.each([1, 3, 10, 30])('of sets of %i events of normals is Φ(δ √(N/2))', (events) => {
    const exact = normalCdf(0.2 * Math.sqrt(events / 2))
    expect(Math.abs(neymanPearsonLimit(normals(0.2)).auc(events) - exact)).toBeLessThan(2e-6)
  })

  it('is one half for the same model, whatever the size', () => {
    for (const events of [1, 10, 50]) expect(neymanPearsonLimit(normals(0)).auc(events)).toBeCloseTo(0.5, 12)
  })

  it('of two bins is that of binomials', () => {
    // b has 3 of 4 in the second bin, a 1 of 4; sets of 2 by hand, k in the second bin: a 9, 6, 1; b 1, 6, 9 of 16.
    const bins = { a: Float64Array.of(3, 1), b: Float64Array.of(2, 6) }
    expect(neymanPearsonLimit(bins).auc(1)).toBeCloseTo(0.75, 12)
    expect(neymanPearsonLimit(bins).auc(2)).toBeCloseTo((6 * (9 + 3) + 9 * (9 + 6 + 0.5) + 4.5) / 256, 12)
  })

  it('where one model has no events, one event there decides', () => {
    const bins = { a: Float64Array.of(1, 0), b: Float64Array.of(1, 1) }
    expect(neymanPearsonLimit(bins).auc(1)).toBeCloseTo(0.75, 12)
    // Only sets without any in the second bin are ties: one in 8.
    expect(neymanPearsonLimit(bins).auc(3)).toBeCloseTo(1 - 0.5 / 8, 9)
  })

  it('log-ratios of sets have the mean and variance of so many', () => {
    const { low, step, b } = setLogRatios(logRatios(normals(0.2)), 10)
    let [sum, sum2] = [0, 0]
    b.forEach((p, k) => {
      const value = low + k * step
      sum += p * value
      sum2 += p * value * value
    })
    expect(sum).toBeCloseTo(10 * 0.02, 6)
    expect(sum2 - sum * sum).toBeCloseTo(10 * 0.04, 5)
  })

  it('refuses densities below zero and sets of no events', () => {
    const bins = { a: Float64Array.of(-1, 2), b: Float64Array.of(1, 1) }
    expect(() => neymanPearsonLimit(bins).auc(1)).toThrow(/above 0/)
    expect(() => neymanPearsonLimit(normals(1)).auc(0)).toThrow(/1 to 1000 events, got 0/)
  })
})

it('normals come apart at z deviations after (z/δ)² events', () => {
  expect(neymanPearsonLimit(normals(0.2)).eventsToSeparate()).toBeCloseTo(100, 1)
  expect(neymanPearsonLimit(normals(0.2)).eventsToSeparate(3)).toBeCloseTo(225, 1)
  expect(neymanPearsonLimit(normals(0.01)).eventsToSeparate()).toBeNaN()
})
