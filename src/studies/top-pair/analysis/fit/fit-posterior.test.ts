import { beforeAll, describe, expect, it } from 'vitest'
import '../../../../testing/matchers.ts'
import { prepareFit } from './fit-data.ts'
import type { FitData, FitOutcome, FitProgress, FitRequest } from './fit-jobs.ts'
import { createPoolStore } from './fit-pool.ts'
import { fitPosterior, type FitPace } from './fit-posterior.ts'
import { namedSetups } from '../../named-setups.ts'
import type { FitSetup } from './fit-setup.ts'

const setup: FitSetup = {
  ...namedSetups['thesis-inspired'].setup,
  mttMinGeV: 1450,
  preset: 'parton',
  observedEvents: 1000,
  livePoints: 100,
}

let data: FitData

beforeAll(async () => {
  const run = prepareFit({ setup, dropped: null }, createPoolStore())
  let step = await run.next()
  while (!step.done) step = await run.next()
  data = step.value
})

async function fit(
  changes: Partial<FitRequest> = {},
  setupChanges: Partial<FitSetup> = {},
  watch: (progress: FitProgress) => boolean = () => true,
  pace?: FitPace,
): Promise<FitOutcome | null> {
  const request: FitRequest = {
    setup: { ...setup, ...setupChanges },
    data,
    kind: 'exact',
    ratios: null,
    ...changes,
  }
  const run = fitPosterior(request, pace)
  for (;;) {
    const step = await run.next()
    if (step.done) return step.value
    if (step.value && !watch(step.value)) {
      await run.return(undefined as never)
      return null
    }
  }
}

describe('posterior of top pairs', () => {
  it('with exact ratios agrees with the grid and holds the truth', async () => {
    const outcome = (await fit())!
    expect(outcome).toMatchObject({ names: ['td8', 'tq8'], converged: true, dataKey: data.key })
    expect(Math.abs(outcome.logZ - outcome.gridLogZ!)).toBeLessThan(3 * outcome.logZError)
    expect(outcome.flooredEvents).toBe(0)
    const inside = (x: number, k: number) =>
      outcome.summaries[k].highestDensity[2].segments.some(({ low, high }) => low <= x && x <= high)
    expect(inside(0.45, 0)).toBe(true)
    expect(inside(-0.65, 1)).toBe(true)
    const [sm, truth] = outcome.deltaChi2.map(({ result }) => result.value)
    expect(truth).toBeLessThan(14) // p = 1e-3 for two parameters
    expect(sm).toBeGreaterThan(40)
    expect(outcome.best.logL).toBeGreaterThanOrEqual(outcome.logL.reduce((a, b) => Math.max(a, b)))
    expect(outcome.pairs.map(({ x, y }) => [x, y])).toEqual([[0, 1]])
    expect(outcome.weights.reduce((a, b) => a + b)).toBeCloseTo(1, 9)
  })

  it('bins tell less than the full final state, and the flat prior walls are known to the densities', async () => {
    const [exact, binned] = [(await fit())!, (await fit({ kind: 'binned' }))!]
    expect(Math.abs(binned.logZ - binned.gridLogZ!)).toBeLessThan(3 * binned.logZError)
    for (const k of [0, 1])
      expect(exact.summaries[k].standardDeviation).toBeLessThan(binned.summaries[k].standardDeviation)
    const x = binned.summaries[0].density.x
    expect(x[0]).toBeGreaterThanOrEqual(-2)
    expect(x[x.length - 1]).toBeLessThanOrEqual(2)
  })

  it('with exact ratios given as learned ones gives the same likelihood', async () => {
    const [exact, learned] = [(await fit())!, (await fit({ kind: 'unbinned', ratios: data.exactRatios }))!]
    expect(learned.gridLogZ).toBeCloseTo(exact.gridLogZ!, 9)
    expect(learned.best.logL).toBeCloseTo(exact.best.logL, 6)
  })

  it('samples or profiles the luminosity', async () => {
    const luminosity = { relativeError: 0.02, treatment: 'sampled' } as const
    const sampled = (await fit({ kind: 'binned' }, { luminosity }))!
    const profiled = (await fit(
      { kind: 'binned' },
      { luminosity: { ...luminosity, treatment: 'profiled' } },
    ))!
    expect(sampled.names).toEqual(['td8', 'tq8', 'luminosity'])
    expect(sampled.pairs).toHaveLength(3)
    expect(sampled.gridLogZ).toBeNull()
    expect(profiled.gridLogZ).not.toBeNull()
    expect(sampled.deltaChi2[0].result.degreesOfFreedom).toBe(2)
    // The same nuisance in two ways: maximum and best fit are the same.
    expect(sampled.deltaChi2[0].result.value).toBeCloseTo(profiled.deltaChi2[0].result.value, 2)
    const range = [profiled, sampled].map(({ summaries: [c] }) => c.standardDeviation)
    expect(range[1] / range[0]).toBeGreaterThan(0.7)
    expect(range[1] / range[0]).toBeLessThan(1.4)
  })

  it('on which nothing depends is the prior, and says so; a wall that cuts it is told', async () => {
    const outcome = (await fit())!
    expect(outcome).toMatchObject({ flat: [], notes: [] })
    // Data and templates that know nothing of tq8.
    const ratios = data.exactRatios!.map((ratio, i) => ([0, 1, 3].includes(i % 6) ? ratio : 0))
    const expected = data.expected.map((value, t) => ([0, 1, 3].includes(t) ? value : 0))
    const blind = (await fit(
      { kind: 'unbinned', ratios, data: { ...data, expected } },
      { priorHalfWidth: 0.3 },
    ))!
    expect(blind.flat).toEqual([1])
    expect(blind.notes).toEqual([
      expect.stringMatching(
        /^The posterior of td8 is cut by the prior, at its upper edge \(\d+ % of its peak\)/,
      ),
      expect.stringMatching(/^Nothing in this fit depends on tq8: its posterior is the prior/),
    ])
    const [{ segments }] = blind.summaries[1].highestDensity
    expect(segments).toHaveLength(1)
    expect(segments[0].high).toBeCloseTo(0.3 * 0.68, 9)
    expect(blind.summaries[1].standardDeviation).toBeCloseTo(0.3 / Math.sqrt(3), 9)
  })

  it('counts the event whose learned ratio is below zero at the best fit', async () => {
    const ratios = data.exactRatios!.slice()
    ratios.set([1, 0, 0, -1000, 0, -1000], 6 * 17)
    const outcome = (await fit({ kind: 'unbinned', ratios }))!
    expect(outcome.flooredEvents).toBe(1)
  })
})

