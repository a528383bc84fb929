import { describe, expect, it } from 'vitest'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'
import { computeTemplates } from '../../../physics/drell-yan/templates.ts'
import { generalisedLeastSquares } from '../../../statistics/least-squares.ts'
import '../../../testing/matchers.ts'
import { fitKFactor, kFactor, logMassLegendre, logMassPowers } from './k-factor.ts'
import { binsFrom, parseMeasurement } from './measurement-file.ts'
import cms from './measurements/cms-dy-13tev.json' with { type: 'json' }
import reference from './reference/cms-k-factor.json' with { type: 'json' }

const { edges, value, covariance } = binsFrom(parseMeasurement(cms), 106)
const { sm } = computeTemplates({
  observables: [{ name: 'mll', edges }],
  pdf: openPdf(null),
  sqrtS: 13_000,
  scheme: 'MW',
  muF: 'mll',
  cuts: null,
  widthShift: false,
  scaleVariations: false,
})

describe('the K-factor', () => {
  it('is a polynomial in ln(m / m_Z) at the geometric bin centre', () => {
    const centre = Math.sqrt(100 * 200)
    const log = Math.log(centre / 91.1876)
    expect(kFactor([100, 200], [1.2, 0.3, -0.2])[0]).toBeCloseToRel(1.2 + 0.3 * log - 0.2 * log * log, 1e-14)
    expect(logMassPowers([91.1876 ** 2 / 200, 200], 3).map((row) => row[0])).toEqual([1, 0, 0]) // at m_Z itself
  })

  it('has nuisance terms of size one that span the same functions as the powers', () => {
    const terms = logMassLegendre(edges, 3)
    for (const row of terms) expect(Math.max(...row.map(Math.abs))).toBeLessThanOrEqual(1)
    const unit = Float64Array.from({ length: 24 * 24 }, (_, i) => (i % 25 === 0 ? 1 : 0))
    for (const power of logMassPowers(edges, 3))
      expect(generalisedLeastSquares(power, unit, terms).chi2).toBeLessThan(1e-20)
  })

  it('is found again in a spectrum made with it', () => {
    const truth = [1.3, 0.2, -0.1]
    const made = kFactor(edges, truth).map((k, b) => k * sm[b])
    const { parameters, chi2 } = fitKFactor(edges, made, covariance, sm, 3)
    parameters.forEach((theta, i) => expect(theta).toBeCloseToRel(truth[i], 1e-6))
    expect(chi2).toBeLessThan(1e-6)
  })
})

describe('the CMS measurement over leading order, from 106 GeV', () => {
  const fits = [1, 2, 3].map((terms) => fitKFactor(edges, value, covariance, sm, terms))

  it('has the ratios of the notes', () => {
    // The notes use CT14lo, two digits printed; the app's own PDF agrees with it to 0.1 % here.
    reference.dataOverLo['106-160'].forEach((ratio, b) =>
      expect(value[b] / sm[b]).toBeCloseToRel(ratio, 6e-3),
    )
  })

  it('needs a mass dependence: chi2 of the constant, linear and quadratic K', () => {
    expect(fits.map((fit) => fit.degreesOfFreedom)).toEqual(reference.degreesOfFreedom)
    // 58.9, 46.6, 27.7 in the notes, which take the arithmetic bin centre; ours: 58.94, 46.66, 27.37.
    fits.forEach(({ chi2 }, i) => expect(Math.abs(chi2 - reference.chi2[i])).toBeLessThan(0.4))
  })

  it('gives the numbers of the notes to their last digit with arithmetic bin centres', () => {
    const design = [0, 1, 2].map((power) =>
      sm.map((s, b) => s * Math.log((edges[b] + edges[b + 1]) / 2 / 91.1876) ** power),
    )
    const byTerms = [1, 2, 3].map((terms) =>
      generalisedLeastSquares(value, covariance, design.slice(0, terms)),
    )
    byTerms.forEach(({ chi2 }, i) => expect(Math.abs(chi2 - reference.chi2[i])).toBeLessThan(0.051))
    byTerms[2].parameters.forEach((theta, i) =>
      expect(Math.abs(theta - reference.theta[i])).toBeLessThan(5.1e-4),
    )
  })

  it('differs from them by less than a sixth of its own error with geometric centres', () => {
    const { parameters, covariance: errors } = fits[2]
    parameters.forEach((theta, i) =>
      expect(Math.abs(theta - reference.theta[i]) / Math.sqrt(errors[4 * i])).toBeLessThan(1 / 6),
    )
  })
})
