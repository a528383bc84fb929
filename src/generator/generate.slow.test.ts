import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import { createTablePdf } from '../physics/pdf/table-pdf.ts'
import table from '../physics/reference/top-pair/toy-pdf-table.json'
import { topPairProcess } from '../physics/top-pair/hadronic.ts'
import { termNames } from '../physics/top-pair/polynomial.ts'
import { dileptonSelection } from './detector.ts'
import { sumWeights } from './event-table.ts'
import { generateEvents } from './generate.ts'
import { adaptSampler } from './sampler.ts'
import { drain } from '../numerics/drain.ts'

const pdf = createTablePdf(table, 'toy-pdf-table.json')

describe.each([0, 1450])('Monte Carlo above m_tt = %d GeV', { timeout: 60_000 }, (mttMin) => {
  const operators = ['tG', 'td8', 'tq8', 'tu8'] as const
  const sampler = drain(adaptSampler(topPairProcess({ pdf, mttMin, operators }), createRng(1)))

  it('has pulls against quadrature of mean 0 and width 1 over 25 seeds', () => {
    const names = termNames(operators)
    const pulls = names.map((): number[] => [])
    for (let seed = 1000; seed < 1025; seed++) {
      const events = drain(generateEvents(sampler, { points: 20_000, seed, observables: [] }))
      const { sum, sum2 } = sumWeights(events)
      names.forEach((_, t) => {
        if (sum2[t] > 0)
          pulls[t].push((sum[t] - sampler.totals[t]) / Math.sqrt(sum2[t] - sum[t] ** 2 / events.points))
      })
    }
    pulls.forEach((values, t) => {
      if (values.length === 0) return
      const mean = values.reduce((a, b) => a + b) / values.length
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1)
      expect(Math.abs(mean), names[t]).toBeLessThan(4 / Math.sqrt(values.length))
      expect(Math.sqrt(variance), names[t]).toBeLessThan(1 + 4 / Math.sqrt(2 * values.length))
    })
  })

  // Independent program, same densities, both +- 0.002.
  it('accepts the published part of the SM', () => {
    const expected = mttMin === 0 ? [0.33, 0.423] : [0.456, 0.465]
    ;[dileptonSelection, { ...dileptonSelection, zVeto: null }].forEach((selection, k) => {
      const events = drain(generateEvents(sampler, { points: 300_000, seed: 77, observables: [], selection }))
      expect(Math.abs(sumWeights(events).sum[0] / sampler.totals[0] - expected[k])).toBeLessThan(0.005)
    })
  })
})

it('integrates the default densities too', { timeout: 60_000 }, () => {
  const process = topPairProcess({ pdf: createDefaultPdf(), operators: ['Qq18', 'Qq38', 'Qu8'] })
  const sampler = drain(adaptSampler(process, createRng(2)))
  const events = drain(generateEvents(sampler, { points: 200_000, seed: 5, observables: [] }))
  const { sum, sum2 } = sumWeights(events)
  sum.forEach((value, t) => {
    const error = Math.sqrt(sum2[t] - value ** 2 / events.points)
    if (error > 0) expect(Math.abs(value - sampler.totals[t]) / error).toBeLessThan(4)
  })
})
