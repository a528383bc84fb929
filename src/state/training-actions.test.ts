import { describe, expect, it, vi } from 'vitest'
import type { TrainingEvent, TrainingOutcome } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import { settle } from '../testing/fake-jobs.ts'
import { answerOpening, smallApp } from '../testing/small-app.ts'
import { smallCorpus } from '../testing/small-universes.ts'
import {
  createCheckpointStore,
  createMemoryCheckpointStore,
  type CheckpointRecord,
  type CheckpointStore,
} from './checkpoint-store.ts'
import { ready } from './loadable.ts'
import { createMemoryRecords } from './record-store.ts'
import type { Services } from './services.ts'
import { createTrainingActions } from './training-actions.ts'
import { createWorkMeter } from './work-meter.ts'

const corpus = await smallCorpus()
const other = await smallCorpus({ setup: { seed: 9 } })

async function app(
  checkpoints: CheckpointStore = createMemoryCheckpointStore(),
  instead: Partial<Services> = {},
) {
  const made = smallApp({}, checkpoints, instead)
  await answerOpening(made.compute.newest('open-dataset'), corpus)
  const training = createTrainingActions(made.store, made.services, made.actions)
  return {
    ...made,
    training,
    run: () => made.store.getState().training,
    notices: () => made.store.getState().notices,
    job: () => made.ml.newest('train-encoder'),
  }
}

const step = (at: number): TrainingEvent => ({
  ...{ kind: 'step', step: at, steps: 1000, loss: 5 - at / 1000, learningRate: 1e-3, msPerStep: 2 },
})
const evaluation = (at: number, collapsed = false): TrainingEvent => ({
  ...{ kind: 'evaluation', step: at, loss: 4, heldOutLoss: 4.1, effectiveRank: 2, collapsed },
  latent: new Float32Array(8).fill(at),
  checkpoint: Uint8Array.of(at),
})
const outcome: TrainingOutcome = {
  ...{ mlp: corpus.encoder.mlp, parameters: new Float32Array(1), step: 50, heldOutLoss: 4 },
  ...{ stoppedEarly: false, backend: 'wasm', checkpoint: Uint8Array.of(99) },
}

const files = { card: '{}', model: '{}', weights: new Uint8Array(0) }
const bundle = (id: string) => ({ encoder: { ...corpus.encoder, id, hash: `hash of ${id}` }, files })

