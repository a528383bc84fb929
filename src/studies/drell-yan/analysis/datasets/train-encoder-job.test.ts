import { expect, it } from 'vitest'
import type { TrainingConfig } from '../../../../ml/training-config.ts'
import { smallBins, smallCorpus } from '../../../../testing/small-universes.ts'
import { exportEncoder } from './model-bundle.ts'
import { replayEncoder, type EncoderEvent, type EncoderOutcome } from '../../../../ml/encoder-job.ts'
import { trainEncoderJob } from './train-encoder-job.ts'

const { header, manifest } = await smallCorpus()
const config: TrainingConfig = {
  ...{
    seed: 1,
    loss: 'supcon-euclidean',
    temperature: 0.5,
    margin: 4,
    latentDim: 2,
    widths: [8],
    dropout: 0,
  },
  ...{ learningRate: 0.01, optimiser: 'adam', weightDecay: 0, steps: 6, patience: 10, backend: 'kernels' },
  ...{ universesPerBatch: 4, replicasPerUniverse: 2, universes: 'fresh', fixedUniverses: 10 },
}
const preview = header.whitenedMeans.slice(0, 2 * smallBins)

async function train(resumeFrom?: Uint8Array): Promise<{ events: EncoderEvent[]; outcome: EncoderOutcome }> {
  const events: EncoderEvent[] = []
  const job = trainEncoderJob(
    { model: header.universeModel, order: 'linear', config, preview, resumeFrom },
    {},
  )
  for (;;) {
    const next = await job.next()
    if (next.done) return { events, outcome: next.value }
    events.push(next.value)
  }
}

it('says its engine, every step, and at evaluations a map and a checkpoint', async () => {
  const { events, outcome } = await train()
  expect(events[0]).toMatchObject({ kind: 'backend', chosen: 'kernels' })
  expect(events.filter(({ kind }) => kind === 'step')).toHaveLength(6)
  const evaluations = events.filter((event) => event.kind === 'evaluation')
  expect(evaluations).toHaveLength(6)
  expect(evaluations[5].latent).toHaveLength(4)
  expect(outcome.checkpoint).toBe(evaluations[5].checkpoint)
})

it('resumed after its end, gives back the encoder that it ended with, from which files can be made', async () => {
  const first = (await train()).outcome
  const { outcome, events } = await train(first.checkpoint)
  expect(events.map(({ kind }) => kind)).toEqual(['backend'])
  expect(outcome.parameters).toEqual(first.parameters)
  const { encoder } = await exportEncoder(
    {
      ...{ checkpoint: outcome.checkpoint, weights: 'best', manifest, manifestHash: header.manifestHash },
      ...{ whitening: header.universeModel.whitening, limits: null, backend: 'kernels', date: '2026-01-02' },
    },
    '4.22.0',
  )
  expect(encoder.mlp).toEqual(first.mlp)
})

it('replays a checkpoint: its map and history, and its outcome once it had come to its end', async () => {
  const { events, outcome } = await train()
  const evaluations = events.filter((event) => event.kind === 'evaluation')
  const replay = (i: number, until: { steps: number; patience: number }) =>
    replayEncoder({ checkpoint: evaluations[i].checkpoint, preview, until })
  const half = await replay(2, { steps: 6, patience: 10 })
  expect(half).toMatchObject({ step: 3, outcome: null })
  expect(half.latent).toEqual(evaluations[2].latent)
  expect(half.history.map(({ step }) => step)).toEqual([1, 2, 3])
  const end = await replay(5, { steps: 6, patience: 10 })
  expect(end.outcome).toMatchObject({ step: outcome.step, heldOutLoss: outcome.heldOutLoss })
  expect(end.outcome?.mlp).toEqual(outcome.mlp)
  expect((await replay(5, { steps: 7, patience: 10 })).outcome).toBeNull()
})
