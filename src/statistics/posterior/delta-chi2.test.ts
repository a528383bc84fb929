import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { chi2Quantile, deltaChi2, toyPValue } from './delta-chi2.ts'
import '../../testing/matchers.ts'

describe('Delta chi^2', () => {
  it('has the conversions of two degrees of freedom', () => {
    // 2 dof: p = exp(-x/2). Values to the digits of the usual tables.
    for (const [probability, value] of [
      [0.6827, 2.296],
      [0.95, 5.991],
      [0.99, 9.21],
    ])
      expect(chi2Quantile(probability, 2)).toBeCloseTo(value, 2)
    const thesis = deltaChi2(0, -6.183 / 2, 2)
    expect(thesis.pValue).toBeCloseToRel(0.0454, 2e-3)
    expect(thesis.sigma).toBeCloseToRel(2.0006, 1e-4)
    expect(deltaChi2(0, -68.641 / 2, 2).sigma).toBeCloseToRel(8, 1e-4)
    expect(deltaChi2(-1, 0, 2).value).toBe(0)
  })

  it('has the spread of noncentral chi2 over repeated data', () => {
    const rng = createRng(6)
    const shift = 6
    const values = Float64Array.from({ length: 4000 }, () => (shift + rng.normal()) ** 2 + rng.normal() ** 2)
    const mean = values.reduce((sum, value) => sum + value / 4000, 0)
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / 3999, 0))
    expect(deltaChi2(0, -mean / 2, 2).spread).toBeCloseToRel(sd, 0.04)
    expect(deltaChi2(0, 0, 2).spread).toBe(2)
  })

  it('by toys agrees with Wilks where that holds, and is an upper limit beyond them', () => {
    const rng = createRng(4)
    const toys = Float64Array.from({ length: 2000 }, () => rng.normal() ** 2 + rng.normal() ** 2)
    const { pValue, error } = toyPValue(5.991, toys)
    expect(Math.abs(pValue - 0.05)).toBeLessThan(4 * error)
    expect(toyPValue(100, toys)).toMatchObject({ isLimit: true, pValue: 1 / 2001 })
  })
})
