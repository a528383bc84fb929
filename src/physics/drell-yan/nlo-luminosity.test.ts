import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import { createRunningCoupling } from '../pdf/alpha-s.ts'
import { createDefaultPdf } from '../pdf/default-pdf.ts'
import { createGridPdf } from '../pdf/grid-pdf.ts'
import { partonIndex } from '../pdf/pdf-set.ts'
import reference from '../reference/drell-yan-nlo-ct14lo.json' with { type: 'json' }
import { operatorIndex } from '../smeft/operators.ts'
import { nloLuminosity } from './nlo-luminosity.ts'
import { nloRatio } from './nlo-ratio.ts'
import { radiatedSpectrum } from './radiated-spectrum.ts'
import type { TemplateRequest } from './template-request.ts'
import { computeTemplates } from './templates.ts'

const sqrtS = 13_000
const { alphaS } = createRunningCoupling()
const grid = sharedPdfGrid('CT14lo')
const ours = createDefaultPdf()
const sets = [
  { name: 'default PDF', pdf: ours },
  ...(grid ? [{ name: 'CT14lo grid', pdf: { ...createGridPdf(grid, { id: 'CT14lo' }), alphaS } }] : []),
]
const ofPeak = (pdf: TemplateRequest['pdf'], edges: number[]): TemplateRequest => ({
  ...{ observables: [{ name: 'mll', edges }], pdf, sqrtS, scheme: 'MW', muF: 'mll', cuts: null },
  ...{ widthShift: false, scaleVariations: false },
})

describe.each(sets)('$name', ({ pdf }) => {
  it('luminosities and their corrections at single masses', () => {
    for (const { m, leading, quark, gluon, alphaS: coupling } of reference.points) {
      expect(alphaS(m)).toBeCloseToRel(coupling, 1e-5)
      const a = alphaS(m) / (2 * Math.PI)
      const terms = nloLuminosity(pdf, sqrtS, m, m)
      // At 3 TeV our nodes are 6e-5 from twice as many, and the reference has its own.
      const points = m > 1000 ? 1.5e-4 : 1e-4
      for (const q of [0, 1]) {
        expect(terms.leading[q]).toBeCloseToRel(leading[q], points)
        expect(a * terms.quark[q]).toBeCloseToRel(quark[q], points)
        expect(a * terms.gluon[q]).toBeCloseToRel(gluon[q], points)
      }
    }
  })

  it('K of 22 bins and of the peak', () => {
    const { edges, k, zPeak } = reference
    const lo = computeTemplates(ofPeak(pdf, edges))
    const nlo = computeTemplates({ ...ofPeak(pdf, edges), order: 'nlo' })
    nlo.sm.forEach((value, b) => expect(value / lo.sm[b]).toBeCloseToRel(k[b], 2e-4))
    expect(computeTemplates({ ...ofPeak(pdf, zPeak.edges), order: 'nlo' }).sm[0]).toBeCloseToRel(
      zPeak.nlo,
      1e-4,
    )
  })

  it('what mu_F takes from the corrections, evolution puts into the densities', () => {
    for (const m of [30, 91.1876]) {
      const h = 0.02
      const at = (factor: number) => nloLuminosity(pdf, sqrtS, m, m * factor).leading
      const { quarkLog, gluonLog } = nloLuminosity(pdf, sqrtS, m, m)
      const a = alphaS(m) / (2 * Math.PI)
      for (const q of [0, 1]) {
        const slope = (at(Math.exp(h))[q] - at(Math.exp(-h))[q]) / (4 * h)
        expect(slope).toBeCloseToRel(a * (quarkLog[q] + gluonLog[q]), 1e-3)
      }
    }
  })
})