describe('a training', () => {
  it('runs on the open dataset and reports steps, moments and its end', async () => {
    const { training, job, run, store } = await app()
    const done = training.start()
    expect(job().request).toMatchObject({ order: 'linear', config: store.getState().intent.training })
    expect(job().request.model).toBe(corpus.header.model)
    expect(run()).toMatchObject({ status: 'running', about: { manifestHash: corpus.header.manifestHash } })
    job().report({ kind: 'backend', chosen: 'wasm', report: [] })
    job().report(step(1))
    job().report(evaluation(1))
    expect(run()).toMatchObject({ backend: 'wasm', step: 1, losses: [{ step: 1 }] })
    expect(run().moments).toHaveLength(1)
    await job().finish(outcome)
    await done
    expect(run()).toMatchObject({ status: 'finished', outcome, resumable: null })
  })

  it('keeps no more losses than a plot can show, the newest among them', async () => {
    const { training, job, run } = await app()
    void training.start()
    for (let i = 1; i <= 5000; i++) job().report(step(i))
    expect(run().losses.length).toBeLessThanOrEqual(1200)
    expect(run().losses.at(-1)?.step).toBeGreaterThan(4990)
  })

  it('is paused, resumed, stepped and stopped, and can go on from its newest checkpoint', async () => {
    const { training, job, run } = await app()
    void training.start()
    const own = job()
    training.pause()
    expect(run().status).toBe('paused')
    training.resume()
    await training.step()
    expect(own.told).toEqual(['pause', 'resume', 'step'])
    own.report(evaluation(7))
    training.stop()
    expect(own.cancelled).toBe(true)
    await settle()
    expect(run()).toMatchObject({ status: 'idle', resumable: { step: 7 } })
    void training.resumeSaved()
    await settle()
    expect(job().request.resumeFrom).toEqual(Uint8Array.of(7))
    expect(run()).toMatchObject({ status: 'running', moments: [{ step: 7 }] })
  })

  it('can begin with a single step', async () => {
    const { training, job, run } = await app()
    void training.step()
    expect(job().startPaused).toBe(true)
    expect(new Set(job().told)).toEqual(new Set(['step']))
    expect(run().status).toBe('paused')
  })

  it('that fails says why and offers its newest checkpoint', async () => {
    const { training, job, run } = await app()
    const done = training.start()
    job().report(evaluation(3))
    await job().fail(new AppError('ml/diverged', 'loss is NaN at step 4'))
    await done
    expect(run()).toMatchObject({ status: 'failed', error: { code: 'ml/diverged' }, resumable: { step: 3 } })
  })

  it('started anew cancels the one before, whose end is not taken for its own', async () => {
    const { training, job, run } = await app()
    void training.start()
    const first = job()
    void training.start()
    expect(first.cancelled).toBe(true)
    await settle()
    expect(run().status).toBe('running')
    first.report(step(9)) // on its way when it was cancelled
    first.report(evaluation(9))
    expect(run()).toMatchObject({ step: 0, losses: [], moments: [] })
  })

  it('does not start without a dataset', async () => {
    const made = smallApp()
    await createTrainingActions(made.store, made.services, made.actions).start()
    expect(made.ml.asked).toHaveLength(0)
  })

  it('that lost its graphics card says so, and where it goes on', async () => {
    const { training, job, notices, run } = await app()
    void training.start()
    job().report({ kind: 'backend', chosen: 'webgpu', report: [] })
    job().report({ ...step(7), recovered: { losses: 3, backend: 'kernels' } } as TrainingEvent)
    expect(run()).toMatchObject({ backend: 'kernels', step: 7, losses: [{ step: 7 }] })
    expect(notices().map(({ text }) => text)).toEqual([
      'The graphics card was lost at step 7, loss number 3. The step was made again on kernels, and training goes on.',
    ])
  })

  it('warns once of a collapsed map', async () => {
    const { training, job, notices } = await app()
    void training.start()
    for (const at of [1, 2, 3]) job().report(evaluation(at, at > 1))
    expect(notices().filter(({ text }) => /fall on one place/.test(text))).toHaveLength(1)
  })

  it('tells when older trainings made room for its checkpoint', async () => {
    const memory = createMemoryCheckpointStore()
    const { training, job, notices } = await app({ ...memory, save: async () => ({ forgotten: 2 }) })
    void training.start()
    job().report(evaluation(1))
    await settle()
    expect(notices()[0].text).toMatch(/the oldest 2 trainings made room/)
  })

  it('goes on in memory when checkpoints cannot be saved, and says so once', async () => {
    const memory = createMemoryCheckpointStore()
    const full: CheckpointStore = { ...memory, save: () => Promise.reject(new Error('quota exceeded')) }
    const { training, job, notices, run } = await app(full)
    void training.start()
    job().report(evaluation(1))
    job().report(evaluation(2))
    await settle()
    expect(notices()).toHaveLength(1)
    expect(notices()[0].text).toMatch(/step 1 was not saved \(quota exceeded\); training goes on in memory/)
    expect(run().moments).toHaveLength(2)
  })
})

describe('work that would be lost with the page', () => {
  async function at(durable: boolean) {
    let time = 0
    const meter = createWorkMeter(() => time)
    const memory = createMemoryCheckpointStore()
    const made = await app({ ...memory, durable }, { work: { training: meter, classifier: meter } })
    return { ...made, unsavedAt: (ms: number) => ((time = ms), meter.unsavedMs) }
  }

  it('is what came after the last checkpoint that was stored', async () => {
    const { training, job, unsavedAt } = await at(true)
    const done = training.start()
    expect(unsavedAt(20_000)).toBe(20_000)
    job().report(evaluation(1))
    await settle()
    expect(unsavedAt(21_000)).toBe(1_000)
    training.pause()
    expect(unsavedAt(90_000)).toBe(1_000)
    training.resume()
    job().report(evaluation(2))
    await job().finish(outcome)
    await done
    expect(unsavedAt(200_000)).toBe(0)
  })

  it('is all of it where nothing is stored, until the encoder is exported', async () => {
    const { training, job, ml, unsavedAt } = await at(false)
    const done = training.start()
    unsavedAt(40_000)
    job().report(evaluation(1))
    await job().finish(outcome)
    await done
    expect(unsavedAt(90_000)).toBe(40_000)
    const exporting = training.exportModel()
    await ml.newest('export-encoder').finish(bundle('a'))
    await exporting
    expect(unsavedAt(91_000)).toBe(0)
  })
})

