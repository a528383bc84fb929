import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import { createRng } from '../numerics/rng.ts'
import { coefficientMonomials, evaluatePolynomial } from '../physics/top-pair/polynomial.ts'
import { polynomialFromBenchmarks } from './benchmarks.ts'

const points = [
  [0, 0],
  [10, 0],
  [-10, 0],
  [0, 0.5],
  [0, -0.5],
  [10, 0.5],
]

describe('polynomials from benchmark weights', () => {
  it('recovers the terms of every event', () => {
    const rng = createRng(1)
    const terms = Float64Array.from({ length: 12 }, () => rng.normal())
    const weights = new Float64Array(2 * points.length)
    for (let i = 0; i < 2; i++)
      points.forEach((c, p) => {
        weights[i * points.length + p] = evaluatePolynomial(terms, coefficientMonomials(c), 6 * i)
      })
    polynomialFromBenchmarks(weights, points).forEach((value, t) =>
      expect(value).toBeCloseToRel(terms[t], 1e-9),
    )
  })

  it('refuses too few or degenerate points', () => {
    expect(() => polynomialFromBenchmarks(new Float64Array(5), points.slice(0, 5))).toThrow(
      /5 weights.*6 terms/,
    )
    const line = [1, 2, 3, 4, 5, 6].map((k) => [k, k])
    expect(() => polynomialFromBenchmarks(new Float64Array(6), line)).toThrow(/cannot be told apart/)
  })
})
