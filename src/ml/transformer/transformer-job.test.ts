import { expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { createRng } from '../../numerics/rng.ts'
import { createTransformerBackend } from './create-transformer-backend.ts'
import { createRecoveringBackend } from './recovering-backend.ts'
import { randomBatch, randomParameters } from './small-batches.ts'
import { usualTransformerTraining } from './transformer-config.ts'
import { transformerJob, type TransformerEvent } from './transformer-job.ts'
import { sharesOf } from './transformer-loss.ts'
import { TransformerLayout } from './transformer-parameters.ts'

const spec = { tokens: 4, width: 4, heads: 1, blocks: 1, classes: 2 }
const layout = new TransformerLayout(spec)
const config = { ...usualTransformerTraining, spec, batch: 8, epochs: 2 }
const data = {
  source: {
    ...{ tokens: 4, classes: 2, events: 24 },
    batchesOf: (rows: number) => Math.floor(24 / rows),
    batch: (epoch: number, index: number, rows: number) =>
      randomBatch(layout, rows, createRng(1).split(`${epoch}/${index}`)),
  },
  validation: randomBatch(layout, 8, createRng(2)),
  dataKey: 'random',
}

async function run(resumeFrom?: Uint8Array) {
  const events: TransformerEvent[] = []
  const job = transformerJob({ config, backend: 'kernels', resumeFrom }, data, {})
  for (;;) {
    const next = await job.next()
    if (next.done) return { events, outcome: next.value }
    events.push(next.value)
  }
}

it('reports backend, steps and epochs, and goes on from the checkpoint of an epoch', async () => {
  const { events, outcome } = await run()
  expect(events.map(({ kind }) => kind).join(' ')).toBe(
    'backend step step step evaluation step step step evaluation',
  )
  const first = events.find((event) => event.kind === 'evaluation')
  const resumed = await run(first!.checkpoint)
  expect(resumed.events.map(({ kind }) => kind).join(' ')).toBe('backend step step step evaluation')
  expect(resumed.outcome).toEqual(outcome)
})

it('what a lost graphics card was asked for is asked of the backend that follows', async () => {
  const kernels = await createTransformerBackend('kernels', spec)
  const lost = (): never => {
    throw new AppError('ml/device-lost', 'gone', { memory: true })
  }
  const losses: [number, boolean][] = []
  const dead = { ...kernels, name: 'tfjs-webgl', gradients: lost, outputs: lost }
  const backend = createRecoveringBackend(dead, (count, tooSmall) => {
    losses.push([count, tooSmall])
    return Promise.resolve(count < 2 ? dead : kernels)
  })
  const parameters = randomParameters(layout, createRng(3))
  const batch = randomBatch(layout, 5, createRng(4))
  const asked = [parameters, 'multi-task', [batch], sharesOf(batch)] as const
  expect(await backend.gradients(...asked)).toEqual(await kernels.gradients(...asked))
  expect(losses).toEqual([
    [1, true],
    [2, true],
  ])
  expect(backend.name).toBe('kernels-simd')
})
