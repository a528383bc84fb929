import { describe, expect, it } from 'vitest'
import { emptyTable, type EventTable } from '../../../../generator/event-table.ts'
import { gaussLegendre } from '../../../../numerics/quadrature.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { predictRatios } from '../../../../ml/ratio/ratio-network.ts'
import { ratioPresets, type RatioPreset } from '../../../../ml/ratio/ratio-presets.ts'
import { createTablePdf } from '../../../../physics/pdf/table-pdf.ts'
import table from '../../../../physics/reference/top-pair/toy-pdf-table.json'
import reference from '../../../../physics/reference/top-pair/bayes-losses.json'
import { topPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { generateSample } from '../generate-sample.ts'
import { trainRatioJob } from './ratio-job.ts'
import { termVanishes } from './network-tasks.ts'
import { distanceAtPoints } from './ratio-at-points.ts'
import { comparePartonRatios, compareWithEvents, partonRatios } from './ratio-report.ts'

async function train(events: EventTable, terms: string[], preset: RatioPreset) {
  const job = trainRatioJob({ events, terms, replica: 1, preset, backend: 'kernels', dataKey: 'test' })
  let step = await job.next()
  while (!step.done) step = await job.next()
  return step.value
}

/** Half of the events follow e^-x, half x^2 e^-x / 2; weights undo it. The second feature says nothing. */
function exponential(rows: number, seed: number): EventTable {
  const events = emptyTable(['td8'], ['m_tt', 'y_tt'], rows)
  const rng = createRng(seed)
  for (let i = 0; i < rows; i++) {
    let x = -Math.log(1 - rng.uniform())
    if (rng.uniform() < 0.5) x -= Math.log(1 - rng.uniform()) + Math.log(1 - rng.uniform())
    const w = 1 / (0.5 + 0.25 * x * x)
    events.columns.m_tt![i] = x
    events.columns.y_tt![i] = rng.normal()
    events.weights.set([w, 0.6 * x * w, 0.3 * x * x * w], 3 * i)
  }
  return events
}

const small = (preset: RatioPreset, epochs: number): RatioPreset => ({
  ...preset,
  training: { ...preset.training, epochs },
})

describe('at parton level with the toy densities, m_tt > 1.45 TeV', () => {
  const process = topPairProcess({
    pdf: createTablePdf(table, 'toy-pdf-table.json'),
    mttMin: 1450,
    operators: ['td8', 'tq8'],
  })
  const sample = (points: number, seed: number): EventTable => {
    const run = generateSample({
      process,
      points,
      seed,
      observables: ['m_tt', 'y_tt'],
      detector: null,
      selection: null,
      unweightAt: null,
    })
    let step = run.next()
    while (!step.done) step = run.next()
    return step.value.table
  }
  const events = sample(40_000, 1)
  const test = sample(40_000, 2)
  // Exact on the training events, whose own rates are known to about 1 %; the aim with 100,000 points is 1 %.
  const sumRuleWithin = 0.03
  const printed = reference.parton['13TeV_mtt>1.45']

  it.each([
    ['td8', printed.td8_lin],
    ['tq8', printed.tq8_lin],
    ['td8^2', printed.td8_quad],
    ['tq8^2', printed.tq8_quad],
  ])(
    'the classifier of %s reaches the Bayes loss and never passes it',
    async (term, published) => {
      const { network, validationLoss } = await train(events, [term], small(ratioPresets.parton, 30))
      const parton = comparePartonRatios(partonRatios(process, network, term))
      // Four digits are printed.
      expect(Math.abs(parton.bayesLoss - published)).toBeLessThan(2e-4)
      // By quadrature no ratio does better, up to the quadrature; the goal of the specification is 0.005.
      expect(parton.loss! - parton.bayesLoss).toBeGreaterThan(-1e-6)
      expect(parton.loss! - parton.bayesLoss).toBeLessThan(0.002)
      expect(parton.rmsLogRatioCentral).toBeLessThan(0.1)
      const onEvents = compareWithEvents(test, network, term)
      // A loss of one event scatters by about 0.25: 8,000 validation events, two classes on weighted events.
      expect(Math.abs(onEvents.loss! - parton.loss!)).toBeLessThan(0.008)
      expect(Math.abs(validationLoss - parton.loss!)).toBeLessThan(0.016)
      expect(Math.abs(parton.sumRule - 1)).toBeLessThan(sumRuleWithin)
    },
    60_000,
  )

  it.each([
    ['joint-parton', ['td8', 'tq8', 'td8^2', 'tq8^2']],
    ['positive-parton', ['td8', 'tq8', 'td8^2', 'td8*tq8', 'tq8^2']],
  ] as const)(
    '%s learns the whole polynomial in one network',
    async (preset, terms) => {
      const { network } = await train(events, [...terms], small(ratioPresets[preset], 30))
      for (const term of terms) {
        if (termVanishes(term)) continue
        const parton = comparePartonRatios(partonRatios(process, network, term))
        expect(parton.rmsLogRatioCentral).toBeLessThan(0.2)
        expect(parton.notPositiveShare).toBeLessThan(1e-4)
        expect(Math.abs(parton.sumRule - 1)).toBeLessThan(sumRuleWithin)
        if (parton.loss !== null) expect(parton.loss - parton.bayesLoss).toBeLessThan(0.005)
      }
      // The goals of the specification for |c| = 1 per TeV^2.
      const unit = distanceAtPoints(process, [network], 1)
      expect(unit.points).toHaveLength(8)
      expect(unit.worstRmsLogRatioCentral).toBeLessThan(0.05)
      expect(unit.meanKl).toBeLessThan(2e-3)
      if (preset === 'positive-parton') {
        expect(unit.smallestRatio).toBeGreaterThan(0)
        // Far outside what was trained on, too, up to rounding.
        expect(distanceAtPoints(process, [network], 1000).smallestRatio).toBeGreaterThan(-1e-3)
      }
    },
    60_000,
  )
})

it('sum rule and calibration hold to a percent and to 5 % for the exponential model', async () => {
  const { network } = await train(exponential(40_000, 7), ['td8'], small(ratioPresets.parton, 40))
  const test = compareWithEvents(exponential(40_000, 8), network, 'td8')
  // Here x is all there is to know, so that no event scatters about the ratio and there is no statistical error.
  expect(Math.abs(test.sumRule.learned / test.sumRule.expected - 1)).toBeLessThan(0.01)
  for (const { predicted, observed } of test.calibration.points)
    expect(Math.abs(predicted - observed)).toBeLessThan(0.02 + 0.05 * observed)
}, 60_000)

describe('the exponential model dsigma/dx = (1 + 0.6 c x + 0.3 c^2 x^2) e^-x', () => {
  const events = exponential(30_000, 7)

  // Closed forms, 10 digits: 0.5867815136 and 0.4375036758.
  it.each([
    ['td8', 0.5867815136, (x: number) => x],
    ['td8^2', 0.4375036758, (x: number) => (x * x) / 2],
  ])(
    '%s reaches its Bayes loss',
    async (term, bayes, ratio) => {
      const { network } = await train(events, [term], small(ratioPresets.parton, 25))
      const { nodes, weights } = gaussLegendre(200)
      const x = new Float32Array(2 * nodes.length)
      nodes.forEach((node, i) => (x[2 * i] = 12.5 * (1 + node)))
      const learned = predictRatios(network, x)
      let loss = 0
      nodes.forEach((node, i) => {
        const at = 12.5 * (1 + node)
        // Both terms have 0.6 of the SM's size.
        const odds = learned[i] / 0.6
        const sm = 12.5 * weights[i] * Math.exp(-at)
        loss += 0.5 * sm * (Math.log1p(odds) + ratio(at) * Math.log1p(1 / odds))
      })
      expect(loss).toBeGreaterThan(bayes - 1e-6)
      expect(loss - bayes).toBeLessThan(0.002)
    },
    60_000,
  )
})
