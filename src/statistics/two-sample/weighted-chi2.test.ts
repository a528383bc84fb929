import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { weightedChi2 } from './weighted-chi2.ts'

const edges = Array.from({ length: 11 }, (_, k) => -2.5 + k / 2)

/** Normals of which a third weighs three times as much. */
function sample(stream: string, shift = 0) {
  const rng = createRng(3, stream)
  const values = Float64Array.from({ length: 2000 }, () => rng.normal() + shift)
  return { values, weights: values.map((_, i) => (i % 3 === 0 ? 3 : 1)) }
}

it('of samples alike has a uniform p-value, whatever their weights', () => {
  const ps = Array.from({ length: 60 }, (_, k) => weightedChi2(sample(`a${k}`), sample(`b${k}`), edges).p)
  const below = (limit: number): number => ps.filter((p) => p < limit).length
  // Binomial means 30 and 6.
  expect(Math.abs(below(0.5) - 30)).toBeLessThan(12)
  expect(below(0.1)).toBeLessThan(14)
  expect(Math.min(...ps)).toBeGreaterThan(1e-4)
})

it('of a shift is seen', () => {
  expect(weightedChi2(sample('a'), sample('b', 0.3), edges).p).toBeLessThan(1e-5)
})

it('by hand, with the last bin of too few left out', () => {
  const values = (low: number, high: number) =>
    Float64Array.from({ length: low + high }, (_, i) => (i < low ? 0.5 : 1.5))
  const ones = new Float64Array(100).fill(1)
  const [a, b] = [values(40, 60), values(60, 40)].map((own) => ({ values: own, weights: ones }))
  // (.4 − .6)² / (.4/100 + .6/100), twice
  expect(weightedChi2(a, b, [0, 1, 2])).toMatchObject({ degrees: 1 })
  expect(weightedChi2(a, b, [0, 1, 2]).chi2).toBeCloseTo(8, 12)
  const [c, d] = [values(95, 5), values(91, 9)].map((own) => ({ values: own, weights: ones }))
  expect(weightedChi2(c, d, [0, 1, 2]).chi2).toBeCloseTo(0.04 ** 2 / 0.0186, 12)
  const few = { values: values(3, 4), weights: ones }
  expect(weightedChi2(few, a, [0, 1, 2])).toEqual({ chi2: 0, degrees: 0, p: 1 })
})
