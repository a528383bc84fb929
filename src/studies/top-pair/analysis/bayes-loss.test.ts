import { describe, expect, it } from 'vitest'
import '../../../testing/matchers.ts'
import { adaptSampler } from '../../../generator/sampler.ts'
import { generateEvents } from '../../../generator/generate.ts'
import { createRng } from '../../../numerics/rng.ts'
import { gaussLegendre } from '../../../numerics/quadrature.ts'
import { createTablePdf } from '../../../physics/pdf/table-pdf.ts'
import reference from '../../../physics/reference/top-pair/bayes-losses.json'
import table from '../../../physics/reference/top-pair/toy-pdf-table.json'
import toy from '../../../statistics/reference/toy-exponential.json'
import { topPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { bayesLoss, eventBayesLosses, partonBayesLosses } from './bayes-loss.ts'
import { drain } from '../../../numerics/drain.ts'

const pdf = createTablePdf(table, 'toy-pdf-table.json')

describe('Bayes-optimal losses', () => {
  // dsigma/dx = (1 + a c x + b c^2 x^2) e^-x with pure terms x e^-x and x^2 e^-x / 2, reference in closed form to 10 digits.
  it('equal those of an exponential model', () => {
    // x = t^4 removes the logarithm at x = 0.
    const { nodes, weights } = gaussLegendre(120)
    const t = nodes.map((node) => 1.3 * (1 + node))
    const x = t.map((value) => value ** 4)
    const w = weights.map((weight, i) => 1.3 * weight * 4 * t[i] ** 3)
    const sm = x.map((value) => Math.exp(-value))
    const linear = x.map((value, i) => value * sm[i])
    const quadratic = x.map((value, i) => value * value * sm[i])
    expect(bayesLoss(sm, linear, w)).toBeCloseToRel(toy.bayes_bce_lin_vs_sm, 1e-9)
    expect(bayesLoss(sm, quadratic, w)).toBeCloseToRel(toy.bayes_bce_quad_vs_sm, 1e-9)
    expect(bayesLoss(sm, sm, w)).toBeCloseToRel(Math.log(2), 1e-12)
  })

  it.each(Object.entries(reference.parton))('at parton level, %s', (key, expected) => {
    const [, energy, cut] = /^(\d+)TeV_(?:mtt>([\d.]+)|inclusive)$/.exec(key)!
    const process = topPairProcess({
      pdf,
      sqrtS: 1000 * Number(energy),
      mttMin: 1000 * Number(cut ?? 0),
      operators: ['td8', 'tq8', 'tG'],
    })
    const losses = new Map(partonBayesLosses(process).map(({ term, loss }) => [term, loss]))
    for (const [name, value] of Object.entries(expected)) {
      const term = name.replace('_lin', '').replace('_quad', '^2')
      // Four digits are printed.
      expect(Math.abs(losses.get(term)! - value), name).toBeLessThan(2e-4)
    }
    expect(losses.has('td8*tq8')).toBe(false)
  })

  it('refuses a class of no size', () => {
    expect(() => bayesLoss([1, 1], [0, 0])).toThrow(/positive size, got 2 and 0/)
  })
})

// Monte Carlo of both sides: 0.003 stated there, ours smaller.
it('six-body losses bound those of the parton level from below', () => {
  const process = topPairProcess({ pdf, mttMin: 1450, operators: ['td8', 'tq8'] })
  const sampler = drain(adaptSampler(process, createRng(1)))
  const events = drain(generateEvents(sampler, { points: 60_000, seed: 2, observables: [] }))
  const expected = reference.sixBody13TeV['mtt>1.45_nocuts']
  const losses = Object.fromEntries(eventBayesLosses(events).map(({ term, loss }) => [term, loss]))
  const parton = Object.fromEntries(partonBayesLosses(process).map(({ term, loss }) => [term, loss]))
  for (const name of ['td8', 'tq8'] as const) {
    expect(Math.abs(losses[name] - expected[`${name}_lin`])).toBeLessThan(0.009)
    expect(Math.abs(losses[`${name}^2`] - expected[`${name}_quad`])).toBeLessThan(0.009)
    expect(losses[name]).toBeLessThan(parton[name])
  }
})
