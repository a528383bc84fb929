import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { calibrateConformal, conformalReport, conformalSet, nonconformity } from './conformal.ts'
import type { Predictions } from './predictions.ts'
import { scaledPredictions } from './temperature.ts'
import { toyClasses, toyPredictions } from './toy-classes.ts'

const means = toyClasses(8, 2.2)
const calibration = toyPredictions(means, 1000, createRng(1))
const test = toyPredictions(means, 20_000, createRng(2))

/** Coverage of one calibration is itself random: Beta((n + 1) level, (n + 1) alpha), plus counting. */
function spread(level: number, n: number, rows: number): number {
  const variance = level * (1 - level)
  return Math.sqrt(variance / (n + 2) + variance / rows)
}

describe.each([0.8, 0.95])('coverage %d', (level) => {
  const sigma = spread(level, 1000, 20_000)

  it.each([
    ['the Bayes posterior', 1],
    ['an overconfident classifier', 0.3],
    ['an underconfident one', 4],
  ])('LAC covers for %s', (_, temperature) => {
    const rule = calibrateConformal('lac', scaledPredictions(calibration, temperature), level)
    const { coverage } = conformalReport(rule, scaledPredictions(test, temperature))
    expect(Math.abs(coverage - level)).toBeLessThan(4 * sigma)
  })

  it('randomised APS covers exactly', () => {
    const rng = createRng(5)
    const rule = calibrateConformal('aps', calibration, level, () => rng.uniform())
    const { coverage } = conformalReport(rule, test, () => rng.uniform())
    expect(Math.abs(coverage - level)).toBeLessThan(4 * sigma)
  })

  it('cautious APS covers at least that, with larger sets that are never empty', () => {
    const lac = conformalReport(calibrateConformal('lac', calibration, level), test)
    const aps = conformalReport(calibrateConformal('aps', calibration, level), test)
    expect(aps.coverage).toBeGreaterThan(level - 4 * sigma)
    expect(aps.meanSize).toBeGreaterThan(lac.meanSize)
    expect(aps.emptyShare).toBe(0)
  })
})

describe('the guarantee at small n', () => {
  // Mean coverage over calibrations is between level and level + 1/(n + 1), whatever n.
  it('holds on average over many calibrations of 9 rows', () => {
    const level = 0.8
    let sum = 0
    const rounds = 400
    for (let i = 0; i < rounds; i++) {
      const rng = createRng(100 + i)
      const few = toyPredictions(means, 9, rng)
      const rule = calibrateConformal('lac', few, level)
      sum += conformalReport(rule, toyPredictions(means, 50, rng)).coverage / rounds
    }
    const error = Math.sqrt((level * (1 - level) * (1 / 11 + 1 / 50)) / rounds)
    expect(sum).toBeGreaterThan(level - 4 * error)
    expect(sum).toBeLessThan(level + 1 / 10 + 4 * error)
  })
  it('too few rows for the level give every class', () => {
    const rule = calibrateConformal('lac', toyPredictions(means, 9, createRng(1)), 0.95)
    expect(rule.quantile).toBe(Infinity)
    expect(conformalSet(rule, [1, 0, 0])).toEqual([0, 1, 2])
  })
})

describe('scores and sets by hand', () => {
  const p = [0.2, 0.5, 0.3]
  it('lac is one minus the probability, aps the sum down to the class', () => {
    expect(p.map((_, c) => nonconformity('lac', p, c))).toEqual([0.8, 0.5, 0.7])
    expect(p.map((_, c) => nonconformity('aps', p, c))).toEqual([1, 0.5, 0.8])
    expect(nonconformity('aps', p, 2, 0.5)).toBeCloseTo(0.65, 12)
  })
  it('the rank of the quantile is ceil((n + 1) level)', () => {
    const rows = 9
    const predictions: Predictions = {
      classes: 2,
      probabilities: Float64Array.from({ length: 2 * rows }, (_, i) => {
        const q = (Math.floor(i / 2) + 1) / 10
        return i % 2 ? 1 - q : q
      }),
      labels: new Int32Array(rows),
    }
    // scores 0.1 ... 0.9; (9 + 1) 0.7 = 7th smallest
    expect(calibrateConformal('lac', predictions, 0.7).quantile).toBeCloseTo(0.7, 12)
  })
  it('sets list the most probable class first, and equals in order', () => {
    const rule = { method: 'aps', level: 0.9, quantile: 0.8, calibrationRows: 10 } as const
    expect(conformalSet(rule, p)).toEqual([1, 2])
    expect(conformalSet({ ...rule, quantile: 0.4 }, p)).toEqual([1])
    expect(conformalSet({ ...rule, method: 'lac', quantile: 0.4 }, p)).toEqual([])
    expect(conformalSet({ ...rule, quantile: 0.25 }, [0.25, 0.25, 0.5])).toEqual([2])
  })
  it('a coverage of 1 is refused', () => {
    expect(() => calibrateConformal('lac', calibration, 1)).toThrow(/must be between 0 and 1/)
  })
})
