import { describe, expect, it } from 'vitest'
import { cholesky, solveLower, symmetricEigen } from '../../numerics/linear-algebra.ts'
import { integrate } from '../../numerics/quadrature.ts'
import '../../testing/matchers.ts'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import { electroweak, inputSchemes } from '../electroweak.ts'
import { createDefaultPdf } from '../pdf/default-pdf.ts'
import { createGridPdf } from '../pdf/grid-pdf.ts'
import { type PartonId, partonIds, type PdfSet } from '../pdf/pdf-set.ts'
import tables from '../reference/drell-yan-table-ct14lo.json' with { type: 'json' }
import reference from '../reference/drell-yan-templates-ct14lo.json' with { type: 'json' }
import { operatorIndex, operatorNames, pairIndex } from '../smeft/operators.ts'
import { amplitudeModel } from './amplitude.ts'
import { defaultCuts, defaultObservables, defaultSqrtS } from './default-binning.ts'
import { createLuminosity } from './luminosity.ts'
import { fillResponse, fluxFactor, responseCount } from './partonic.ts'
import { linearValidityLimit } from './positivity.ts'
import { computeTemplates } from './templates.ts'
import type { TemplateRequest } from './template-request.ts'
import { defaultUncertainties, totalCovariance, uncertaintyModel } from './uncertainties.ts'

const sets: { name: string; pdf: PdfSet; tolerance: number }[] = [
  // The re-parametrisation agrees with CT14lo's luminosities to 1.1e-4 at 3 TeV, 2e-5 below 800 GeV.
  { name: 'default PDF', pdf: createDefaultPdf(), tolerance: 1.5e-4 },
]
const grid = sharedPdfGrid('CT14lo')
if (grid) sets.push({ name: 'CT14lo grid', pdf: createGridPdf(grid, { id: 'CT14lo' }), tolerance: 1e-4 })

