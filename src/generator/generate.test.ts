import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import { createRng } from '../numerics/rng.ts'
import { createTablePdf } from '../physics/pdf/table-pdf.ts'
import table from '../physics/reference/top-pair/toy-pdf-table.json'
import { topPairProcess } from '../physics/top-pair/hadronic.ts'
import { pairTerm, termNames } from '../physics/top-pair/polynomial.ts'
import { dileptonSelection } from './detector.ts'
import {
  column,
  concatenateTables,
  featureMatrix,
  jointRatios,
  sumWeights,
  weightsAt,
  type EventTable,
} from './event-table.ts'
import { generateEvents, pointsPerBlock, type GenerateOptions } from './generate.ts'
import { featureSets, observableNames } from './observables.ts'
import { adaptSampler } from './sampler.ts'
import { drawPseudoData, unweight } from './unweight.ts'
import { drain } from '../numerics/drain.ts'

/** Position of the first number that differs, -1 if there is none; toEqual takes seconds on arrays of this size. */
function firstDifference(a: EventTable, b: EventTable): number {
  const arrays = (table: EventTable) => [table.weights, ...Object.values(table.columns)]
  const [left, right] = [arrays(a), arrays(b)]
  expect(left.map(({ length }) => length)).toEqual(right.map(({ length }) => length))
  return Math.max(...left.map((values, k) => values.findIndex((value, i) => value !== right[k][i])))
}

const pdf = createTablePdf(table, 'toy-pdf-table.json')
const operators = ['td8', 'tq8', 'tG'] as const
const sampler = drain(adaptSampler(topPairProcess({ pdf, operators }), createRng(1)))
const options: GenerateOptions = { points: 60_000, seed: 11, observables: observableNames }
const events = drain(generateEvents(sampler, options))

describe('event generation', () => {
  it('integrates to the quadrature for every term', () => {
    const { sum, sum2 } = sumWeights(events)
    termNames(operators).forEach((name, t) => {
      const error = Math.sqrt(sum2[t] - sum[t] ** 2 / events.points)
      if (name === 'td8*tq8') expect(sum[t]).toBe(0)
      else expect(Math.abs(sum[t] - sampler.totals[t]) / error, name).toBeLessThan(4)
    })
  })

  it('gives the same events for any division among workers', () => {
    const short = { ...options, points: 3 * pointsPerBlock + 100 }
    const whole = drain(generateEvents(sampler, short))
    const second = drain(generateEvents(sampler, { ...short, blocks: [1, 4] }))
    const first = drain(generateEvents(sampler, { ...short, blocks: [0, 1] }))
    const joined = concatenateTables([first, second])
    expect(joined.points).toBe(short.points)
    expect(firstDifference(joined, whole)).toBe(-1)
  })

  it('does so with cuts and smearing too, and reports progress', () => {
    const cut = {
      ...options,
      points: 2 * pointsPerBlock,
      selection: dileptonSelection,
      detector: { leptonPt: 0.1, bStochastic: 1, bConstant: 0.1, missingGeV: 20, efficiency: 0.8 },
    }
    const reports = [...generateEvents(sampler, cut)]
    expect(reports.map(({ points }) => points)).toEqual([pointsPerBlock, 2 * pointsPerBlock])
    const whole = drain(generateEvents(sampler, cut))
    expect(reports[1].accepted).toBe(whole.rows)
    const halves = [0, 1].map((k) => drain(generateEvents(sampler, { ...cut, blocks: [k, k + 1] })))
    expect(firstDifference(concatenateTables(halves), whole)).toBe(-1)
    expect(Math.max(...column(whole, 'm_ll'))).toBeGreaterThan(106)
    expect(column(whole, 'm_ll').some((m) => m > 76 && m < 106)).toBe(false)
    expect(Math.min(...column(whole, 'pt_l_trailing'))).toBeGreaterThan(20)
  })

  // Acceptances of an independent program with the same densities: 0.330, without Z veto 0.423, both +- 0.002.
  it.each([
    [dileptonSelection, 0.33],
    [{ ...dileptonSelection, zVeto: null }, 0.423],
  ])('accepts the known part of the SM', (selection, expected) => {
    const points = 100_000
    const kept = drain(generateEvents(sampler, { points, seed: 3, observables: [], selection }))
    const { sum, sum2 } = sumWeights(kept)
    const error = Math.sqrt(sum2[0]) / sampler.totals[0]
    expect(Math.abs(sum[0] / sampler.totals[0] - expected)).toBeLessThan(0.002 + 4 * error)
  })

  // Spin correlations of the SM at 13 TeV from the same program, +- 0.01.
  it('has the spin correlations of the SM, and <cos phi> = -D/3', () => {
    const c = (name: (typeof observableNames)[number]) => column(events, name)
    const sums = [0, 0, 0, 0]
    for (let i = 0; i < events.rows; i++) {
      const w = events.weights[i * events.terms]
      const r = c('plus_r')[i] * c('minus_r')[i]
      const n = c('plus_n')[i] * c('minus_n')[i]
      const k = c('plus_k')[i] * c('minus_k')[i]
      sums[0] += w
      sums[1] += w * r
      sums[2] += w * n
      sums[3] += w * k
    }
    const [rr, nn, kk] = sums.slice(1).map((sum) => (-9 * sum) / sums[0])
    // One event has <x^2> = 1/9, so 9 x the mean of 60,000 weighted ones is known to 0.017.
    expect(Math.abs(rr - 0.03)).toBeLessThan(0.07)
    expect(Math.abs(nn + 0.32)).toBeLessThan(0.07)
    expect(Math.abs(kk + 0.3)).toBeLessThan(0.07)
    const meanCosPhi = (sums[1] + sums[2] + sums[3]) / sums[0]
    expect(Math.abs(meanCosPhi - 0.197 / 3)).toBeLessThan(0.02)
  })

  it('has non-negative rates at random coefficients', () => {
    const rng = createRng(8)
    for (let k = 0; k < 10; k++) {
      const c = [4 * rng.normal(), 4 * rng.normal(), 4 * rng.normal()]
      const { weights, terms, rows } = events
      let lowest = Infinity
      for (let i = 0; i < rows; i++) {
        let sum = weights[i * terms] + c[0] * weights[i * terms + 1]
        sum += c[1] * weights[i * terms + 2] + c[2] * weights[i * terms + 3]
        for (let a = 0; a < 3; a++)
          for (let b = a; b < 3; b++) sum += c[a] * c[b] * weights[i * terms + pairTerm(a, b, 3)]
        lowest = Math.min(lowest, sum / weights[i * terms])
      }
      expect(lowest).toBeGreaterThan(-1e-9)
    }
  })
})

