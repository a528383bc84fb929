import { describe, expect, it } from 'vitest'
import { cholesky, symmetricEigen } from '../../numerics/linear-algebra.ts'
import '../../testing/matchers.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { defaultCuts, defaultObservables } from './default-binning.ts'
import { relativePdfShifts } from './pdf-shifts.ts'
import { computeTemplates } from './templates.ts'
import {
  defaultUncertainties,
  nuisanceSources,
  statisticalCovariance,
  totalCovariance,
  uncertaintyModel,
} from './uncertainties.ts'

const templates = computeTemplates({
  observables: defaultObservables,
  pdf: toyPdf(),
  sqrtS: 13_000,
  scheme: 'MW',
  muF: 'mll',
  cuts: defaultCuts,
  widthShift: false,
})
const bins = templates.bins

describe('total covariance', () => {
  it.each(['lo', 'nnlo-like', 'none'] as const)('is positive definite on 42 + 29 bins, scale %s', (scale) => {
    const total = totalCovariance(uncertaintyModel(templates, { ...defaultUncertainties, scale }))
    const l = cholesky(total, bins)
    expect(l.every(Number.isFinite)).toBe(true)
  })

  it('has the variance of its parts', () => {
    const options = { ...defaultUncertainties, scale: 'none' as const, pdf: false }
    const total = totalCovariance(uncertaintyModel(templates, options))
    const sm = templates.sm[0] // 50-55 GeV: lepton error at its low value
    const expected = sm / 3e5 + sm ** 2 * (0.005 ** 2 + 0.017 ** 2 + 0.005 ** 2)
    expect(total[0]).toBeCloseToRel(expected, 1e-12)
  })
})

describe('statistical covariance', () => {
  const statistical = statisticalCovariance(templates, defaultUncertainties)

  it('is Poisson on the diagonal: events over (luminosity x efficiency)^2', () => {
    const half = statisticalCovariance(templates, {
      ...defaultUncertainties,
      luminosityFb: 100,
      efficiency: 0.5,
    })
    for (let b = 0; b < bins; b++) {
      expect(statistical[b * bins + b]).toBeCloseToRel(templates.sm[b] / 3e5, 1e-14)
      expect(half[b * bins + b]).toBeCloseToRel(templates.sm[b] / 5e4, 1e-14)
    }
  })

  it('knows that both spectra count the same events', () => {
    // The difference of the two sums has only the variance of events outside the p_T range.
    let difference = 0
    let single = 0
    for (let a = 0; a < bins; a++)
      for (let b = 0; b < bins; b++) {
        const sign = a < 42 === b < 42 ? 1 : -1
        difference += sign * statistical[a * bins + b]
        if (a === b) single += statistical[a * bins + b]
      }
    expect(Math.abs(difference)).toBeLessThan(1e-5 * single)
  })

  it('is symmetric and positive semi-definite', () => {
    const scale = templates.sm.map((value) => 1 / Math.sqrt(value))
    const correlation = statistical.map(
      (value, k) => value * scale[Math.floor(k / bins)] * scale[k % bins] * 3e5,
    )
    const { values } = symmetricEigen(correlation, bins)
    expect(values[bins - 1]).toBeGreaterThan(-1e-12)
    expect(values[0]).toBeCloseToRel(2, 1e-4) // the fully shared direction
  })
})

describe('correlated sources', () => {
  const named = (options = defaultUncertainties) =>
    new Map(nuisanceSources(templates, options).map((source) => [source.name, source.shift]))

  it('are luminosity, lepton, 29 PDF directions and scale', () => {
    const names = [...named().keys()]
    expect(names.length).toBe(32)
    expect(names.slice(0, 3)).toEqual(['luminosity', 'lepton', 'pdf 1'])
    expect(names.at(-1)).toBe('scale')
  })

  it('PDF shifts are relative to the spectrum', () => {
    const relative = relativePdfShifts(defaultObservables)
    expect(named().get('pdf 7')![40]).toBeCloseToRel(relative[6 * bins + 40] * templates.sm[40], 1e-14)
  })

  it('lepton error grows from 0.5 to 1 %, with 2 p_T in the place of m', () => {
    const shift = named().get('lepton')!
    const relative = (b: number) => shift[b] / templates.sm[b]
    expect(relative(0)).toBeCloseToRel(0.005, 1e-12)
    expect(relative(41)).toBeCloseToRel(0.01, 1e-12)
    expect(relative(42)).toBeCloseToRel(0.005, 1e-12)
    expect(relative(70)).toBeCloseToRel(0.01, 1e-12)
    const middle = defaultObservables[0].edges.findIndex((edge) => edge > 316) - 1
    expect(relative(middle)).toBeCloseToRel(0.0075, 0.05)
  })

  it('the leading-order scale shift is signed', () => {
    const shift = named({ ...defaultUncertainties, scale: 'lo' }).get('scale')!
    const expected = (templates.scaleDouble![0] - templates.scaleHalf![0]) / 2
    expect(shift[0]).toBe(expected)
    expect(shift[0]).toBeGreaterThan(0)
  })

  it('at next-to-leading order both ways are kept where they lead to the same side', () => {
    const pdf = { ...toyPdf(), alphaS: (q: number) => 0.118 / (1 + 0.14 * Math.log(q / 91.1876)) }
    const nlo = computeTemplates({
      ...{ observables: [defaultObservables[0]], pdf, sqrtS: 13_000, scheme: 'MW', muF: 'mll' },
      ...{ cuts: null, widthShift: false, order: 'nlo' },
    })
    const sources = nuisanceSources(nlo, { ...defaultUncertainties, scale: 'lo' }).slice(-2)
    expect(sources.map(({ name }) => name)).toEqual(['scale', 'scale, same side'])
    const [odd, even] = sources.map(({ shift }) => shift)
    const { sm, scaleHalf, scaleDouble } = nlo
    for (const b of [0, 20, 41]) {
      expect(sm[b] + even[b] + odd[b]).toBeCloseToRel(scaleDouble![b], 1e-12)
      expect(sm[b] + even[b] - odd[b]).toBeCloseToRel(scaleHalf![b], 1e-12)
    }
  })

  it('zero sizes leave a source out', () => {
    const none = {
      ...defaultUncertainties,
      luminosity: 0,
      lepton: { low: 0, high: 0 },
      pdf: false,
      scale: 'none' as const,
    }
    expect(named(none).size).toBe(0)
  })

  it('says what is missing', () => {
    const bare = { ...templates, scaleHalf: undefined, scaleDouble: undefined }
    expect(() => nuisanceSources(bare, { ...defaultUncertainties, scale: 'lo' })).toThrow(
      /scaleVariations.*nnlo-like/,
    )
    expect(() => statisticalCovariance(templates, { ...defaultUncertainties, luminosityFb: 0 })).toThrow(
      /0 \/fb/,
    )
  })
})
