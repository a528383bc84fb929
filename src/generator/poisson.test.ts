import { expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { poisson } from './poisson.ts'

it.each([0.5, 12, 45, 3000])('draws Poisson numbers of mean %d', (mean) => {
  const rng = createRng(4)
  const n = 40_000
  const draws = Float64Array.from({ length: n }, () => poisson(mean, rng))
  const average = draws.reduce((a, b) => a + b) / n
  const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / n
  const skewness = draws.reduce((a, b) => a + (b - mean) ** 3, 0) / n / mean
  expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / n))
  // Var of (k - mean)^2 is mean + 2 mean^2; the third central moment is the mean.
  expect(Math.abs(variance - mean)).toBeLessThan(4 * Math.sqrt((mean + 2 * mean ** 2) / n))
  expect(Math.abs(skewness - 1)).toBeLessThan(4 * Math.sqrt((15 * mean + 30) / n))
})

it('refuses a mean that is none', () => {
  for (const mean of [-1, NaN, Infinity])
    expect(() => poisson(mean, createRng(1))).toThrow(`0 or more and finite, got ${mean}`)
  expect(poisson(0, createRng(1))).toBe(0)
})