describe.each(sets)('$name', ({ pdf, tolerance }) => {
  const request: TemplateRequest = {
    observables: defaultObservables,
    pdf,
    sqrtS: defaultSqrtS,
    scheme: 'MW',
    muF: 'mll',
    cuts: defaultCuts,
    widthShift: false,
  }
  const templates = computeTemplates(request)
  const bins = templates.bins
  const mllBins = reference.mll_sm.length

  const inRanges = (edges: number[], change: Partial<TemplateRequest> = {}) =>
    computeTemplates({
      ...request,
      cuts: null,
      observables: [{ name: 'mll', edges }],
      scaleVariations: false,
      ...change,
    }).sm

  it('integrated SM cross-sections, full phase space', () => {
    const low = inRanges([40, 60, 120])
    expect(low[0]).toBeCloseToRel(106.561, 5e-5)
    expect(low[1]).toBeCloseToRel(1416.93, 5e-5)
    expect(inRanges([66, 116])[0]).toBeCloseToRel(1397.53, 5e-5)
    const high = inRanges([120, 200, 400, 800, 1600, 3200])
    ;[14.3166, 2.03784, 0.182141, 0.0137085, 6.24917e-4].forEach((expected, b) =>
      expect(high[b]).toBeCloseToRel(expected, tolerance),
    )
  })

  it('fiducial cross-section 66-116 GeV and the sum of all default bins', () => {
    expect(inRanges([66, 116], { cuts: defaultCuts })[0]).toBeCloseToRel(547.06, 5e-5)
    const total = (from: number, to: number) => templates.sm.slice(from, to).reduce((a, b) => a + b, 0)
    expect(total(0, mllBins)).toBeCloseToRel(565.699, 5e-5)
    expect(total(mllBins, bins)).toBeCloseToRel(565.699, 5e-5)
  })

  it('is of the size of the ATLAS measurement over a leading-order K factor', () => {
    // sigma(Z -> ll, 66-116 GeV) = 1.981 +- 0.057 nb, arXiv:1603.09222; K = 1.42 for this PDF
    expect(1981 / inRanges([66, 116])[0]).toBeCloseToRel(1.42, 0.01)
  })

  it('the alpha scheme is 2.1 % below the MW scheme at the Z', () => {
    const [ratio] = inRanges([66, 116], { scheme: 'alpha' }).map((v, b) => v / inRanges([66, 116])[b])
    expect(ratio).toBeCloseToRel(0.979, 1e-3)
  })

  it.each(inputSchemes)(
    'table of d sigma / dm with its 17 linear and quadratic columns, %s scheme',
    (scheme) => {
      const model = amplitudeModel(electroweak(scheme))
      const luminosity = createLuminosity(pdf, defaultSqrtS, null, 32)
      const response = new Float64Array(2 * responseCount)
      const pair = new Float64Array(2)
      for (const [m, sm, up, down, ...columns] of tables[scheme]) {
        luminosity.setMass(m, m)
        luminosity.above(0, pair)
        expect(pair[0]).toBeCloseToRel(up, tolerance)
        expect(pair[1]).toBeCloseToRel(down, tolerance)
        fillResponse(model, m * m, response)
        const mix = (r: number) =>
          fluxFactor(m * m) * (pair[0] * response[r] + pair[1] * response[responseCount + r])
        expect(mix(0)).toBeCloseToRel(sm, tolerance)
        const n = operatorNames.length
        for (let i = 0; i < n; i++) {
          expect(Math.abs(mix(1 + i) / mix(0) - columns[i])).toBeLessThan(
            tolerance * Math.max(0.05, Math.abs(columns[i])),
          )
          expect(mix(1 + n + pairIndex(i, i)) / mix(0)).toBeCloseToRel(columns[n + i], tolerance)
        }
      }
    },
  )

  // The reference templates come from a coarser quadrature: measured against brute force they are off by 3e-4 in the
  // first m_ll bin and by up to 1.5 % (5 % for quadratic terms) in p_T bins above 50 GeV, with alternating sign.
  const accuracy = (b: number) => (b === 0 ? 4e-4 : b < mllBins ? 2e-4 : b < mllBins + 13 ? 1e-3 : 0.016)

  it('default templates: SM and scale variations', () => {
    const close = (got: Float64Array, mll: number[], ptl: number[]) =>
      [...mll, ...ptl].forEach((expected, b) => expect(got[b]).toBeCloseToRel(expected, accuracy(b)))
    close(templates.sm, reference.mll_sm, reference.pt_sm)
    close(templates.scaleHalf!, reference.scale_half[0], reference.scale_half[1])
    close(templates.scaleDouble!, reference.scale_double[0], reference.scale_double[1])
  })

  it.each(operatorNames)('default templates of %s: linear and diagonal quadratic', (name) => {
    const i = operatorIndex(name)
    const linear = [...reference.mll_lin[i], ...reference.pt_lin[i]]
    const quadratic = [...reference.mll_quad[i], ...reference.pt_quad[i]]
    for (let b = 0; b < bins; b++) {
      const slack = accuracy(b) * (b < mllBins ? 1 : 3.5)
      const size = Math.max(templates.sm[b] * 0.05, Math.abs(linear[b]))
      expect(Math.abs(templates.linear[i * bins + b] - linear[b])).toBeLessThan(slack * size)
      expect(templates.quadratic[pairIndex(i, i) * bins + b]).toBeCloseToRel(quadratic[b], slack)
    }
  })

  it('acceptance of u-type events at 300 GeV', () => {
    const ratio = [defaultCuts, null].map((cuts) => {
      const luminosity = createLuminosity(pdf, defaultSqrtS, cuts, 32)
      const pair = new Float64Array(2)
      luminosity.setMass(300, 300)
      luminosity.above(0, pair)
      return pair[0]
    })
    expect(ratio[0] / ratio[1]).toBeCloseToRel(0.54176, 2e-5)
  })

  // Singular values of the whitened m_ll templates at 300/fb with statistics, 0.5 % uncorrelated, 1.7 % luminosity,
  // CT18NLO and the full leading-order scale: the notes' own covariance, built separately.
  it('measures five directions as the reference covariance does', () => {
    const options = { ...defaultUncertainties, lepton: { low: 0, high: 0 }, scale: 'lo' as const }
    const full = totalCovariance(uncertaintyModel(templates, options))
    const covariance = new Float64Array(mllBins * mllBins)
    for (let a = 0; a < mllBins; a++) covariance.set(full.subarray(a * bins, a * bins + mllBins), a * mllBins)
    const l = cholesky(covariance, mllBins)
    const whitened = operatorNames.map((_, i) =>
      solveLower(l, templates.linear.subarray(i * bins, i * bins + mllBins), mllBins),
    )
    const n = operatorNames.length
    const fisher = new Float64Array(n * n)
    whitened.forEach((a, i) =>
      whitened.forEach((b, j) => (fisher[i * n + j] = a.reduce((sum, v, k) => sum + v * b[k], 0))),
    )
    const values = symmetricEigen(fisher, n).values.slice(0, 6).map(Math.sqrt)
    ;[749, 50.6, 35.0, 10.6, 8.67, 0.239].forEach((expected, k) =>
      expect(values[k]).toBeCloseToRel(expected, 3e-3),
    )
    // one at a time, TeV^-2
    for (const [name, sigma] of [
      ['clq3', 0.0016],
      ['cHWB', 0.033],
      ['cHl3', 0.094],
      ['cll1', 0.22],
      ['cHd', 1.28],
    ] as const)
      expect(1 / Math.sqrt(fisher[operatorIndex(name) * (n + 1)])).toBeCloseToRel(sigma, 0.035)
  })

  // Smallest |C| that makes an m_ll bin negative: over all bins, and over those below 1200 GeV.
  it.each([
    ['clq3', 0.014, 0.076],
    ['ceu', 0.028, 0.165],
    ['clq1', 0.031, 0.243],
    ['clu', 0.055, 0.333],
    ['cqe', 0.077, 0.406],
    ['ced', 0.123, 0.521],
    ['cld', 0.247, 1.05],
    ['cHWB', 2.4, 2.4],
    ['cHl3', 4.2, 4.2],
    ['cHD', 4.7, 4.7],
    ['cHq3', 7.1, 7.1],
    ['cHl1', 7.4, 7.4],
    ['cll1', 8.2, 8.2],
    ['cHe', 8.7, 8.7],
    ['cHu', 38, 38],
    ['cHq1', 46, 46],
    ['cHd', 68, 68],
  ] as const)('linear validity of %s', (name, all, below1200) => {
    expect(linearValidityLimit(templates, name, { start: 0, end: mllBins })).toBeCloseToRel(all, 0.02)
    expect(linearValidityLimit(templates, name, { start: 0, end: mllBins - 3 })).toBeCloseToRel(
      below1200,
      0.02,
    )
  })

  // MadGraph with SMEFTsim_general_alphaScheme, C_lq1 = 0.1 TeV^-2 for muons and the first quark family, linear and
  // quadratic, "Warsaw up": the down component is CKM-rotated. Their PDF is NNPDF30_nnlo, so 1.5 %.
  it('reproduces MadGraph cross-section ratios for a flavoured contact term', () => {
    const model = amplitudeModel(electroweak('alpha'))
    const response = new Float64Array(2 * responseCount)
    const n = operatorNames.length
    const clq1 = operatorIndex('clq1')
    const c = 0.1
    const ckm = [0.97435, 0.225, 0.00369] // |V_ud|, |V_us|, |V_ub|
    const at = (id: number) => partonIds.indexOf(id as PartonId)
    const spectrum = (m: number): [number, number] => {
      fillResponse(model, m * m, response)
      const flux = fluxFactor(m * m) * (2 / m)
      const luminosity = (a: number, b: number) =>
        integrate(
          (y) => {
            const one = pdf.xfxQ2All((m / defaultSqrtS) * Math.exp(y), m * m)
            const two = pdf.xfxQ2All((m / defaultSqrtS) * Math.exp(-y), m * m)
            return one[at(a)] * two[at(-b)] + one[at(-b)] * two[at(a)]
          },
          -Math.log(defaultSqrtS / m),
          Math.log(defaultSqrtS / m),
          40,
        )
      let sm = 0
      let shift = 0
      const term = (type: 0 | 1, r: number) => flux * response[type * responseCount + r]
      const square = 1 + n + pairIndex(clq1, clq1)
      const up = luminosity(2, 2)
      sm += term(0, 0) * (up + luminosity(4, 4))
      shift += up * (c * term(0, 1 + clq1) + c * c * term(0, square))
      const downs = [1, 3, 5]
      downs.forEach((a, i) =>
        downs.forEach((b, j) => {
          const l = luminosity(a, b)
          const coupling = c * ckm[i] * ckm[j]
          if (i === j) {
            sm += term(1, 0) * l
            shift += l * coupling * term(1, 1 + clq1)
          }
          shift += l * coupling * coupling * term(1, square)
        }),
      )
      return [sm, sm + shift]
    }
    const expected = [1.19986, 1.62666, 2.47014]
    expected.forEach((ratio, b) => {
      const [low, high] = [1000 + 200 * b, 1200 + 200 * b]
      const sum = [0, 1].map((k) => integrate((m) => spectrum(m)[k], low, high, 4))
      expect(sum[1] / sum[0]).toBeCloseToRel(ratio, 0.015)
    })
  })
})

const nnpdf = sharedPdfGrid('NNPDF31_lo_as_0118')
it.skipIf(!nnpdf)('sigma(66-116 GeV) with NNPDF31_lo_as_0118', () => {
  const { sm } = computeTemplates({
    observables: [{ name: 'mll', edges: [66, 116] }],
    pdf: createGridPdf(nnpdf!, { id: 'NNPDF31_lo_as_0118' }),
    sqrtS: defaultSqrtS,
    scheme: 'MW',
    muF: 'mll',
    cuts: null,
    widthShift: false,
    scaleVariations: false,
  })
  expect(sm[0]).toBeCloseToRel(1515.7, 1e-4)
})
