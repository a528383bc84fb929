import { describe, expect, it } from 'vitest'
import '../../../../testing/matchers.ts'
import { prepareFit } from './fit-data.ts'
import type { DroppedEvents, FitData } from './fit-jobs.ts'
import { namedSetups } from '../../named-setups.ts'
import { createPoolStore } from './fit-pool.ts'
import type { FitSetup } from './fit-setup.ts'

const setup: FitSetup = { ...namedSetups['thesis-inspired'].setup, preset: 'parton', observedEvents: 800 }
const poolOf = createPoolStore()

async function prepare(changes: Partial<FitSetup> = {}, dropped: DroppedEvents | null = null) {
  const run = prepareFit({ setup: { ...setup, ...changes }, dropped }, poolOf)
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}

const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)

describe('simulated data of a fit', () => {
  it('observes exactly the events asked for, at the luminosity at which the truth predicts them', async () => {
    const data = await prepare()
    expect(data).toMatchObject({ source: 'simulated', events: 800 })
    expect(data.terms).toEqual(['1', 'td8', 'tq8', 'td8^2', 'td8*tq8', 'tq8^2'])
    expect(total(data.counts)).toBe(800)
    expect(data.features.names).toEqual(['m_tt', 'y_tt'])
    expect(data.features.values).toHaveLength(1600)
    const c = [1, 0.45, -0.65, 0.45 ** 2, -0.45 * 0.65, 0.65 ** 2]
    expect(total(c.map((value, t) => value * data.expected[t]))).toBeCloseToRel(800, 1e-9)
    // Templates add up to the expectation, term by term: every event has a bin.
    for (let t = 0; t < 6; t++) {
      const sum = total(Array.from({ length: 10 }, (_, bin) => data.templates[bin * 6 + t]))
      expect(sum).toBeCloseTo(data.expected[t], 6)
    }
    // 26 pb of top pairs after cuts, 4.7 % of them to e and mu: of the right size for a luminosity in fb^-1.
    expect(data.fiducialPb[0].value).toBeCloseToRel(26 * 0.0472, 0.03)
    expect(data.luminosityInvPb).toBeCloseToRel(800 / (25.9 * 0.0472), 0.03)
    expect(data.exactRatios).toHaveLength(800 * 6)
    for (let i = 0; i < 800; i++) {
      expect(data.exactRatios![i * 6]).toBe(1)
      expect(data.exactRatios![i * 6 + 4]).toBe(0) // td8 and tq8 do not interfere
    }
  })

  it('fills the bins with equal shares and stays near the truth in all of them', async () => {
    const [mixture, sm] = [
      await prepare(),
      await prepare({ binning: { ...setup.binning, quantilesOf: 'sm' } }),
    ]
    const content = (data: FitData, bin: number, t: number) => data.templates[bin * 6 + t] / data.expected[t]
    for (let bin = 0; bin < 10; bin++) {
      expect(content(sm, bin, 0)).toBeCloseToRel(0.1, 0.01)
      const squares = 0.5 * (content(mixture, bin, 3) + content(mixture, bin, 5))
      expect(0.5 * (content(mixture, bin, 0) + squares)).toBeCloseToRel(0.1, 0.01)
    }
    const c = [1, 0.45, -0.65, 0.45 ** 2, -0.45 * 0.65, 0.65 ** 2]
    let chi2 = 0
    for (let bin = 0; bin < 10; bin++) {
      const nu = total(c.map((value, t) => value * mixture.templates[bin * 6 + t]))
      chi2 += (mixture.counts[bin] - nu) ** 2 / nu
    }
    expect(chi2).toBeLessThan(28) // 9 degrees of freedom: 1 in 1000
  })

  it('is the same for the same seed and another for another', async () => {
    const [a, b] = [await prepare(), await prepare({ priorHalfWidth: 1, livePoints: 50 })]
    expect(b.key).toBe(a.key)
    expect(b.features.values).toEqual(a.features.values)
    const other = await prepare({ seed: 2 })
    expect(other.key).not.toBe(a.key)
    expect(other.features.values).not.toEqual(a.features.values)
  })

  it('keeps the linear terms alone in a linear fit, and says what the data have more', async () => {
    const [linear, quadratic] = [await prepare({ mode: 'linear' }), await prepare()]
    expect(linear.terms).toEqual(['1', 'td8', 'tq8'])
    expect(linear.exactRatios).toHaveLength(800 * 3)
    expect(linear.exactRatios![5]).toBe(quadratic.exactRatios![8])
    expect(linear.templates[3 * 7 + 2]).toBe(quadratic.templates[6 * 7 + 2])
    expect(linear.notes.join()).toMatch(/squared terms/)
  })

  it('observes a Poisson number where that is asked for', async () => {
    const data = await prepare({ poisson: true })
    expect(data.events).not.toBe(800)
    expect(Math.abs(data.events - 800)).toBeLessThan(4 * Math.sqrt(800))
  })

  it.each<[string, Partial<FitSetup>, RegExp]>([
    ['a truth that is not fitted', { truth: { tG: 1 } }, /tG = 1, but tG is not fitted/],
    ['no events', { observedEvents: 0 }, /observed events is 0/],
    ['a prior without width', { priorHalfWidth: 0 }, /minimum must lie below the maximum/],
    ['a prior the wrong way round', { priorHalfWidth: -2 }, /from 2 to -2/],
    [
      'more bins than events',
      { binning: { observable: 'pt_l2', bins: 900 } },
      /900 bins are too many for 800 observed/,
    ],
    ['operators twice', { operators: ['td8', 'td8'] }, /1 to 8 different operators/],
  ])('refuses %s', async (_, changes, message) => {
    await expect(prepare(changes)).rejects.toMatchObject({
      code: 'input/invalid',
      message: expect.stringMatching(message) as string,
    })
  })
})
