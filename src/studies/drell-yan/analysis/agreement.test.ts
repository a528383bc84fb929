import { describe, expect, it } from 'vitest'
import { chi2Survival } from '../../../statistics/special.ts'
import '../../../testing/matchers.ts'
import { smallBins as bins, smallCorpus } from '../../../testing/small-universes.ts'
import { agreementOf, conditionalErrors, conditionalPulls, totalErrors } from './agreement.ts'
import { residualOf, theoryOf } from './anomaly/theory.ts'
import { unitNoise } from './replicas.ts'

const { header } = await smallCorpus()
const { universeModel: model } = header
/** L^-1 applied to a deviation [pb] in one bin is one column of L^-1. */
const inBin = (at: number, size: number) =>
  Float64Array.from({ length: bins }, (_, b) => model.whitening.inverse[b * bins + at] * size)

describe('pulls', () => {
  it('of a deviation in one bin are largest there, in units of what the other bins leave open', () => {
    const at = 4
    const residual = inBin(at, 3 * conditionalErrors(model)[at])
    const pulls = conditionalPulls(model, residual)
    expect(pulls[at]).toBeCloseToRel(3, 1e-9)
    pulls.forEach((pull, b) => b !== at && expect(Math.abs(pull)).toBeLessThan(3))
    expect(Math.hypot(...residual)).toBeCloseToRel(3, 1e-9)
  })

  it('of a universe against its theory vanish', () => {
    const { residual } = residualOf(theoryOf(model, 'linear'), header.whitenedMeans.subarray(bins, 2 * bins))
    expect(Math.max(...conditionalPulls(model, residual).map(Math.abs))).toBeLessThan(1e-3)
  })

  it('know a bin better than it is known alone', () => {
    const alone = totalErrors(model)
    conditionalErrors(model).forEach((error, b) => expect(error).toBeLessThanOrEqual(alone[b] * (1 + 1e-12)))
  })
})

describe('agreement', () => {
  it('counts chi2 with every correlation, and the worst bin for all the bins looked at', () => {
    const found = agreementOf(model, inBin(4, -3 * conditionalErrors(model)[4]), 3)
    expect(found).toMatchObject({ degreesOfFreedom: bins - 3, bins, worst: { bin: 4 } })
    expect(found.chi2).toBeCloseToRel(9, 1e-9)
    expect(found.pValue).toBeCloseToRel(chi2Survival(9, bins - 3), 1e-9)
    expect(found.worst.pull).toBeCloseToRel(-3, 1e-9)
    expect(found.worst.pValue).toBeCloseToRel(bins * 0.0026998, 1e-4) // P(|z| > 3), tables
  })

  it('calls noise of the covariance unusual no more often than it says', () => {
    const draws = 2000
    let chi2 = 0
    let worst = 0
    for (let i = 0; i < draws; i++) {
      const { pValue, worst: bin } = agreementOf(model, unitNoise(bins, 5, 0, i), 0)
      if (pValue < 0.1) chi2++
      if (bin.pValue < 0.1) worst++
    }
    const error = Math.sqrt(0.1 * 0.9 * draws)
    expect(Math.abs(chi2 - 0.1 * draws)).toBeLessThan(4 * error)
    expect(worst).toBeLessThan(0.1 * draws + 4 * error)
    expect(worst).toBeGreaterThan(0)
  })
})
