import { beforeAll, describe, expect, it } from 'vitest'
import '../../../../testing/matchers.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { calibrateFit, coverageTruths, toysOfSm } from './fit-calibration.ts'
import { fitDataOf, simulateEvents } from './fit-data.ts'
import type { FitData } from './fit-jobs.ts'
import { createPoolStore, type FitPool } from './fit-pool.ts'
import { namedSetups } from '../../named-setups.ts'
import type { FitSetup } from './fit-setup.ts'
import { toySource } from './fit-toys.ts'

const setup: FitSetup = {
  ...namedSetups['thesis-inspired'].setup,
  mttMinGeV: 1450,
  preset: 'parton',
  observedEvents: 500,
}
const poolOf = createPoolStore()
let pool: FitPool
let data: FitData

beforeAll(() => {
  const run = poolOf(setup)
  let step = run.next()
  while (!step.done) step = run.next()
  pool = step.value
  data = fitDataOf(setup, pool, simulateEvents(setup, pool), 'key', 'simulated')
})

async function finish<T>(run: AsyncGenerator<unknown, T, void>): Promise<T> {
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}

describe('toys of a fit', () => {
  const c = [0.45, -0.65]
  const monomials = [1, 0.45, -0.65, 0.45 ** 2, -0.45 * 0.65, 0.65 ** 2]

  it('have the rate and the mean ratios of the prediction', () => {
    const toys = 100
    const source = toySource(setup, data, 'exact', pool, [])
    const mean = new Float64Array(6)
    const rng = createRng(1)
    for (let toy = 0; toy < toys; toy++) {
      const { ratios } = source.draw([0, 0], rng.split(toy))
      for (let k = 0; k < ratios.length; k++) mean[k % 6] += ratios[k] / toys
    }
    // E[sum over events of w_t / w_0] at the SM is L sigma_t: the heavy tails of the squares are the largest error.
    expect(Math.abs(mean[0] - data.expected[0])).toBeLessThan(4 * Math.sqrt(data.expected[0] / toys))
    for (const t of [1, 2, 3, 5]) expect(mean[t]).toBeCloseToRel(data.expected[t], 0.15)

    let events = 0
    for (let toy = 0; toy < toys; toy++) events += source.draw(c, rng.split(`c${toy}`)).ratios.length / 6
    expect(Math.abs(events / toys - 500)).toBeLessThan(4 * Math.sqrt(500 / toys))
  })

  it('fill bins as predicted, the luminosity scaled', () => {
    const toys = 400
    const source = toySource(setup, data, 'binned', pool, [])
    const rng = createRng(2)
    const sums = new Float64Array(10)
    for (let toy = 0; toy < toys; toy++)
      source.draw(c, rng.split(toy), 1.5).counts.forEach((count, bin) => (sums[bin] += count))
    sums.forEach((sum, bin) => {
      const nu = 1.5 * toys * monomials.reduce((total, m, t) => total + m * data.templates[bin * 6 + t], 0)
      expect(Math.abs(sum - nu)).toBeLessThan(4.5 * Math.sqrt(nu))
    })
  })

  it('follow the chi2 of two parameters where the fit is linear', async () => {
    const linear: FitSetup = { ...setup, mode: 'linear', priorHalfWidth: 10 }
    const linearData = fitDataOf(linear, pool, simulateEvents(linear, pool), 'key', 'simulated')
    const toys = 80
    const { values } = await finish(
      toysOfSm({ setup: linear, data: linearData, kind: 'binned', networks: [], toys }, poolOf),
    )
    const mean = values.reduce((sum, value) => sum + value, 0) / toys
    expect(Math.abs(mean - 2)).toBeLessThan((4 * 2) / Math.sqrt(toys))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  })

  it('are the same for the same seed', async () => {
    const request = { setup, data, kind: 'exact', networks: [], toys: 3 } as const
    const ask = () => finish(toysOfSm({ ...request, networks: [] }, poolOf))
    expect((await ask()).values).toEqual((await ask()).values)
  })
})

describe('calibration of a fit', () => {
  it('looks at five different truths inside the prior', () => {
    for (const truth of [{}, setup.truth]) {
      const truths = coverageTruths({ ...setup, truth })
      expect(new Set(truths.map((point) => point.join())).size).toBe(5)
      for (const point of truths) for (const x of point) expect(Math.abs(x)).toBeLessThan(2)
    }
    const sampled = { relativeError: 0.02, treatment: 'sampled' } as const
    expect(coverageTruths({ ...setup, luminosity: sampled })[2]).toEqual(Float64Array.of(0.8, 0.8, 0))
  })

  it('ranks truths from the prior, a sampled luminosity among them', async () => {
    const luminosity = { relativeError: 0.05, treatment: 'sampled' } as const
    const outcome = await finish(
      calibrateFit(
        { setup: { ...setup, luminosity }, kind: 'binned', networks: [], test: 'sbc', toys: 20 },
        poolOf,
      ),
    )
    expect(outcome.sbc!.ranks.map(({ name }) => name)).toEqual(['td8', 'tq8', 'luminosity'])
    for (const { ks } of outcome.sbc!.ranks) expect(ks.pValue).toBeGreaterThan(1e-4)
  })

  it('refuses to calibrate learned ratios without networks', async () => {
    await expect(
      finish(calibrateFit({ setup, kind: 'unbinned', networks: [], test: 'sbc', toys: 20 }, poolOf)),
    ).rejects.toMatchObject({ code: 'model/mismatch' })
    await expect(
      finish(toysOfSm({ setup, data, kind: 'unbinned', networks: [], toys: 2 }, poolOf)),
    ).rejects.toMatchObject({ code: 'model/mismatch' })
  })
})