describe('a fit that was stopped', () => {
  const eager: FitPace = { report: 0, checkpoint: 0 }

  it('goes on from its checkpoint to the same result, to the last bit', async () => {
    const whole = (await fit())!
    let kept: Uint8Array | null = null
    let reports = 0
    const stopped = await fit(
      {},
      {},
      ({ checkpoint }) => {
        kept = checkpoint
        return ++reports < 7
      },
      eager,
    )
    expect(stopped).toBeNull()
    const resumed = (await fit({ resumeFrom: kept! }))!
    expect({ ...resumed, seconds: 0 }).toEqual({ ...whole, seconds: 0 })
    expect(resumed.calls).toBe(whole.calls)
  })

  it('shows live points and reports as it goes', async () => {
    const seen: FitProgress[] = []
    await fit({}, {}, (progress) => seen.push(progress) < 5, eager)
    expect(seen.map(({ report }) => report.iteration)).toEqual([50, 100, 150, 200, 250])
    for (const { live } of seen) expect(live.theta).toHaveLength(2 * live.logL.length)
  })

  it('is not continued with another request or from other bytes', async () => {
    let kept: Uint8Array | null = null
    await fit({}, {}, ({ checkpoint }) => ((kept = checkpoint), false), eager)
    await expect(fit({ resumeFrom: kept! }, { priorHalfWidth: 1 })).rejects.toMatchObject({
      code: 'data/mismatch',
    })
    await expect(fit({ resumeFrom: kept!, kind: 'binned' })).rejects.toMatchObject({ code: 'data/mismatch' })
    // Every part is under the checksum; the whole is too long to flip each of its bits.
    for (let at = 0; at < (kept! as Uint8Array).length; at += 401) {
      const flipped = (kept! as Uint8Array).slice()
      flipped[at] ^= 1 << (at % 8)
      await expect(fit({ resumeFrom: flipped })).rejects.toMatchObject({ code: 'data/corrupt' })
    }
    const cut = (kept! as Uint8Array).slice(0, 5000)
    await expect(fit({ resumeFrom: cut })).rejects.toMatchObject({ code: 'data/corrupt' })
    await expect(fit({ resumeFrom: new Uint8Array(9) })).rejects.toMatchObject({ code: 'data/corrupt' })
  })
})

describe('a fit refuses', () => {
  it('a likelihood that is -Infinity everywhere', async () => {
    const expected = Float64Array.of(10, 0, 0, -1e12, 0, -1e12)
    await expect(fit({ data: { ...data, expected } })).rejects.toMatchObject({
      code: 'statistics/bad-likelihood',
      message: expect.stringMatching(/-Infinity at all 100 draws/) as string,
    })
  })

  it.each<[string, Partial<FitRequest>, Partial<FitSetup>, string, RegExp]>([
    ['missing learned ratios', { kind: 'unbinned' }, {}, 'model/mismatch', /Train the networks first/],
    [
      'learned ratios of other data',
      { kind: 'unbinned', ratios: new Float64Array(60) },
      {},
      'model/mismatch',
      /have 60 numbers, 1000 events .* need 6000/,
    ],
    ['a prior without width', {}, { priorHalfWidth: 0 }, 'input/invalid', /minimum must lie below/],
    ['too few live points', {}, { livePoints: 5 }, 'input/invalid', /5 live points are too few/],
    [
      'a profiled luminosity in a Gaussian fit',
      { kind: 'binned' },
      { binned: 'gauss-expected', luminosity: { relativeError: 0.02, treatment: 'profiled' } },
      'input/invalid',
      /Sample it instead/,
    ],
  ])('%s', async (_, changes, setupChanges, code, message) => {
    await expect(fit(changes, setupChanges)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
  })

  it('exact ratios that nobody knows, and NaN among them', async () => {
    await expect(fit({ data: { ...data, exactRatios: null } })).rejects.toMatchObject({
      code: 'data/mismatch',
    })
    const ratios = data.exactRatios!.slice()
    ratios[8] = NaN
    await expect(fit({ kind: 'unbinned', ratios })).rejects.toMatchObject({
      code: 'data/corrupt',
      message: expect.stringMatching(/Event 1 has the ratio NaN in term 2/) as string,
    })
  })
})