describe('reweighting', () => {
  // Events unweighted at c and SM events reweighted to c must have one distribution: two roads to the same histogram.
  it('closes: unweighting at c agrees with weights at c', () => {
    const c = [1, -0.8, 0.5]
    const weights = weightsAt(events, c)
    const { rows, clippedShare } = unweight(weights, createRng(5), 1e-4)
    expect(clippedShare).toBeLessThanOrEqual(1.0001e-4)
    const values = column(events, 'pt_ll')
    const edges = [0, 30, 60, 90, 130, 200, Infinity]
    const total = weights.reduce((a, b) => a + b)
    for (let bin = 0; bin + 1 < edges.length; bin++) {
      const inside = (i: number) => values[i] >= edges[bin] && values[i] < edges[bin + 1]
      let expected = 0
      weights.forEach((w, i) => (expected += inside(i) ? w / total : 0))
      const got = rows.filter(inside).length / rows.length
      // Given the weighted sample, the count of accepted ones is binomial.
      expect(Math.abs(got - expected)).toBeLessThan(4 * Math.sqrt(expected / rows.length) + 1e-4)
    }
  })

  it('gives joint ratios whose SM mean is the ratio of cross-sections', () => {
    const { sum } = sumWeights(events)
    const ratios = jointRatios(events)
    let mean = 0
    for (let i = 0; i < events.rows; i++)
      mean += events.weights[i * events.terms] * ratios[i * (events.terms - 1) + 1]
    expect(mean).toBeCloseToRel(sum[2], 1e-10)
  })

  it('draws pseudo-data without replacement and says when the pool is too small', () => {
    const rng = createRng(6)
    const data = drawPseudoData(events, [0, 0, 0], { events: 2000 }, rng)
    expect(new Set(data.rows).size).toBe(2000)
    expect(data.poolRatio).toBe(events.rows / 2000)
    const small = drawPseudoData(events, [0, 0, 0], { luminosityInvPb: 4 }, rng)
    expect(small.expected).toBeCloseToRel(4 * sumWeights(events).sum[0], 1e-12)
    expect(Math.abs(small.rows.length - small.expected)).toBeLessThan(5 * Math.sqrt(small.expected))
    expect(() => drawPseudoData(events, [0, 0, 0], { events: 50_000 }, rng)).toThrow(/Generate at least/)
  })

  it('refuses negative and vanishing weights', () => {
    expect(() => unweight(Float64Array.of(1, -0.5), createRng(1))).toThrow(/Event 2 of 2 has the weight -0.5/)
    expect(() => unweight(new Float64Array(3), createRng(1))).toThrow(/All 3 events have weight zero/)
  })
})

describe('event table', () => {
  it('hands out feature matrices row by row', () => {
    const matrix = featureMatrix(events, featureSets.parton)
    expect(matrix[2 * 7]).toBe(column(events, 'm_tt')[7])
    expect(matrix[2 * 7 + 1]).toBe(column(events, 'y_tt')[7])
    const narrow = drain(generateEvents(sampler, { points: 10, seed: 1, observables: ['m_ll'] }))
    expect(() => column(narrow, 'met')).toThrow(/no column met, they have m_ll/)
  })

  it('has the promised numbers of features', () => {
    expect(featureSets['11']).toHaveLength(11)
    expect(new Set(featureSets['14']).size).toBe(14)
    expect(new Set(featureSets['ml4eft-18']).size).toBe(18)
  })
})
