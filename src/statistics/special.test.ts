import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import { chi2Survival, normalCdf, significance } from './special.ts'

describe('tails', () => {
  // Standard tables of the normal and chi-squared distributions.
  it('knows the normal distribution', () => {
    expect(normalCdf(0)).toBe(0.5)
    expect(normalCdf(1)).toBeCloseToRel(0.8413447460685429, 1e-12)
    expect(normalCdf(-5)).toBeCloseToRel(2.866515718791939e-7, 1e-10)
  })

  it('has the 2-dof survival exp(-x/2) exactly', () => {
    for (const x of [0.1, 1, 2.296, 5.991, 30])
      expect(chi2Survival(x, 2)).toBeCloseToRel(Math.exp(-x / 2), 1e-12)
  })

  it('reproduces tabulated chi-squared quantiles', () => {
    expect(chi2Survival(3.841458820694124, 1)).toBeCloseToRel(0.05, 1e-10)
    expect(chi2Survival(18.307038053275146, 10)).toBeCloseToRel(0.05, 1e-10)
    expect(chi2Survival(124.34211340400407, 100)).toBeCloseToRel(0.05, 1e-9)
    expect(chi2Survival(0, 4)).toBe(1)
  })

  it('converts p-values to two-sided sigmas', () => {
    expect(significance(0.31731050786291415)).toBeCloseToRel(1, 1e-10)
    expect(significance(5.733031437583869e-7)).toBeCloseToRel(5, 1e-9)
  })
})