describe('the convolution', () => {
  it('does not depend on where its nodes change, nor on their number', () => {
    for (const m of [20, 1000]) {
      const usual = nloLuminosity(ours, sqrtS, m, m)
      for (const nodes of [
        { z: 24, y: 32, split: 0.15 },
        { z: 24, y: 32, split: 0.5 },
        { z: 48, y: 48, split: 0.3 },
      ]) {
        const other = nloLuminosity(ours, sqrtS, m, m, nodes)
        for (const q of [0, 1])
          expect(Math.abs(other.quark[q] + other.gluon[q] - usual.quark[q] - usual.gluon[q])).toBeLessThan(
            1e-4 * usual.leading[q],
          )
      }
    }
  })

  it('K between its knots is that of the convolution, with other scales too', () => {
    const scales = { mu: 'mll', muF: 0.5, muR: 2 } as const
    const k = nloRatio(ours, sqrtS, [20, 2000], scales)
    for (const m of [20, 33.3, 212, 1800]) {
      const pair = Float64Array.of(1, 1)
      k(m, pair)
      const terms = nloLuminosity(ours, sqrtS, m, 0.5 * m)
      const a = alphaS(2 * m) / (2 * Math.PI)
      for (const q of [0, 1]) {
        const { leading, quark, gluon, quarkLog, gluonLog } = terms
        const more = quark[q] + gluon[q] + 2 * Math.log(2) * (quarkLog[q] + gluonLog[q])
        expect(pair[q]).toBeCloseToRel(1 + (a * more) / leading[q], 2e-5)
      }
    }
  })

  it('multiplies all operators by one K where one type of quark is there', () => {
    const withoutDown = {
      ...ours,
      xfxQ2All: (x: number, q2: number, out?: Float64Array) => {
        const all = ours.xfxQ2All(x, q2, out)
        for (const id of [1, 3, 5] as const) all[partonIndex(id)] = all[partonIndex(-id as -1)] = 0
        return all
      },
    }
    // So narrow that the weight of the masses within is one.
    const request = ofPeak(withoutDown, [300, 300.001])
    const lo = computeTemplates(request)
    const nlo = computeTemplates({ ...request, order: 'nlo' })
    const k = nlo.sm[0] / lo.sm[0]
    expect(k).toBeGreaterThan(1.1)
    for (const array of ['linear', 'quadratic'] as const)
      nlo[array].forEach((value, at) => expect(Math.abs(value - k * lo[array][at])).toBeLessThan(1e-9 * k))
    expect(nlo.linear[operatorIndex('clu')]).toBeCloseToRel(k * lo.linear[operatorIndex('clu')], 1e-9)
  })

  it('goes before photon radiation, in templates and in the spectrum of any L', () => {
    const request = { ...ofPeak(ours, [60, 80, 100]), order: 'nlo', width: 'running' } as const
    const templates = computeTemplates({ ...request, radiation: { logarithm: 7 } })
    radiatedSpectrum(request)(7).forEach((sm, b) => expect(sm).toBeCloseToRel(templates.sm[b], 1e-12))
    const lo = computeTemplates({ ...request, order: 'lo', radiation: { logarithm: 7 } })
    expect(templates.sm[0] / lo.sm[0]).toBeCloseToRel(1.11, 5e-3)
  })

  it('varies both scales together', () => {
    const { sm, scaleHalf, scaleDouble } = computeTemplates({
      ...ofPeak(ours, [66, 116]),
      ...{ order: 'nlo', scaleVariations: true },
    })
    const alone = computeTemplates({
      ...ofPeak(ours, [66, 116]),
      ...{ order: 'nlo', scaleFactors: { muF: 0.5, muR: 0.5 } },
    })
    expect(scaleHalf?.[0]).toBe(alone.sm[0])
    // Less than leading order, which varies by -12 and +11 %.
    expect(Math.abs((scaleHalf?.[0] ?? 0) / sm[0] - 1)).toBeLessThan(0.06)
    expect(Math.abs((scaleDouble?.[0] ?? 0) / sm[0] - 1)).toBeLessThan(0.06)
  })
})

describe('is refused', () => {
  const request = { ...ofPeak(ours, [60, 120]), order: 'nlo' } as const
  it.each([
    ['with cuts', { cuts: { ptMin: 25, absEtaMax: 2.4 } }, /mll with p_T > 25 GeV and \|eta\| < 2.4 stays/],
    ['for p_T', { observables: [{ name: 'ptl', edges: [30, 40] }] }, /ptl stays at leading order/],
    ['without alpha_s', { pdf: { ...ours, id: 'X', alphaS: undefined } }, /X comes without.*60 to 120 GeV/],
    ['with a scale of zero', { scaleFactors: { muF: 0, muR: 1 } }, /multiples of the scale, got 0 and 1/],
  ] satisfies [string, Partial<TemplateRequest>, RegExp][])('%s', (_, change, words) => {
    expect(() => computeTemplates({ ...request, ...change })).toThrow(words)
  })

  it('where a luminosity is negative, with mass and both luminosities', () => {
    const negative = {
      ...ours,
      id: 'NEG',
      xfxQ2All: (x: number, q2: number, out?: Float64Array) => {
        const all = ours.xfxQ2All(x, q2, out)
        if (x > 0.25) for (const k of [0, 1, 2, 3, 4]) all[k] = -all[k]
        return all
      },
    }
    expect(() =>
      computeTemplates({ ...request, pdf: negative, observables: [{ name: 'mll', edges: [1000, 9000] }] }),
    ).toThrow(/up to 9000 GeV; at \d+ GeV that of u-type quarks is -?[\d.]+e-\d+ GeV\^-1 at leading, -/)
    // Below, and for what radiates from above the last edge, the set is good enough.
    const low = { ...request, pdf: negative, observables: [{ name: 'mll' as const, edges: [500, 1500] }] }
    expect(computeTemplates({ ...low, radiation: { logarithm: 7 } }).sm[0]).toBeGreaterThan(0)
  })
})
