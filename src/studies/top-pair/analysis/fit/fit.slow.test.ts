import { describe, expect, it } from 'vitest'
import '../../../../testing/matchers.ts'
import { jointRatios, weightsAt } from '../../../../generator/event-table.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { topPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { coefficientMonomials, evaluatePolynomial } from '../../../../physics/top-pair/polynomial.ts'
import { createTablePdf } from '../../../../physics/pdf/table-pdf.ts'
import table from '../../../../physics/reference/top-pair/toy-pdf-table.json' with { type: 'json' }
import { createBinnedLikelihood } from '../../../../statistics/likelihood/binned.ts'
import { createEventLogSum } from '../../../../statistics/likelihood/event-sum.ts'
import type { Likelihood } from '../../../../statistics/likelihood/likelihood.ts'
import { createUnbinnedLikelihood } from '../../../../statistics/likelihood/unbinned.ts'
import { adaptiveGrid } from '../../../../statistics/posterior/adaptive-grid.ts'
import { calibrateFit } from './fit-calibration.ts'
import { fitDataOf, prepareFit, simulateEvents, withConstant } from './fit-data.ts'
import type { FitData } from './fit-jobs.ts'
import { bestFit, deltaChi2At } from './fit-maximum.ts'
import { createPoolStore, generatePool, type FitPool } from './fit-pool.ts'
import { fitPosterior, rowLikelihood } from './fit-posterior.ts'
import { namedSetups } from '../../named-setups.ts'
import type { FitSetup } from './fit-setup.ts'
import reference from '../reference/asimov.json' with { type: 'json' }

const demonstration: FitSetup = { ...namedSetups['thesis-inspired'].setup, preset: 'parton' }

const pdf = createTablePdf(table, 'toy-pdf-table.json')

function finish<T>(run: Generator<unknown, T>): T {
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}

async function finishAsync<T>(run: AsyncGenerator<unknown, T, void>): Promise<T> {
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}

/** Pool and prediction with the densities of the reference. */
function predict(changes: Partial<FitSetup>) {
  const setup = { ...demonstration, ...changes }
  const { sqrtSGeV: sqrtS, operators, mttMinGeV: mttMin } = setup
  const pool = finish(generatePool(setup, topPairProcess({ sqrtS, pdf, operators, mttMin })))
  const dataFor = (observable: FitSetup['binning']['observable']): FitData =>
    fitDataOf(
      { ...setup, binning: { observable, bins: 10 } },
      pool,
      simulateEvents(setup, pool),
      '',
      'simulated',
    )
  return { pool, dataFor }
}

const names = demonstration.operators

/** Expected counts instead of random ones. */
function asimovBinned(templates: Float64Array, c: readonly number[]): Likelihood {
  const monomials = coefficientMonomials(c)
  const counts = Float64Array.from({ length: templates.length / 6 }, (_, bin) =>
    evaluatePolynomial(templates, monomials, 6 * bin),
  )
  return createBinnedLikelihood({ names, order: 'quadratic', kind: 'poisson', counts, templates })
}

/** All events of the pool, each with its expected number. */
function asimovExact({ table: events }: FitPool, data: FitData, c: readonly number[]): Likelihood {
  const weights = weightsAt(events, c).map((w) => w * data.luminosityInvPb)
  const ratios = withConstant(jointRatios(events), events.rows, 2, 'quadratic')
  return createUnbinnedLikelihood({
    names,
    order: 'quadratic',
    eventSum: createEventLogSum(ratios, events.rows, 6, weights),
    observed: weights.reduce((sum, w) => sum + w, 0),
    expected: data.expected,
  })
}

/** Equal-tailed 95 % intervals of both coefficients. */
function intervals(likelihood: Likelihood): [number, number][] {
  const grid = adaptiveGrid(rowLikelihood(likelihood), { min: [-2, -2], max: [2, 2] })
  const count = 40_000
  const { theta } = grid.draw(count, createRng(1))
  return [0, 1].map((k) => {
    const column = Float64Array.from({ length: count }, (_, i) => theta[2 * i + k]).sort()
    return [column[0.025 * count], column[0.975 * count]]
  })
}

