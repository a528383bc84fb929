import { describe, expect, it } from 'vitest'
import { singularDecomposition } from '../../../numerics/singular-values.ts'
import { computeTemplates } from '../../../physics/drell-yan/templates.ts'
import { radiatedSpectrum } from '../../../physics/drell-yan/radiated-spectrum.ts'
import type { TemplateRequest } from '../../../physics/drell-yan/template-request.ts'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'
import { operatorIndex, type OperatorName } from '../../../physics/smeft/operators.ts'
import { generalisedLeastSquares } from '../../../statistics/least-squares.ts'
import '../../../testing/matchers.ts'
import { logMassLegendre } from './k-factor.ts'
import { binsFrom, parseMeasurement } from './measurement-file.ts'
import { allBins, measurementModel } from './measurement-model.ts'
import cms from './measurements/cms-dy-13tev.json' with { type: 'json' }
import { fitWithRadiation, slopeOf, withRounding } from './radiation-fit.ts'
import { createWhitening, whitenedTemplates } from './whitening.ts'

const measurement = parseMeasurement(cms)
const pdf = openPdf(null)
const covered = { ...measurement, covariance: withRounding(measurement, 2) }
const { edges, value, covariance } = binsFrom(covered, 15)
const bins = value.length
const request = (width: 'fixed' | 'running'): TemplateRequest => ({
  ...{ observables: [{ name: 'mll', edges }], pdf, sqrtS: 13_000, scheme: 'MW', muF: 'mll', cuts: null },
  ...{ widthShift: false, scaleVariations: false, width },
})
const running = radiatedSpectrum(request('running'))

it('a radiated spectrum is that of the templates', () => {
  const few = { ...request('running'), observables: [{ name: 'mll' as const, edges: [60, 86, 96, 400] }] }
  const templates = computeTemplates({ ...few, radiation: { logarithm: 5 } })
  radiatedSpectrum(few)(5).forEach((sm, b) => expect(sm).toBeCloseToRel(templates.sm[b], 1e-12))
})

it('rounding to two digits adds a twelfth of the squared step', () => {
  const out = withRounding({ value: Float64Array.of(1.1, 230), covariance: Float64Array.of(1, 0, 0, 1) }, 2)
  expect([...out]).toEqual([1 + 0.1 ** 2 / 12, 0, 0, 1 + 100 / 12])
})

// drell-yan-beyond-lo notes B.2, CT14lo at leading order.
describe('all 43 bins of CMS', () => {
  it('with L = 7, a fixed width and a constant K: chi2 72.5, K 1.311', () => {
    const fit = generalisedLeastSquares(value, covariance, [radiatedSpectrum(request('fixed'))(7)])
    expect(Math.abs(fit.chi2 - 72.5)).toBeLessThan(0.5)
    expect(fit.parameters[0]).toBeCloseTo(1.311, 3)
  })

  it('with a running width, K and L fitted: 69.6 for 41; quadratic K: 52.2 for 39', () => {
    const constant = fitWithRadiation(edges, value, covariance, running, 1)
    expect(constant.chi2).toBeCloseTo(69.6, 1)
    expect(constant.degreesOfFreedom).toBe(41)
    expect(constant.logarithm).toBeCloseTo(7.26, 2)
    expect(constant.error).toBeCloseTo(0.32, 2)
    expect(constant.parameters[0]).toBeCloseTo(1.31, 3)
    const quadratic = fitWithRadiation(edges, value, covariance, running, 3)
    expect(quadratic.chi2).toBeCloseTo(52.2, 1)
    expect([...quadratic.parameters.slice(0, 3)].map((k) => k.toFixed(3))).toEqual([
      '1.350',
      '-0.041',
      '-0.055',
    ])
    // One bin carries half of it.
    const worst = constant.drop.indexOf(Math.max(...constant.drop))
    expect([edges[worst], edges[worst + 1]]).toEqual([830, 1000])
    expect(constant.drop[worst]).toBeGreaterThan(18)
    expect(constant.drop[worst]).toBeLessThan(35)
  })

  it('resolve four directions; with K and L alone free, operators to the errors of the notes', () => {
    const built = measurementModel(measurement, pdf, 2, allBins)
    const { values } = singularDecomposition(built.whitenedLinear, 17, bins)
    expect(Array.from(values).filter((v) => v > 1)).toHaveLength(4)
    const { sm } = built.model.templates
    const free = Float64Array.from(built.dataCovariance)
    const shifts = logMassLegendre(edges, 3).map((term) => term.map((p, b) => p * sm[b]))
    const k = sm[0] / running(built.radiation?.logarithm ?? NaN)[0]
    shifts.push(slopeOf(running, 7.26).map((d) => 5 * k * d))
    for (const shift of shifts)
      for (let a = 0; a < bins; a++) for (let b = 0; b < bins; b++) free[a * bins + b] += shift[a] * shift[b]
    const oneSigma = (linear: Float64Array, operator: OperatorName) => {
      const at = operatorIndex(operator) * bins
      return 1 / Math.hypot(...linear.subarray(at, at + bins))
    }
    const whitened = whitenedTemplates(createWhitening(sm, free), built.model.templates)
    // The notes have NLO of NNPDF31.
    expect(oneSigma(whitened, 'cHWB')).toBeCloseToRel(0.07, 0.1)
    expect(oneSigma(whitened, 'cHl3')).toBeCloseToRel(0.265, 0.1)
    expect(oneSigma(whitened, 'cHe')).toBeCloseToRel(0.32, 0.1)
    expect(oneSigma(whitened, 'clq3')).toBeCloseToRel(0.0148, 0.1)
    // The dataset also lets PDF and scale vary.
    expect(oneSigma(built.whitenedLinear, 'cHWB')).toBeCloseToRel(0.087, 0.02)
    expect(oneSigma(built.whitenedLinear, 'cHl3')).toBeCloseToRel(0.33, 0.02)
    expect(oneSigma(built.whitenedLinear, 'clq3')).toBeCloseToRel(0.014, 0.02)
  })
})

it('bins above 200 GeV alone do not tell L, which is said', () => {
  const high = binsFrom(covered, 200)
  const above = radiatedSpectrum({ ...request('running'), observables: [{ name: 'mll', edges: high.edges }] })
  expect(() => fitWithRadiation(high.edges, high.value, high.covariance, above, 1)).toThrow(
    /did not settle in 30 steps; L is 30\.00 now\. Measured bins must reach below the Z peak/,
  )
})
