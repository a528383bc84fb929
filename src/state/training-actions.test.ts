import { describe, expect, it, vi } from 'vitest'
import type { TrainingEvent, TrainingOutcome } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import { settle } from '../testing/fake-jobs.ts'
import { answerOpening, smallApp } from '../testing/small-app.ts'
import { smallCorpus } from '../testing/small-universes.ts'
import { createMemoryCheckpointStore, type CheckpointStore } from './checkpoint-store.ts'
import { createTrainingActions } from './training-actions.ts'

const corpus = await smallCorpus()
const other = await smallCorpus({ setup: { seed: 9 } })

async function openedApp(checkpoints?: CheckpointStore) {
  const app = smallApp({}, checkpoints)
  await answerOpening(app.compute.newest('open-dataset'), corpus)
  return {
    ...app,
    training: createTrainingActions(app.store, app.services, app.actions),
    run: () => app.store.getState().training,
  }
}

type App = Awaited<ReturnType<typeof openedApp>>

const stepEvent = (step: number): TrainingEvent => ({
  kind: 'step',
  ...{ step, steps: 1000, loss: 5 / step, learningRate: 0.01, msPerStep: 2 },
})
const evaluation = (step: number, collapsed = false): TrainingEvent => ({
  kind: 'evaluation',
  ...{ step, loss: 5 / step, heldOutLoss: 6 / step, effectiveRank: 1.8, collapsed },
  latent: new Float32Array(0),
  checkpoint: Uint8Array.of(step),
})
const outcome: TrainingOutcome = {
  ...{ mlp: corpus.encoder.mlp, parameters: new Float32Array(0), checkpoint: Uint8Array.of(99) },
  ...{ step: 20, heldOutLoss: 0.3, stoppedEarly: false, backend: 'cpu' },
}

/** A training with two pictures, still running. */
async function startedApp(checkpoints?: CheckpointStore) {
  const app = await openedApp(checkpoints)
  void app.training.start()
  const job = app.ml.newest('train-encoder')
  job.report({ kind: 'backend', chosen: 'cpu', report: [] })
  for (const step of [10, 20]) {
    job.report(stepEvent(step))
    job.report(evaluation(step))
  }
  return { ...app, job }
}

const noticesOf = ({ store }: Pick<App, 'store'>) => store.getState().notices.map(({ text }) => text)

describe('a training', () => {
  it('runs on the dataset and settings of the page and collects losses and pictures', async () => {
    const { job, run, store } = await startedApp()
    expect(job.request).toMatchObject({ order: 'linear', config: store.getState().intent.training })
    expect(run()).toMatchObject({
      ...{ status: 'running', step: 20, steps: 1000, backend: 'cpu' },
      about: { datasetTitle: corpus.manifest.title, manifestHash: corpus.header.manifestHash },
      losses: [
        { step: 10, loss: 0.5 },
        { step: 20, loss: 0.25 },
      ],
    })
    expect(run().moments.map(({ step }) => step)).toEqual([10, 20])
    await job.finish(outcome)
    expect(run()).toMatchObject({ status: 'finished', outcome: { step: 20 }, resumable: null })
  })

  it('thins losses so that a long training keeps a plot of bounded size', async () => {
    const { job, run } = await startedApp()
    for (let step = 21; step < 5000; step++) job.report(stepEvent(step))
    expect(run().losses.length).toBeLessThanOrEqual(1200)
    expect(run().losses.at(-1)?.step).toBe(4999)
  })

  it('a first Step starts it paused: one credit for the report of the engine, one for the step', async () => {
    const { training, ml, run } = await openedApp()
    void training.step()
    const job = ml.newest('train-encoder')
    expect(job.startPaused).toBe(true)
    expect(job.told).toEqual(['step', 'step'])
    await training.step()
    expect(job.told).toHaveLength(3)
    training.resume()
    expect(run().status).toBe('running')
    expect(job.told.at(-1)).toBe('resume')
  })

  it('a new one cancels the old, whose late news are not heard', async () => {
    const { job, training, ml, run } = await startedApp()
    void training.start()
    expect(job.cancelled).toBe(true)
    await settle()
    expect(run()).toMatchObject({ status: 'running', moments: [], losses: [] })
    expect(ml.count('train-encoder')).toBe(2)
  })

  it('tells a collapse once, and an unsaved checkpoint once', async () => {
    const full: CheckpointStore = {
      ...createMemoryCheckpointStore(),
      save: () => Promise.reject(new Error('quota exceeded')),
    }
    const app = await startedApp(full)
    for (const step of [30, 40]) app.job.report(evaluation(step, true))
    await settle()
    expect(noticesOf(app).filter((text) => text.includes('one place or line'))).toHaveLength(1)
    expect(noticesOf(app).filter((text) => text.includes('quota exceeded'))).toHaveLength(1)
    expect(app.run().status).toBe('running')
  })
})

