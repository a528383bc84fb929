import { describe, expect, it } from 'vitest'
import { computeTemplates } from '../../../../physics/drell-yan/templates.ts'
import { a4PerAsymmetry, asymmetries } from '../../../../physics/drell-yan/asymmetry.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import { createGridPdf } from '../../../../physics/pdf/grid-pdf.ts'
import { operatorIndex, type OperatorName, operatorNames } from '../../../../physics/smeft/operators.ts'
import '../../../../testing/matchers.ts'
import { sharedPdfGrid } from '../../../../testing/shared-pdf.ts'
import { cholesky, solveLower } from '../../../../numerics/linear-algebra.ts'
import { finish } from '../corpus.ts'
import { a4Agreement } from './a4-agreement.ts'
import { compareA4 } from './a4-comparison.ts'
import { morphA4 } from './a4-value.ts'
import { cmsA4 } from './cms-a4.ts'
import { reachOf } from './combined-reach.ts'

const cms = cmsA4()
const pdf = openPdf(null)
const comparison = finish(compareA4(cms, pdf))
const standard = a4Agreement(comparison)
const squares = (of: Iterable<number>) => [...of].reduce((sum, pull) => sum + pull * pull, 0)

describe('the A4 of CMS', () => {
  // drell-yan-beyond-lo notes C.1b: 236.8, of which 30.3 in 15 bins at 86 to 96 GeV, with CT14lo.
  it('is met by leading order with the effective angle, but for off-peak masses', () => {
    expect(Math.abs(squares(standard.pulls) - 236.8)).toBeLessThan(0.3)
    const peak = standard.pulls.filter((_, b) => cms.bins[b].mass[0] >= 86 && cms.bins[b].mass[1] <= 96)
    expect(peak).toHaveLength(15)
    expect(Math.abs(squares(peak) - 30.3)).toBeLessThan(0.1)
  })

  it('is missed by far with the angle of the inputs', () => {
    const { observables } = comparison.theory.templates
    const templates = computeTemplates({
      ...{ observables, pdf, sqrtS: cms.sqrtSGeV, scheme: 'MW', muF: 'mll', cuts: null },
      ...{ widthShift: false, scaleVariations: false },
    })
    const pulls = asymmetries(templates).map(
      ({ sm }, b) => (a4PerAsymmetry * sm[0] - cms.value[b]) / cms.error[b],
    )
    expect(squares(pulls)).toBeGreaterThan(2700)
  })

  // Snapshots of our own: no other computation with the correlations is known.
  it('has a chi2 with its correlations, and a good one with what theory does not know', () => {
    expect(standard.chi2Published).toBeCloseToRel(308.8, 1e-3)
    expect(standard.chi2).toBeCloseToRel(73.2, 2e-3)
    expect(standard.degreesOfFreedom).toBe(63)
    expect(standard.pValue).toBeGreaterThan(0.1)
    expect(comparison.sources).toHaveLength(9)
  })

  it('does not depend on what scales all rates alike', () => {
    const c = new Float64Array(operatorNames.length)
    c[operatorIndex('cll1')] = 1
    expect(a4Agreement(comparison, c).chi2).toBeCloseToRel(standard.chi2, 1e-9)
    c[operatorIndex('cHWB')] = 0.1
    expect(a4Agreement(comparison, c).chi2).toBeGreaterThan(standard.chi2 + 10)
  })
})

it('moves with a coefficient as its derivative says, near the Standard Model', () => {
  const { theory } = comparison
  const bins = cms.bins.length
  for (const name of ['cHWB', 'cqe', 'cHd'] as const) {
    const c = new Float64Array(operatorNames.length)
    c[operatorIndex(name)] = 1e-5
    morphA4(theory, c, 'linear').forEach((a4, b) => {
      const slope = theory.linear[operatorIndex(name) * bins + b]
      expect(Math.abs((a4 - theory.sm[b]) / 1e-5 - slope)).toBeLessThan(1e-4 * Math.abs(slope) + 1e-7)
    })
  }
})

// drell-yan-beyond-lo notes C.1b, with NNPDF40_nnlo and no theory errors; ours are of CT14lo's densities.
it('resolves five directions without theory errors, as computed before', () => {
  const { linear } = comparison.theory
  const { singularValues, single, resolved } = reachOf([linear.map((v, at) => v / cms.error[at % 63])])
  expect(resolved).toBe(5)
  ;[237, 22.1, 7.3, 5.05, 1.03].forEach((value, k) => expect(singularValues[k]).toBeCloseToRel(value, 0.14))
  const known: Partial<Record<OperatorName, number>> = {
    ...{ cHWB: 0.0069, cHD: 0.0077, cHe: 0.0116, cHl1: 0.0135, cHl3: 0.0135, cHq1: 0.097, cHq3: 0.114 },
    ...{ cHu: 0.115, cHd: 0.37, clq1: 0.15, clq3: 0.18, cqe: 0.25 },
  }
  for (const [name, sigma] of Object.entries(known))
    expect(single[operatorIndex(name)]).toBeCloseToRel(sigma, 0.1)
})

const grid = sharedPdfGrid('NNPDF31_lo_as_0118')
it.skipIf(!grid)('the difference of another set is within what the parts of ours allow', () => {
  const other = createGridPdf(grid ?? '', { id: 'NNPDF31_lo' })
  const both = finish(compareA4(cms, pdf, [other]))
  const { name, shift } = both.sources[9]
  expect(name).toBe('NNPDF31_lo less ct14lo-reparametrised')
  const of = (factor: Float64Array) => squares(solveLower(factor, shift, 63))
  expect(of(cholesky(cms.covariance, 63))).toBeGreaterThan(400)
  expect(of(comparison.enlarged)).toBeLessThan(30)
  expect(a4Agreement(both).chi2).toBeLessThan(standard.chi2)
})