describe('a checkpoint of an earlier visit', () => {
  it('is found again for the same set-up, not for another seed', async () => {
    const checkpoints = createMemoryCheckpointStore()
    const first = await app(checkpoints)
    void first.training.start()
    first.job().report(evaluation(12))
    await settle()

    const second = await app(checkpoints)
    await second.training.lookForCheckpoint()
    expect(second.run().resumable).toMatchObject({ step: 12, checkpoint: Uint8Array.of(12) })
    const { training } = second.store.getState().intent
    second.actions.change({ training: { ...training, backend: 'cpu', steps: 5 } }) // what may change on the way
    await second.training.lookForCheckpoint()
    expect(second.run().resumable?.step).toBe(12)
    second.actions.change({ training: { ...training, seed: 2 } })
    await second.training.lookForCheckpoint()
    expect(second.run().resumable).toBeNull()
  })

  it('does not take the place of a training that was begun while it was read', async () => {
    const checkpoints = createMemoryCheckpointStore()
    const first = await app(checkpoints)
    void first.training.start()
    first.job().report(evaluation(12))
    const second = await app(checkpoints)
    await second.training.lookForCheckpoint()
    const resuming = second.training.resumeSaved()
    void second.training.start()
    const replay = second.ml.newest('replay-checkpoint')
    await replay.finish({ step: 12, latent: new Float32Array(0), mlp: corpus.encoder.mlp, history: [] })
    await resuming
    expect(second.ml.count('train-encoder')).toBe(1)
    expect(second.job().request.resumeFrom).toBeUndefined()
  })

  it('is not offered for another set-up that was chosen while it was read', async () => {
    const checkpoints = createMemoryCheckpointStore()
    const first = await app(checkpoints)
    void first.training.start()
    first.job().report(evaluation(12))
    const second = await app(checkpoints)
    const looking = second.training.lookForCheckpoint()
    const { training } = second.store.getState().intent
    second.actions.change({ training: { ...training, seed: 2 } })
    await looking
    expect(second.run().resumable).toBeNull()
  })
})

describe('a damaged checkpoint of an earlier visit', () => {
  async function afterDamage(steps: number[]) {
    const records = createMemoryRecords<CheckpointRecord>()
    const first = await app(createCheckpointStore(records, () => 0))
    void first.training.start()
    for (const at of [12, 24]) first.job().report(evaluation(at))
    await vi.waitFor(async () => expect(await records.all()).toHaveLength(2))
    for (const record of await records.all())
      if (steps.includes(record.step))
        await records.put({ ...record, checkpoint: Uint8Array.of(record.step ^ 1) })
    const second = await app(createCheckpointStore(records, () => 0))
    await second.training.lookForCheckpoint()
    return second
  }

  it('gives way to the one before it, which is told once', async () => {
    const { run, notices, training } = await afterDamage([24])
    expect(run().resumable).toMatchObject({ step: 12, checkpoint: Uint8Array.of(12) })
    await training.lookForCheckpoint()
    expect(notices().map(({ text }) => text)).toEqual([
      'The checkpoint of step 24 is damaged; the one of step 12 before it is intact.',
    ])
  })

  it('and none that is intact: said, and nothing is offered', async () => {
    const { run, notices } = await afterDamage([12, 24])
    expect(run().resumable).toBeNull()
    expect(notices()[0].text).toMatch(/step 24 and 12 is damaged.*Start the training anew/)
  })
})

