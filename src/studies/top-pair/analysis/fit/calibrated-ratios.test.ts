import { beforeAll, describe, expect, it } from 'vitest'
import '../../../../testing/matchers.ts'
import type { RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { evaluatePolynomial } from '../../../../physics/top-pair/polynomial.ts'
import { createCalibrationStore, predictRatiosOf, type CalibrationOf } from './calibrated-ratios.ts'
import { toysOfSm } from './fit-calibration.ts'
import { fitDataOf, simulateEvents } from './fit-data.ts'
import type { FitData, RatioCalibration, TrainedNetwork } from './fit-jobs.ts'
import { createPoolStore } from './fit-pool.ts'
import { namedSetups } from '../../named-setups.ts'
import type { FitSetup } from './fit-setup.ts'

const setup: FitSetup = {
  ...namedSetups.energetic.setup,
  preset: 'joint-parton',
  selection: 'none',
  observedEvents: 500,
}

/** Knows that ratios grow with m_tt, and nothing about how much. */
const network: RatioNetwork = {
  features: ['m_tt', 'y_tt'],
  terms: ['td8', 'tq8', 'td8^2', 'tq8^2'],
  scaler: { centre: [7.5, 0], scale: [0.3, 1], log: [true, false] },
  mlp: {
    layers: [
      {
        inputs: 2,
        outputs: 5,
        kernel: Float32Array.of(0, 0.3, 0.3, 0.8, 0.8, 0, 0.1, 0.1, 0, 0),
        bias: new Float32Array(5),
        activation: 'linear',
      },
    ],
  },
  decoder: {
    kind: 'joint',
    bounds: [
      [0, 2],
      [-0.5, 1],
      [-0.5, 1],
      [-0.1, 0.5],
      [-0.1, 0.5],
    ],
  },
}
const networks: TrainedNetwork[] = [
  {
    task: { terms: [...network.terms], replica: 0 },
    network,
    parameters: new Float32Array(0),
    bestEpoch: 1,
    validationLoss: 0,
    stoppedEarly: false,
    history: [],
    backend: 'test',
    seconds: 0,
  },
]

async function finish<T>(run: AsyncGenerator<number | undefined, T, void>): Promise<T> {
  let step = await run.next()
  for (; !step.done; step = await run.next()) expect(step.value).toBeLessThanOrEqual(1)
  return step.value
}

const poolOf = createPoolStore()
const calibrationOf = createCalibrationStore()
let calibration: RatioCalibration
let data: FitData

beforeAll(async () => {
  calibration = (await finish(calibrationOf(setup, networks)))!
  const run = poolOf(setup)
  let step = run.next()
  while (!step.done) step = run.next()
  data = fitDataOf(setup, step.value, simulateEvents(setup, step.value), 'key', 'simulated')
}, 60_000)

describe('calibration of learned ratios', () => {
  it('takes a tenth of the Monte Carlo error of the data, and no more cells than its events fill', () => {
    const { cells, points, events } = calibration
    expect(points).toBe(200_000)
    expect(events).toBe(points) // no cuts
    expect(cells.tree.cells).toBe(200) // the most with two features
    expect(Math.min(...cells.effectiveEvents)).toBeGreaterThan(5)
  })

  it('gives cells the rates of an independent simulation and a ratio that is nowhere negative', () => {
    // Share of the SM times ratio, summed over cells, is the rate; the shares are those of the pool.
    const { ratios, tree } = calibration.cells
    for (let cell = 0; cell < tree.cells; cell++)
      for (const c of [
        [2, 2],
        [-2, 1],
        [0, -0.3],
        [0.1, 0],
      ]) {
        const monomials = [1, c[0], c[1], c[0] ** 2, c[0] * c[1], c[1] ** 2]
        expect(evaluatePolynomial(ratios, monomials, cell * 6)).toBeGreaterThan(0)
      }
  })

  it('replaces the ratios of observed events unless told otherwise, and says what it rests on', async () => {
    const { features } = data
    const run = (own: FitSetup) =>
      finish(predictRatiosOf({ setup: own, networks, features }, createKept(calibration)))
    const calibrated = await run(setup)
    const raw = await run({ ...setup, calibratedRatios: false })
    expect(raw.calibration).toBeNull()
    expect(calibrated.calibration).toMatchObject({ points: 200_000, events: 200_000 })
    expect(calibrated.spread).toEqual(raw.spread)
    const rows = new Set<string>()
    for (let i = 0; i < 500; i++) rows.add(calibrated.ratios.subarray(6 * i, 6 * i + 6).join())
    expect(rows.size).toBeLessThanOrEqual(calibrated.calibration!.cells)
    // 500 events of the SM: the mean ratio is the rate of its term over the SM's, which this network misses by far.
    const mean = (ratios: Float64Array, t: number) =>
      Array.from({ length: 500 }, (_, i) => ratios[6 * i + t]).reduce((a, b) => a + b, 0) / 500
    for (const t of [1, 2]) {
      const rate = data.expected[t] / data.expected[0]
      expect(mean(calibrated.ratios, t)).toBeCloseToRel(rate, 0.25)
      expect(Math.abs(mean(raw.ratios, t) / rate - 1)).toBeGreaterThan(0.3)
    }
  })

  it('is made once for the same networks and anew for others', async () => {
    expect(await finish(calibrationOf(setup, networks))).toBe(calibration)
    expect(await finish(calibrationOf({ ...setup, calibratedRatios: false }, networks))).toBeNull()
  })

  it('brings Delta chi2 in toys of any point near that of two degrees of freedom', async () => {
    const toys = 40
    const ask = (own: FitSetup, at: number[]) =>
      finish(
        toysOfSm({ setup: own, data, kind: 'unbinned', networks, toys, at }, poolOf, createKept(calibration)),
      )
    const mean = ({ values }: { values: Float64Array }) => values.reduce((a, b) => a + b, 0) / toys
    // Mean 2 where squares matter little, and each toy varies by 2: four standard errors.
    expect(Math.abs(mean(await ask(setup, [0, 0])) - 2)).toBeLessThan(8 / Math.sqrt(toys))
    // Far out there are several hills, the best of which is higher than the truth's own.
    const at = [0.8, 0.8]
    expect(mean(await ask(setup, at))).toBeLessThan(8)
    expect(mean(await ask({ ...setup, calibratedRatios: false }, at))).toBeGreaterThan(100)
    await expect(ask(setup, [3, 0])).rejects.toMatchObject({ code: 'input/invalid' })
  }, 60_000)
})

/** A store that holds one calibration already. */
function createKept(kept: RatioCalibration): CalibrationOf {
  return async function* (own) {
    return Promise.resolve(own.calibratedRatios === false ? null : kept)
  }
}