function expectIntervals(actual: [number, number][], expected: { td8: number[]; tq8: number[] }): void {
  const wanted = [expected.td8, expected.tq8]
  for (const k of [0, 1])
    for (const end of [0, 1]) expect(Math.abs(actual[k][end] - wanted[k][end])).toBeLessThan(0.08)
}

describe('expected results beside an independent study', () => {
  it.each([0, 1450])(
    'intervals under the SM, m_tt > %d GeV',
    (mttMinGeV) => {
      const { dataFor } = predict({ mttMinGeV, truth: {} })
      for (const row of reference.intervals95.filter((entry) => entry.mttMinGeV === mttMinGeV)) {
        const data = dataFor(row.observable === 'm_tt' ? 'm_tt' : 'pt_l2')
        const templates = row.observable === null ? data.expected : data.templates
        expectIntervals(intervals(asimovBinned(templates, [0, 0])), row)
      }
    },
    60_000,
  )

  it.each(reference.deltaChi2OfSm)(
    'Delta chi2 of the SM, m_tt > $mttMinGeV GeV',
    ({ mttMinGeV, binned, exact }) => {
      const truth = [reference.truth.td8, reference.truth.tq8]
      const { pool, dataFor } = predict({ mttMinGeV, truth: reference.truth })
      const data = dataFor('pt_l2')
      const ofSm = (likelihood: Likelihood) =>
        deltaChi2At(likelihood, bestFit(likelihood, [truth], 2), [0, 0], 2).value
      expect(ofSm(asimovBinned(data.templates, truth))).toBeCloseToRel(binned, 0.25)
      expect(ofSm(asimovExact(pool, data, truth))).toBeCloseToRel(exact, 0.07)
      if (mttMinGeV === 700)
        expectIntervals(intervals(asimovBinned(data.templates, truth)), reference.thesisInspired)
    },
    60_000,
  )
})

describe('nested sampling of top pairs', () => {
  it('has the evidence of the grid, exact and binned, in ten runs each', async () => {
    const setup = { ...demonstration, observedEvents: 3000, livePoints: 200 }
    const data = await finishAsync(prepareFit({ setup, dropped: null }, createPoolStore()))
    for (const kind of ['exact', 'binned'] as const) {
      const pulls: number[] = []
      for (let seed = 1; seed <= 10; seed++) {
        const request = { setup: { ...setup, seed }, data, kind, ratios: null }
        const { logZ, logZError, gridLogZ, converged } = await finishAsync(fitPosterior(request))
        expect(converged).toBe(true)
        pulls.push((logZ - gridLogZ!) / logZError)
      }
      expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(3)
      const mean = pulls.reduce((sum, pull) => sum + pull / pulls.length, 0)
      expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(10))
    }
  }, 120_000)
})

describe('calibration with exact ratios', () => {
  const setup = { ...demonstration, observedEvents: 2000 }
  const poolOf = createPoolStore()

  it('covers at five truths', async () => {
    const toys = 80
    const { coverage } = await finishAsync(
      calibrateFit({ setup, kind: 'exact', networks: [], test: 'coverage', toys }, poolOf),
    )
    const [at68, at95] = [0, 1].map((k) => coverage!.points.map(({ covered }) => covered[k]))
    // A set of a flat prior need not cover exactly at every truth; three standard errors of 80 toys are 0.16.
    for (const share of at68) expect(Math.abs(share - 0.68)).toBeLessThan(0.16)
    for (const share of at95) expect(share).toBeGreaterThan(0.87)
    expect(Math.abs(at68.reduce((sum, share) => sum + share / 5, 0) - 0.68)).toBeLessThan(0.08)
  }, 180_000)

  it('ranks truths of the prior evenly', async () => {
    const { sbc } = await finishAsync(
      calibrateFit({ setup, kind: 'exact', networks: [], test: 'sbc', toys: 200 }, poolOf),
    )
    for (const { chi2, ks } of sbc!.ranks) {
      expect(chi2.pValue).toBeGreaterThan(0.002)
      expect(ks.pValue).toBeGreaterThan(0.002)
    }
    expect(sbc!.tarp.ks.pValue).toBeGreaterThan(0.002)
  }, 180_000)
})
