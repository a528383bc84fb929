import { expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { emptyTable, type EventTable } from '../../../../generator/event-table.ts'
import { predictRatios } from '../../../../ml/ratio/ratio-network.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import {
  trainRatioJob,
  type TrainRatioEvent,
  type TrainRatioOutcome,
  type TrainRatioRequest,
} from './ratio-job.ts'

function someEvents(rows = 500, seed = 1): EventTable {
  const table = emptyTable(['td8'], ['m_tt', 'y_tt'], rows)
  const rng = createRng(seed)
  for (let i = 0; i < rows; i++) {
    const u = rng.uniform()
    table.columns.m_tt![i] = 1500 + 1000 * u
    table.columns.y_tt![i] = rng.normal()
    table.weights.set([1, 2 * u, u * u], 3 * i)
  }
  return table
}

const request: TrainRatioRequest = {
  events: someEvents(),
  terms: ['td8', 'td8^2'],
  replica: 2,
  preset: ratioPresets['joint-parton'],
  changes: { epochs: 4, batches: { rows: 100 } },
  backend: 'kernels',
  dataKey: 'some',
}

async function run(changed: TrainRatioRequest = request) {
  const events: TrainRatioEvent[] = []
  const job = trainRatioJob(changed)
  for (;;) {
    const next = await job.next()
    if (next.done) return { events, outcome: next.value satisfies TrainRatioOutcome }
    events.push(next.value)
  }
}

it('reports steps and epochs, and goes on from a checkpoint as if never stopped', async () => {
  const { events, outcome } = await run()
  expect(events.filter(({ kind }) => kind === 'step')).toHaveLength(16)
  const epochs = events.filter((event) => event.kind === 'epoch')
  expect(epochs).toHaveLength(4)
  expect(outcome.network.terms).toEqual(['td8', 'td8^2'])
  expect(outcome.config).toMatchObject({ seed: 2, epochs: 4, widths: [25, 25, 25] })
  const resumeFrom = epochs[1].checkpoint!
  const resumed = await run({ ...request, resumeFrom })
  expect(resumed.events.filter(({ kind }) => kind === 'step')).toHaveLength(8)
  expect(resumed.outcome).toEqual(outcome)
  await expect(run({ ...request, dataKey: 'others', resumeFrom })).rejects.toThrow(
    /data some.*, this one others/,
  )
})

it('every replica is another network of the same function', async () => {
  const x = Float32Array.of(2000, 0)
  const changes = { ...request.changes, epochs: 150, learningRate: 0.01 }
  const ratios = await Promise.all(
    [1, 2].map(async (replica) =>
      predictRatios((await run({ ...request, changes, replica })).outcome.network, x),
    ),
  )
  expect(ratios[0]).not.toEqual(ratios[1])
  // r = 2 u and u^2 at u = 1/2; 500 rows and 600 steps bring it this near.
  for (const [linear, square] of ratios) {
    expect(Math.abs(linear - 1)).toBeLessThan(0.1)
    expect(Math.abs(square - 0.25)).toBeLessThan(0.05)
  }
})

it('a classifier of a few steps is corrected on events that it has not seen, where there are any', async () => {
  const classifier: TrainRatioRequest = {
    ...request,
    terms: ['td8^2'],
    preset: ratioPresets.parton,
    changes: { epochs: 2 },
  }
  const unseen = someEvents(5000, 2)
  function* make(): Generator<number, EventTable> {
    yield 0.5
    return unseen
  }
  const { events, outcome } = await run({ ...classifier, calibrationEvents: make })
  const shares = events.filter((event) => event.kind === 'recalibration').map(({ fraction }) => fraction)
  expect(shares[0]).toBe(0.25)
  expect(shares.at(-1)).toBeGreaterThan(0.9)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(outcome.factors).toEqual([1])
  // r = u^2 at three values of u.
  const x = Float32Array.of(1800, 0, 2000, 0, 2400, 0)
  const exact = [0.09, 0.25, 0.81]
  const error = (ratios: Float64Array): number => Math.max(...exact.map((r, i) => Math.abs(ratios[i] - r)))
  expect(error(predictRatios(outcome.asTrained!, x))).toBeGreaterThan(0.3)
  expect(error(predictRatios(outcome.network, x))).toBeLessThan(0.03)

  const without = await run(classifier)
  expect(without.outcome.asTrained).toBeNull()
  expect(without.outcome.network).toEqual(outcome.asTrained)
})

it('works on plain data, which a worker can be sent', () => {
  expect(() => structuredClone(request)).not.toThrow()
})
