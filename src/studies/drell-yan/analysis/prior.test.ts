import { describe, expect, it } from 'vitest'
import { createRng } from '../../../numerics/rng.ts'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { smallModel } from '../../../testing/small-universes.ts'
import '../../../testing/matchers.ts'
import { balancedPrior, drawCoefficients, singleOperatorSigma } from './prior.ts'
import { whitenedTemplates, whitenSpectra } from './whitening.ts'

const model = smallModel()
const whitened = whitenedTemplates(model.whitening, model.templates)
const n = operatorNames.length

describe('prior', () => {
  it('one sigma of one operator is one unit of Fisher distance from the SM', () => {
    const sigma = singleOperatorSigma(whitened)
    for (let o = 0; o < n; o++) {
      const coefficients = new Float64Array(n)
      coefficients[o] = sigma[o]
      const spectrum = morphSpectrum(model.templates, coefficients, 'linear')
      expect(Math.hypot(...whitenSpectra(model.whitening, spectrum, 1))).toBeCloseToRel(1, 1e-5)
    }
  })

  it('is as wide as its name says', () => {
    const sigma = singleOperatorSigma(whitened)
    const prior = balancedPrior(whitened, 2.5)
    expect(prior.name).toBe('balanced-2.5-sigma')
    prior.halfWidth.forEach((half, o) => expect(half).toBeCloseToRel(2.5 * sigma[o], 1e-14))
  })

  it('draws uniformly and independently within the half widths', () => {
    const rng = createRng(11)
    const draws = 4000
    const first = new Float64Array(n)
    const second = new Float64Array(n * n)
    for (let i = 0; i < draws; i++) {
      const u = drawCoefficients(model.prior, rng).map((c, o) => c / model.prior.halfWidth[o])
      expect(Math.max(...u.map(Math.abs))).toBeLessThanOrEqual(1)
      for (let a = 0; a < n; a++) {
        first[a] += u[a] / draws
        for (let b = 0; b < n; b++) second[a * n + b] += (u[a] * u[b]) / draws
      }
    }
    // U[-1, 1] has variance 1/3; u^2 has variance 4/45.
    for (let a = 0; a < n; a++) {
      expect(Math.abs(first[a]) / Math.sqrt(1 / 3 / draws)).toBeLessThan(4)
      for (let b = 0; b < a; b++) expect(Math.abs(second[a * n + b]) * 3 * Math.sqrt(draws)).toBeLessThan(4.5)
      expect(Math.abs(second[a * n + a] - 1 / 3) / Math.sqrt(4 / 45 / draws)).toBeLessThan(4)
    }
  })
})
