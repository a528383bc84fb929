import { beforeAll, describe, expect, it } from 'vitest'
import { createCalibrationStore } from './calibrated-ratios.ts'
import { fitDataOf, simulateEvents } from './fit-data.ts'
import type { FitData, ToyRegion, ToyRegionRequest } from './fit-jobs.ts'
import { createPoolStore } from './fit-pool.ts'
import { namedSetups } from '../../named-setups.ts'
import type { FitSetup } from './fit-setup.ts'
import { toyRegion } from './toy-region.ts'

const setup: FitSetup = {
  ...namedSetups.energetic.setup,
  preset: 'parton',
  observedEvents: 500,
  truth: { tq8: 0.6 },
}
const poolOf = createPoolStore()
let data: FitData

beforeAll(() => {
  const run = poolOf(setup)
  let step = run.next()
  while (!step.done) step = run.next()
  data = fitDataOf(setup, step.value, simulateEvents(setup, step.value), 'key', 'simulated')
}, 60_000)

async function regionOf(change: Partial<ToyRegionRequest>): Promise<ToyRegion> {
  const request = {
    setup,
    data,
    kind: 'binned',
    networks: [],
    ratios: null,
    pointsPerAxis: 3,
    toys: 20,
  } as const
  const run = toyRegion({ ...request, networks: [], ...change }, poolOf, createCalibrationStore())
  for (;;) {
    const step = await run.next()
    if (step.done) return step.value
    expect(step.value).toBeLessThanOrEqual(1)
  }
}

describe('regions by toys', () => {
  const box = { min: [-0.5, 0.1], max: [0.5, 1.1] }

  it('hold the truth and not what the data exclude, the first coefficient slowest', async () => {
    const region = await regionOf({ box, toys: 40 })
    expect(region.axes.map((axis) => Array.from(axis))).toEqual([
      [-0.5, 0, 0.5],
      [0.1, 0.6, 1.1].map((y) => expect.closeTo(y, 12) as number),
    ])
    expect(region.pValues).toHaveLength(9)
    expect(region.thresholds).toHaveLength(18)
    expect(region.pValues[4]).toBeGreaterThan(0.05)
    // tq8 = 1.1 has twice the rate of 0.6.
    expect(region.observed[5]).toBeGreaterThan(30)
    expect(region.pValues[5]).toBe(0)
    // The higher the threshold the larger the share.
    expect(region.thresholds[2 * 4 + 1]).toBeGreaterThan(region.thresholds[2 * 4])
  })

  it('are the same for the same seed, by exact ratios too', async () => {
    const ask = () =>
      regionOf({ kind: 'exact', box: { min: [-0.1, 0.5], max: [0.1, 0.7] }, pointsPerAxis: 2 })
    const region = await ask()
    expect((await ask()).pValues).toEqual(region.pValues)
    expect(Math.max(...region.pValues)).toBeGreaterThan(0)
  })

  it.each([
    [{ toys: 5 }, /5 toys per point are too few/],
    [{ pointsPerAxis: 1 }, /1 grid points/],
    [{ box: { min: [0, 0], max: [3, 1] } }, /td8 goes from 0 to 3/],
    [
      { setup: { ...setup, operators: ['td8', 'tq8', 'tG'] } as FitSetup },
      /one or two coefficients, the fit has 3/,
    ],
  ])('are refused for %j', async (change, message) => {
    await expect(regionOf(change)).rejects.toThrow(message)
  })
})
