import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import '../testing/matchers.ts'
import { generalisedLeastSquares } from './least-squares.ts'

describe('generalised least squares', () => {
  it('is the weighted mean for one constant', () => {
    const fit = generalisedLeastSquares(new Float64Array([1, 3]), new Float64Array([1, 0, 0, 4]), [
      new Float64Array([1, 1]),
    ])
    expect(fit.parameters[0]).toBeCloseToRel((1 + 3 / 4) / (1 + 1 / 4), 1e-14)
    expect(fit.covariance[0]).toBeCloseToRel(1 / 1.25, 1e-14)
    expect(fit.chi2).toBeCloseToRel(4 / 5, 1e-12)
  })

  it('has unbiased parameters and chi-squared with n - p degrees of freedom', () => {
    const rng = createRng(4)
    const n = 12
    const covariance = new Float64Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) covariance[i * n + j] = 0.3 + (i === j ? 1 + i / 10 : 0)
    const line = [new Float64Array(n).fill(1), Float64Array.from({ length: n }, (_, i) => i)]
    const toys = 2000
    let [pull, pull2, chi2] = [0, 0, 0]
    for (let t = 0; t < toys; t++) {
      const common = rng.normal() * Math.sqrt(0.3)
      const y = Float64Array.from(
        { length: n },
        (_, i) => 2 - 0.5 * i + common + rng.normal() * Math.sqrt(1 + i / 10),
      )
      const fit = generalisedLeastSquares(y, covariance, line)
      const z = (fit.parameters[1] + 0.5) / Math.sqrt(fit.covariance[3])
      pull += z / toys
      pull2 += (z * z) / toys
      chi2 += fit.chi2 / toys
    }
    expect(Math.abs(pull)).toBeLessThan(4 / Math.sqrt(toys))
    expect(Math.abs(pull2 - 1)).toBeLessThan(4 * Math.sqrt(2 / toys))
    expect(Math.abs(chi2 - 10)).toBeLessThan(4 * Math.sqrt(20 / toys))
  })

  it('refuses more parameters than values', () => {
    expect(() =>
      generalisedLeastSquares(new Float64Array([1]), new Float64Array([1]), [
        new Float64Array([1]),
        new Float64Array([2]),
      ]),
    ).toThrow(/2 parameters needs at least 2 values, got 1/)
  })
})
