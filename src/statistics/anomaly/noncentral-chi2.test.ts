import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { normalCdf } from '../special.ts'
import marcum from '../reference/marcum.json' with { type: 'json' }
import { chi2Quantile, invariantTestPower, marcumQ, noncentralChi2Survival } from './noncentral-chi2.ts'
import { processorMs } from '../../testing/processor-time.ts'

describe('noncentral chi-squared', () => {
  it.each(marcum.noncentral)(
    'upper tail at $x, $k degrees, noncentrality $lambda',
    ({ x, k, lambda, tail }) => {
      // the continued fraction of the central tail keeps 12 digits
      expect(noncentralChi2Survival(x, k, lambda)).toBeCloseToRel(tail, 1e-11)
    },
  )

  it.each(marcum.marcum)('Marcum Q_$order($a, $b)', ({ order, a, b, value }) => {
    expect(marcumQ(order, a, b)).toBeCloseToRel(value, 1e-11)
  })

  it('is 1 at once where the deviation is far beyond the cut, however far', () => {
    const started = processorMs()
    for (const lambda of [1e4, 1e9, 1e16, 1e100, 1e308, Infinity])
      expect(noncentralChi2Survival(100, 64, lambda)).toBe(1)
    // What ran on for ever, or for minutes; the time is of the whole process, whose other tests count with it.
    expect(processorMs() - started).toBeLessThan(2000)
    // No jump where the sum ends and the bound begins.
    for (let lambda = 100; lambda < 2000; lambda += 50)
      expect(noncentralChi2Survival(100, 64, lambda + 50)).toBeGreaterThanOrEqual(
        noncentralChi2Survival(100, 64, lambda) - 1e-11,
      )
  })

  it('of one degree is two normal tails', () => {
    for (const distance of [0.3, 2, 7])
      for (const b of [0.5, 3, 6])
        expect(marcumQ(0.5, distance, b)).toBeCloseToRel(
          normalCdf(distance - b) + normalCdf(-distance - b),
          1e-11,
        )
  })

  it('is the share of shifted normal vectors outside a sphere', () => {
    const rng = createRng(4)
    const [rank, distance, falseAlarms, draws] = [5, 2.5, 0.05, 40_000]
    const cut = chi2Quantile(falseAlarms, rank)
    let beyond = 0
    for (let i = 0; i < draws; i++) {
      let length = (rng.normal() + distance) ** 2
      for (let k = 1; k < rank; k++) length += rng.normal() ** 2
      if (length > cut) beyond++
    }
    const power = invariantTestPower(distance, rank, falseAlarms)
    expect(Math.abs(beyond / draws - power) / Math.sqrt((power * (1 - power)) / draws)).toBeLessThan(4)
  })

  it('without a deviation has the false alarms asked for', () => {
    expect(invariantTestPower(0, 7, 1e-3)).toBeCloseToRel(1e-3, 1e-11)
  })
})

describe('quantiles', () => {
  it.each([
    [0.317310507863, 2.3], // 1 sigma contour of two parameters, as printed in the PDG review of statistics
    [1.97317529e-9, 40.1], // 6 sigma
  ])('two degrees, tail %s', (p, printed) => {
    expect(chi2Quantile(p, 2)).toBeCloseToRel(-2 * Math.log(p), 1e-11)
    expect(chi2Quantile(p, 2)).toBeCloseToRel(printed, 2e-3)
  })

  it('refuses a per cent', () => {
    expect(() => chi2Quantile(5, 3)).toThrow('between 0 and 1')
  })
})
