import { beforeAll, expect, it } from 'vitest'
import type { EncoderOutcome } from '../../../../ml/encoder-job.ts'
import type { ModelFiles } from '../../../../ml/model-files.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { featuresPerEvent } from '../features/event-features.ts'
import type { ModelEvents } from '../models.ts'
import { drawSets, setInputs } from '../sets.ts'
import { eventsEncoderFromFiles, exportEventsEncoder } from './encoder-files.ts'
import { eventsTraining } from './encoder-settings.ts'
import {
  prepareTraining,
  trainEventsJob,
  trainingScaling,
  type TrainEventsRequest,
} from './train-events-job.ts'

const perSet = 4

/** Two models that differ in MET. */
const models = [0, 1].map((m): ModelEvents => {
  const rng = createRng(m + 3)
  const features = Float32Array.from(
    { length: 150 * featuresPerEvent },
    (_, i) => (i % featuresPerEvent === 0 ? 200 + 150 * m : 50) + 100 * rng.uniform(),
  )
  return { id: `m${m}`, title: `model ${m}`, features, events: 150 }
})
const scaling = trainingScaling(models)
const config: TrainEventsRequest['config'] = {
  ...eventsTraining({ models: 2, perSet, network: 'deep-set' }),
  ...{ replicasPerUniverse: 6, steps: 60, backend: 'kernels' },
}
const places = drawSets({
  ...{ model: models[0], indices: Uint32Array.from({ length: 150 }, (_, i) => i) },
  ...{ sets: 5, perSet, rng: createRng(1) },
})
const inputs = setInputs(models[0].features, places, scaling)

async function train(resumeFrom?: Uint8Array, until = Infinity) {
  const job = trainEventsJob({ models, perSet, config, preview: inputs, resumeFrom }, {})
  const losses: number[] = []
  let checkpoint = new Uint8Array(0)
  for (;;) {
    const next = await job.next()
    if (next.done) return { outcome: next.value, losses, checkpoint }
    if (next.value.kind !== 'evaluation') continue
    losses.push(next.value.heldOutLoss)
    checkpoint = Uint8Array.from(next.value.checkpoint)
    if (next.value.step >= until) return { outcome: undefined, losses, checkpoint }
  }
}

let outcome: EncoderOutcome
let losses: number[]
let files: ModelFiles
beforeAll(async () => {
  const trained = await train()
  losses = trained.losses
  outcome = trained.outcome!
  files = await exportEventsEncoder({
    ...{ title: 'Two models', description: 'of a test', checkpoint: outcome.checkpoint, weights: 'best' },
    ...{ dataset: { id: 'toy', manifestSha256: 'a'.repeat(64) }, scaling, backend: outcome.backend },
  })
})

it('learns, and goes on from a checkpoint to the byte', async () => {
  expect(outcome.heldOutLoss).toBeLessThan(0.5 * losses[0])
  const half = await train(undefined, 30)
  const rest = await train(half.checkpoint)
  expect(rest.outcome?.checkpoint).toEqual(outcome.checkpoint)
})

it('begins with the sets that were formed before, where their content is the same', async () => {
  const firstLoss = async (content: string | undefined, of: ModelEvents[]): Promise<number> => {
    const job = trainEventsJob({ models: of, perSet, content, config, preview: inputs }, {})
    for await (const event of job) if (event.kind === 'step') return event.loss
    return NaN
  }
  const expected = await firstLoss(undefined, models)
  prepareTraining({ models, perSet, config, content: 'two models' })
  // Events that the sets were not formed of are not looked at again.
  const blank = models.map((model) => ({ ...model, features: new Float32Array(model.features.length) }))
  expect(await firstLoss('two models', blank)).toBe(expected)
  expect(await firstLoss('other events', blank)).not.toBe(expected)
})

it('is the same encoder when read from its files, which say what it is', async () => {
  const { encoder, card } = await eventsEncoderFromFiles(files)
  expect(encoder.perSet).toBe(perSet)
  scaling.sd.forEach((sd, i) => expect(encoder.scaling.sd[i]).toBeCloseTo(sd, 5))
  const expected = runMlp(outcome.mlp, inputs, 5)
  runMlp(encoder.mlp, inputs, 5).forEach((z, i) => expect(z).toBeCloseTo(expected[i], 6))
  expect(card.metrics.heldOutLoss.value).toBe(outcome.heldOutLoss)
  expect(card.id).toMatch(/^trained-seed1-step\d+-[0-9a-f]{12}$/)
})

it('refuses the files of an encoder of something else', async () => {
  const { writeModelFiles, readModelFiles } = await import('../../../../ml/model-files.ts')
  const { card, parameters, whitening } = await readModelFiles(files)
  const other = { ...whitening, mean: whitening.mean.map((value, i) => value + i) }
  const written = await writeModelFiles({ ...card, id: 'other' }, parameters, other)
  await expect(eventsEncoderFromFiles(written)).rejects.toThrow(/no sets of events with 16 scaled features/)
})
