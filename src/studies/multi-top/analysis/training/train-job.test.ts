import { expect, it } from 'vitest'
import { createKernelBackend } from '../../../../ml/transformer/kernel-backend.ts'
import { loadTransformerKernel } from '../../../../kernels/load-kernels.ts'
import { answerWork, createSharedBackend } from '../../../../ml/transformer/shared-backend.ts'
import { usualTransformerTraining } from '../../../../ml/transformer/transformer-config.ts'
import { readTransformerFiles, writeTransformerFiles } from '../../../../ml/transformer/transformer-files.ts'
import { TransformerLayout } from '../../../../ml/transformer/transformer-parameters.ts'
import { servedSamples } from '../../../../testing/served-samples.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { eventsOnMap } from '../map/map-events.ts'
import {
  trainTransformerJob,
  type SharedKernels,
  type TrainingNews,
  type TrainTransformerRequest,
} from './train-job.ts'
import { replayTransformer } from './trained-moment.ts'
import { writeTransformer } from './write-transformer.ts'

const small = await smallTransformer()
const { card, weights } = await writeTransformerFiles(small.card, small.parameters)
const model = { card, weights }
const server = await servedSamples(
  Object.fromEntries([0, 1, 4].map((tops) => [`${tops}t`, { sample: toyClass(tops, 240, 5) }])),
)
const [a, b] = [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) }))
const { raw, filled, labels, events } = eventsOnMap([a, b], [['x'], ['y']], { perClass: 8, seed: 1 })
const http = { fetch: server.fetch, delay: server.delay }
const request: TrainTransformerRequest = {
  data: { samples: server.addresses, classes: 'tops', labels: 120, splitSeed: 1, seed: 1 },
  config: {
    ...{ ...usualTransformerTraining, batch: 20, epochs: 2, patience: 5, learningRate: 5e-3 },
    spec: { ...small.card.training.spec, classes: 3 },
  },
  ...{ model, scratch: true, backend: 'kernels', workers: 1, preview: { raw, filled, labels, events } },
}
const noPool = (): SharedKernels => {
  throw new Error('one worker shares nothing')
}

async function run(own: Partial<TrainTransformerRequest> = {}, pool = noPool) {
  const news: TrainingNews[] = []
  const job = trainTransformerJob({ ...request, ...own }, http, {}, pool)
  for (;;) {
    const next = await job.next()
    if (next.done) return { news, end: next.value }
    news.push(next.value)
  }
}

const whole = await run()
const evaluations = whole.news.filter((each) => each.kind === 'evaluation')

it('tells steps, both losses beside what needs no transformer, and the learned space after every epoch', () => {
  expect(whole.news.map(({ kind }) => kind[0]).join('')).toBe(`b${'sssssse'.repeat(2)}`)
  const [first] = whole.news
  if (first.kind !== 'backend') throw new Error('the first report names the engine')
  expect(first.levels.algebra).toBeLessThan(0.9 * first.levels.mean)
  expect(first.levels.trees).toBeLessThan(first.levels.chance)
  expect(first.levels.chance).toBeCloseTo(Math.log(3), 12)
  expect(evaluations.map(({ records }) => records.length)).toEqual([1, 2])
  const { latent, loss, records, step } = evaluations[1]
  expect([latent.length, step]).toEqual([2 * events, 12])
  expect(loss).toBeCloseTo(records[1].reconstruction + records[1].classification, 12)
  // The first component points to where there are more tops.
  const mean = (c: number) => {
    const own = Array.from({ length: events }, (_, i) => i).filter((i) => labels[i] === c)
    return own.reduce((sum, i) => sum + latent[2 * i] / own.length, 0)
  }
  expect(mean(1)).toBeGreaterThan(mean(0))
})

it('goes on to the byte from an epoch, shows it again, and two workers change no bit', async () => {
  const { checkpoint } = evaluations[0]
  const resumed = await run({ resumeFrom: checkpoint })
  expect(resumed.end).toEqual(whole.end)
  const until = { steps: 12, patience: 5 }
  const shown = await replayTransformer({ checkpoint, model, preview: request.preview, until }, http)
  expect(shown.latent).toEqual(evaluations[0].latent)
  expect([shown.step, shown.outcome]).toEqual([6, null])
  const end = await replayTransformer({ ...request, checkpoint: whole.end.checkpoint, until }, http)
  expect(end.outcome).toEqual(whole.end)

  const module = await loadTransformerKernel()
  if (!module) return
  const backends = [0, 1].map(() => createKernelBackend(module, new TransformerLayout(request.config.spec)))
  let turn = 0
  const pool = (): SharedKernels => ({
    backend: () => createSharedBackend('kernels-simd', (work) => answerWork(backends[turn++ % 2], work)),
    close: () => undefined,
  })
  expect((await run({ workers: 2 }, pool)).end).toEqual(whole.end)
})

it('writes the best weights with what they reach on test events, as files that open', async () => {
  const writing = writeTransformer(
    { ...request, checkpoint: whole.end.checkpoint, weights: 'best', title: 'Mine' },
    http,
  )
  let next = await writing.next()
  while (!next.done) next = await writing.next()
  const read = await readTransformerFiles(next.value.card, next.value.weights)
  expect(next.value.id).toBe(`trained-${read.card.weightsSha256.slice(0, 12)}`)
  expect(read.card.metrics['auc-mean'].value).toBeGreaterThan(0.6)
  expect(read.card.scaling).toEqual(small.card.scaling)
  // A fine-tuning from it begins with its blocks and another head, hence other losses.
  const tuned = await run({ model: next.value, scratch: false })
  const first = tuned.news.find(({ kind }) => kind === 'step')
  expect(first).not.toEqual(whole.news.find(({ kind }) => kind === 'step'))
})

it('refuses more events than there are, and weights of another architecture, with both numbers', async () => {
  await expect(run({ data: { ...request.data, labels: 600 } })).rejects.toThrow(
    /200 training events are asked for of each class, class 0t has 168\./,
  )
  const config = { ...request.config, spec: { ...request.config.spec, width: 12 } }
  await expect(run({ config, scratch: false })).rejects.toThrow(
    /small has width 8, the training asks for 12\./,
  )
})

it('two processes of one sample keep the parts of the split that the whole sample has', async () => {
  const sample = toyClass(2, 900, 5)
  for (let i = 0; i < sample.events; i++) sample.part[i] = i % 3
  const processes = ['p p > t t~', 'p p > t t~ H', 'p p > t t~ Z']
  const two = await servedSamples({
    '0t': { sample: toyClass(0, 120, 5) },
    '1t': { sample: toyClass(1, 120, 5) },
    '2t': { sample, processes },
  })
  const { readTrainingData } = await import('./training-data.ts')
  const data = { samples: two.addresses, classes: 'tth-ttz' as const, labels: 300, splitSeed: 1, seed: 1 }
  const scaling = { mean: new Float64Array(100), deviation: new Float64Array(100).fill(1) }
  const reading = readTrainingData(data, scaling, { fetch: two.fetch, delay: two.delay })
  let next = await reading.next()
  while (!next.done) next = await reading.next()
  const { corpus, training, test } = next.value
  expect(corpus.classes).toEqual(['tth', 'ttz'])
  expect([training.length, corpus.events]).toEqual([300, 600])
  expect(Array.from(test).filter((row) => training.includes(row))).toEqual([])
})
