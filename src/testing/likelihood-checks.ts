import { expect } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import type { Likelihood } from '../statistics/likelihood/likelihood.ts'
import './matchers.ts'

/** Central differences, relative to the size of the value's change over one unit. */
export function expectGradient(likelihood: Likelihood, theta: number[], tolerance = 1e-5): void {
  const gradient = new Float64Array(theta.length)
  const at = Float64Array.from(theta)
  expect(likelihood.withGradient(at, gradient)).toBeCloseToRel(likelihood.logLikelihood(at), 1e-12)
  const size = Math.max(1, ...gradient.map(Math.abs))
  theta.forEach((x, k) => {
    const step = 1e-5
    const up = likelihood.logLikelihood(at.with(k, x + step))
    const down = likelihood.logLikelihood(at.with(k, x - step))
    expect(Math.abs((up - down) / (2 * step) - gradient[k]) / size).toBeLessThan(tolerance)
  })
}

/** Two coefficients, positive by construction: |1 + (c1 p + c2 q)|^2 plus a square. */
export function twoCoefficients(events: number, seed: number) {
  const rng = createRng(seed)
  const rows = new Float64Array(events * 6)
  for (let i = 0; i < events; i++) {
    const [p, q, s, t] = [rng.normal(), rng.normal(), rng.normal(), rng.normal()].map((x) => 0.3 * x)
    rows.set([1, 2 * p, 2 * q, p * p + s * s, 2 * (p * q + s * t), q * q + t * t], 6 * i)
  }
  const expected = new Float64Array(6)
  rows.forEach((value, i) => (expected[i % 6] += value))
  return { rows, expected }
}