describe('the encoder of a training', () => {
  it('goes on the map, and is kept for later visits', async () => {
    const { training, job, services, store, ml } = await app()
    const done = training.start()
    await job().finish(outcome)
    await done
    const using = training.useOnMap()
    const made = ml.newest('export-encoder')
    expect(made.request).toMatchObject({
      checkpoint: outcome.checkpoint,
      weights: 'best',
      date: '2026-01-02',
    })
    await made.finish(bundle('trained-seed1-step50-0123456789ab'))
    await using
    const { model, view } = store.getState().intent
    expect(model).toBe('trained-seed1-step50-0123456789ab')
    expect(view).toBe('explore')
    expect((await services.encoders.known()).map(({ id }) => id)).toEqual([model])
  })

  it('of a moment in the past is made from its checkpoint', async () => {
    const { training, job, ml, store } = await app()
    void training.start()
    for (const at of [1, 2, 3]) job().report(evaluation(at))
    training.show(1)
    const using = training.useOnMap()
    const made = ml.newest('export-encoder')
    expect(made.request).toMatchObject({ checkpoint: Uint8Array.of(2), weights: 'now' })
    await made.finish(bundle('trained-seed1-step2-0123456789ab'))
    await using
    expect(store.getState().intent.model).toBe('trained-seed1-step2-0123456789ab')
  })

  it('that the browser does not store goes on the map all the same, and that it will not last is said', async () => {
    const { training, job, ml, store, notices } = await app()
    const done = training.start()
    await job().finish(outcome)
    await done
    const using = training.useOnMap()
    await ml.newest('export-encoder').finish(bundle('trained-x'))
    await using
    expect(store.getState().intent.model).toBe('trained-x')
    expect(notices().at(-1)?.text).toMatch(/trained-x is not stored .*blocked storage.* Export it to keep it/)
  })

  it('is exported with the scores that were measured of these very weights, not of others', async () => {
    const { training, job, ml, store } = await app()
    const done = training.start()
    await job().finish(outcome)
    await done
    const scores = { universes: 1, replicas: 1, seed: 1, scores: [], bayes: { value: 1, error: 0 } }
    const measured = (encoderHash: string) =>
      store.setState({ limits: ready({ ...scores, encoder: '', encoderHash, manifestHash: '' }) })
    measured('of another')
    const plain = training.exportModel()
    await ml.newest('export-encoder').finish(bundle('a'))
    expect(ml.count('export-encoder')).toBe(1)
    expect(await plain).toEqual(bundle('a'))
    measured('hash of a')
    const scored = training.exportModel()
    await ml.newest('export-encoder').finish(bundle('a'))
    expect(ml.newest('export-encoder').request.limits).toMatchObject({ encoderHash: 'hash of a' })
    await ml.newest('export-encoder').finish(bundle('a'))
    expect(await scored).toEqual(bundle('a'))
  })

  it('does not go on the map of another dataset', async () => {
    const { training, job, compute, actions, store, notices } = await app()
    const done = training.start()
    await job().finish(outcome)
    await done
    actions.change({ dataset: 'second' })
    await answerOpening(compute.newest('open-dataset'), other)
    const before = store.getState().intent.model
    await training.useOnMap()
    expect(store.getState().intent.model).toBe(before)
    expect(notices().at(-1)).toMatchObject({ tone: 'error' })
  })

  it('does not go on the map of another dataset that was opened while it was made', async () => {
    const { training, job, ml, compute, actions, store, notices } = await app()
    const done = training.start()
    await job().finish(outcome)
    await done
    const using = training.useOnMap()
    actions.change({ dataset: 'second' })
    await answerOpening(compute.newest('open-dataset'), other)
    const before = store.getState().intent.model
    await ml.newest('export-encoder').finish(bundle('trained-x'))
    await using
    expect(store.getState().intent.model).toBe(before)
    expect(notices().at(-1)).toMatchObject({ tone: 'error' })
  })

  it('goes on from a moment in the past, leaving behind what came after', async () => {
    const { training, job, run } = await app()
    void training.start()
    for (const at of [1, 2, 3]) {
      job().report(step(at))
      job().report(evaluation(at))
    }
    void training.goOnFrom(1)
    await settle()
    expect(job().request.resumeFrom).toEqual(Uint8Array.of(2))
    expect(run().moments.map((moment) => moment.step)).toEqual([1, 2])
    expect(run().losses.map((loss) => loss.step)).toEqual([1, 2])
  })
})

describe('measuring', () => {
  it('backends: ready, or failed with the last report kept', async () => {
    const { training, ml, store } = await app()
    const probing = training.probe()
    await ml.newest('probe-backends').finish([])
    await probing
    const again = training.probe()
    await ml.newest('probe-backends').fail(new AppError('ml/backend-unavailable', 'none'))
    await again
    expect(store.getState().backends).toMatchObject({
      status: 'failed',
      value: [],
      error: { message: 'none' },
    })
  })

  it('limits of the encoder on the map, named with what they were measured on', async () => {
    const { training, compute, store } = await app()
    const measuring = training.measureLimits()
    const job = compute.newest('encoder-limits')
    job.report(0.5)
    expect(store.getState().limits).toMatchObject({ status: 'running', fraction: 0.5 })
    await job.finish({
      universes: 100,
      replicas: 40,
      seed: 1,
      scores: [],
      bayes: { value: 0.9, error: 0.01 },
    })
    await measuring
    expect(store.getState().limits).toMatchObject({
      status: 'ready',
      value: { encoder: 'pca-2', encoderHash: corpus.encoder.hash, manifestHash: corpus.header.manifestHash },
    })
  })
})