describe('going on', () => {
  it('after Stop from the newest checkpoint, with what was seen before it', async () => {
    const { training, ml, run } = await startedApp()
    training.stop()
    expect(run()).toMatchObject({ status: 'idle', resumable: { step: 20 } })
    void training.resumeSaved()
    expect(ml.newest('train-encoder').request.resumeFrom).toEqual(Uint8Array.of(20))
    expect(run().moments).toHaveLength(2)
    expect(run().losses).toHaveLength(2)
  })

  it('after a failure the pictures stay and the newest checkpoint is offered', async () => {
    const { job, run } = await startedApp()
    await job.fail(new AppError('ml/diverged', 'The loss stopped being a number at step 21.'))
    expect(run()).toMatchObject({
      ...{ status: 'failed', error: { code: 'ml/diverged' }, resumable: { step: 20 } },
    })
    expect(run().moments).toHaveLength(2)
  })

  it('from a moment in the past leaves behind what came after and restores what was trained', async () => {
    const { job, training, actions, ml, run, store } = await startedApp()
    await job.finish(outcome)
    const trainedWith = store.getState().intent.training
    actions.change({ training: { ...trainedWith, latentDim: 5, learningRate: 1e-4 } })
    void training.goOnFrom(0)
    expect(ml.newest('train-encoder').request).toMatchObject({
      resumeFrom: Uint8Array.of(10),
      config: { latentDim: trainedWith.latentDim, learningRate: 1e-4 },
    })
    expect(run().moments.map(({ step }) => step)).toEqual([10])
    expect(run().losses.map(({ step }) => step)).toEqual([10])
  })

  it('in a later visit: the checkpoint of this very set-up is found, and its losses come with it', async () => {
    const checkpoints = createMemoryCheckpointStore()
    await startedApp(checkpoints)
    const later = await openedApp(checkpoints)
    await later.training.lookForCheckpoint()
    expect(later.run()).toMatchObject({ status: 'idle', resumable: { step: 20 } })
    void later.training.resumeSaved()
    const history = [{ step: 20, loss: 0.4, heldOutLoss: 0.5, learningRate: 0.01 }]
    await later.ml
      .newest('replay-checkpoint')
      .finish({ step: 20, latent: new Float32Array(0), mlp: corpus.encoder.mlp, history })
    expect(later.ml.newest('train-encoder').request.resumeFrom).toEqual(Uint8Array.of(20))
    expect(later.run()).toMatchObject({ status: 'running', losses: [{ step: 20, loss: 0.4 }] })
  })

  it('is not offered for other settings, and a damaged checkpoint is told, not resumed', async () => {
    const checkpoints = createMemoryCheckpointStore()
    await startedApp(checkpoints)
    const later = await openedApp(checkpoints)
    const { training: settings } = later.store.getState().intent
    later.actions.change({ training: { ...settings, seed: 77 } })
    await later.training.lookForCheckpoint()
    expect(later.run().resumable).toBeNull()
    later.actions.change({ training: settings })
    await later.training.lookForCheckpoint()
    void later.training.resumeSaved()
    await later.ml
      .newest('replay-checkpoint')
      .fail(new AppError('model/corrupt', 'The saved training is damaged.'))
    expect(later.ml.count('train-encoder')).toBe(0)
    expect(noticesOf(later)).toContain('The saved training is damaged.')
  })
})

describe('the encoder of a training', () => {
  it('goes on the map under a name of its own for each set-up and step', async () => {
    const { job, training, store, services } = await startedApp()
    await job.finish(outcome)
    await training.useOnMap()
    const { model, view } = store.getState().intent
    expect(view).toBe('explore')
    expect(model).toMatch(/^trained-seed1-step20-[0-9a-f]{6}$/)
    expect(services.trainedEncoders.get(model)?.mlp).toBe(outcome.mlp)
  })

  it('of the moment shown is exported with its own weights, of a finished training with the best', async () => {
    const { job, training, ml } = await startedApp()
    await job.finish(outcome)
    void training.exportModel('2026-01-02')
    await vi.waitFor(() => expect(ml.count('export-encoder')).toBe(1)) // hashing leaves the event loop
    expect(ml.newest('export-encoder').request).toMatchObject({
      weights: 'best',
      checkpoint: Uint8Array.of(99),
    })
    training.show(0)
    void training.exportModel('2026-01-02')
    await vi.waitFor(() => expect(ml.count('replay-checkpoint')).toBe(1))
    const replay = { step: 10, latent: new Float32Array(0), mlp: corpus.encoder.mlp, history: [] }
    await ml.newest('replay-checkpoint').finish(replay)
    await vi.waitFor(() => expect(ml.count('export-encoder')).toBe(2))
    expect(ml.newest('export-encoder').request).toMatchObject({
      ...{ weights: 'now', checkpoint: Uint8Array.of(10), date: '2026-01-02', backend: 'cpu' },
      manifestHash: corpus.header.manifestHash,
    })
  })

  it('is not put on the map of another dataset', async () => {
    const app = await startedApp()
    await app.job.finish(outcome)
    app.actions.change({ dataset: 'second' })
    await answerOpening(app.compute.newest('open-dataset'), other)
    await app.training.useOnMap()
    expect(app.services.trainedEncoders.size).toBe(0)
    expect(noticesOf(app).at(-1)).toContain('open that dataset again to use it')
  })

  it('is measured beside its limits, and the result says whose it is', async () => {
    const { job, training, compute, store } = await startedApp()
    await job.finish(outcome)
    void training.measureLimits('training')
    const measuring = await vi.waitFor(() => compute.newest('encoder-limits'))
    expect(measuring.request.encoder).toBe(outcome.mlp)
    measuring.report(0.5)
    expect(store.getState().limits).toMatchObject({ status: 'running', fraction: 0.5 })
    await measuring.finish({
      universes: 100,
      replicas: 40,
      seed: 1,
      scores: [],
      bayes: { value: 0.9, error: 0 },
    })
    expect(store.getState().limits.value).toMatchObject({
      encoder: expect.stringMatching(/^trained-/) as string,
      manifestHash: corpus.header.manifestHash,
    })
  })
})
