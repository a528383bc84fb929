import { expect, it } from 'vitest'
import { createRng } from '../../../numerics/rng.ts'
import { emptyTable, type EventTable } from '../../../generator/event-table.ts'
import { predictRatios } from '../../../ml/ratio/ratio-network.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import {
  trainRatioJob,
  type TrainRatioEvent,
  type TrainRatioOutcome,
  type TrainRatioRequest,
} from './ratio-job.ts'

function someEvents(): EventTable {
  const table = emptyTable(['td8'], ['m_tt', 'y_tt'], 500)
  const rng = createRng(1)
  for (let i = 0; i < 500; i++) {
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
    /data "some.*", this one "others/,
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

it('works on plain data, which a worker can be sent', () => {
  expect(() => structuredClone(request)).not.toThrow()
})
