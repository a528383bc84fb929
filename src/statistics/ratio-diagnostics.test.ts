import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import { createRng } from '../numerics/rng.ts'
import { calibrationCurve, ratioDistance, reweightingClosure, sumRule } from './ratio-diagnostics.ts'

describe('distance of learned from exact ratios', () => {
  it('is zero for equal ones, and a constant factor has no divergence', () => {
    const exact = [0.5, 1, 2]
    expect(ratioDistance(exact, exact, [1, 2, 1])).toEqual({
      rmsLogRatio: 0,
      rmsLogRatioCentral: 0,
      kl: 0,
      notPositiveShare: 0,
    })
    const scaled = ratioDistance([1, 2, 4], exact, [1, 2, 1])
    expect(scaled.rmsLogRatio).toBeCloseToRel(Math.LN2, 1e-12)
    expect(scaled.kl).toBeCloseTo(0, 12)
  })

  // p = (1/4, 3/4) and q = (1/2, 1/2): KL = ln(1/2)/4 + 3 ln(3/2)/4.
  it('weights with the SM', () => {
    const { rmsLogRatio, kl } = ratioDistance([1, 1], [0.5, 1.5], [1, 1])
    expect(kl).toBeCloseToRel(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), 1e-12)
    expect(rmsLogRatio).toBeCloseToRel(Math.sqrt((Math.LN2 ** 2 + Math.log(1.5) ** 2) / 2), 1e-12)
  })

  it('leaves out and reports what is not positive, and both ends where asked for the centre', () => {
    expect(ratioDistance([1, -1], [1, 1], [3, 1]).notPositiveShare).toBe(0.25)
    const exact = Float64Array.from({ length: 1000 }, (_, i) => 1 + i)
    const learned = exact.map((r, i) => (i < 3 || i > 996 ? 5 * r : r))
    const d = ratioDistance(learned, exact, new Float64Array(1000).fill(1))
    expect(d.rmsLogRatioCentral).toBe(0)
    expect(d.rmsLogRatio).toBeGreaterThan(0.1)
  })

  it('refuses weights that are not', () => {
    expect(() => ratioDistance([1], [1], [-1])).toThrow(/Point 1 has the SM weight -1/)
    expect(() => ratioDistance([1, 1], [1, 1], [1])).toThrow(/1 weights and 2 ratios/)
    expect(() => sumRule([1], [0], [1])).toThrow(/add up to 0/)
  })
})

/** SM events x ~ exp(-x) whose term weights fluctuate about the true ratio 0.5 x. */
function toy(n: number, seed: number) {
  const rng = createRng(seed)
  const x = Float64Array.from({ length: n }, () => -Math.log(1 - rng.uniform()))
  return {
    x,
    sm: new Float64Array(n).fill(2),
    term: x.map((v) => 2 * 0.5 * v * (1 + 0.5 * rng.normal())),
    truth: x.map((v) => 0.5 * v),
  }
}

describe('events with both weights', () => {
  it('sum rule of the true ratio within its error, over seeds; a wrong ratio outside', () => {
    let chi2 = 0
    for (let seed = 1; seed <= 40; seed++) {
      const { sm, term, truth } = toy(2000, seed)
      const { learned, expected, error } = sumRule(truth, sm, term)
      chi2 += ((learned - expected) / error) ** 2
    }
    // 40 +- 9.
    expect(Math.abs(chi2 - 40)).toBeLessThan(4 * 9)
    const { sm, term, truth } = toy(2000, 1)
    const wrong = sumRule(
      truth.map((r) => 1.2 * r),
      sm,
      term,
    )
    expect((wrong.learned - wrong.expected) / wrong.error).toBeGreaterThan(5)
  })

  it('closure and calibration have one unit of chi2 per bin for the true ratio', () => {
    let closure = 0
    let calibration = 0
    for (let seed = 1; seed <= 20; seed++) {
      const { x, sm, term, truth } = toy(4000, seed)
      closure += reweightingClosure(x, truth, sm, term, 10).chi2
      calibration += calibrationCurve(truth, sm, term, 10).chi2
    }
    expect(Math.abs(closure - 200)).toBeLessThan(4 * 20)
    expect(Math.abs(calibration - 200)).toBeLessThan(4 * 20)
  })

  it('bins have equal SM shares and keep equal values together', () => {
    const { x, sm, term, truth } = toy(1000, 3)
    const { bins } = reweightingClosure(x, truth, sm, term, 10)
    expect(bins).toHaveLength(10)
    bins.forEach(({ sm: share }) => expect(share).toBeCloseTo(0.1, 10))
    const same = reweightingClosure(new Float64Array(1000), truth, sm, term, 10)
    expect(same.bins).toHaveLength(1)
    expect(same.bins[0].sm).toBeCloseTo(1, 10)
  })

  it('a calibration curve shows a ratio that is too steep', () => {
    const { sm, term, truth } = toy(4000, 3)
    const { points } = calibrationCurve(
      truth.map((r) => 2 * r),
      sm,
      term,
      10,
    )
    for (const { predicted, observed, error } of points)
      expect(Math.abs(observed - predicted / 2)).toBeLessThan(4 * error)
  })
})
