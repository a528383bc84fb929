import { describe, expect, it } from 'vitest'
import type { EncoderEvent } from '../../../ml/encoder-job.ts'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { smallApp } from '../../../testing/small-app.ts'
import { createMemoryCheckpointStore, type CheckpointStore } from '../../../core/checkpoint-store.ts'
import { createTrainingActions } from './training-actions.ts'
import { createWorkMeter } from '../../../core/work-meter.ts'
import { corpus, app, step, evaluation, outcome, bundle } from '../../../testing/small-training.ts'

describe('a training', () => {
  it('runs on the open dataset and reports steps, moments and its end', async () => {
    const { training, job, run, store } = await app()
    const done = training.start()
    await settle()
    expect(job().request).toMatchObject({ order: 'linear', config: store.getState().intent.training })
    expect(job().request.model).toBe(corpus.header.universeModel)
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
    await settle()
    for (let i = 1; i <= 5000; i++) job().report(step(i))
    training.pause() // what still waits to be shown is taken in
    expect(run().losses.length).toBeLessThanOrEqual(1200)
    expect(run().losses.at(-1)?.step).toBeGreaterThan(4990)
  })

  it('is paused, resumed, stepped and stopped, and can go on from its newest checkpoint', async () => {
    const { training, job, run } = await app()
    void training.start()
    await settle()
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
    await settle()
    expect(job().startPaused).toBe(true)
    expect(new Set(job().told)).toEqual(new Set(['step']))
    expect(run().status).toBe('paused')
  })

  it('that fails says why and offers its newest checkpoint', async () => {
    const { training, job, run } = await app()
    const done = training.start()
    await settle()
    job().report(evaluation(3))
    await job().fail(new AppError('ml/diverged', 'loss is NaN at step 4'))
    await done
    expect(run()).toMatchObject({ status: 'failed', error: { code: 'ml/diverged' }, resumable: { step: 3 } })
  })

  it('started anew cancels the one before, whose end is not taken for its own', async () => {
    const { training, job, run } = await app()
    void training.start()
    await settle()
    const first = job()
    void training.start()
    await settle()
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
    await settle()
    job().report({ kind: 'backend', chosen: 'webgpu', report: [] })
    job().report({ ...step(7), recovered: { losses: 3, backend: 'kernels' } } as EncoderEvent)
    expect(run()).toMatchObject({ backend: 'kernels', step: 7, losses: [{ step: 7 }] })
    expect(notices().map(({ text }) => text)).toEqual([
      'The graphics card was lost at step 7, loss number 3. The step was made again on kernels, and training goes on.',
    ])
  })

  it('warns once of a collapsed map', async () => {
    const { training, job, notices } = await app()
    void training.start()
    await settle()
    for (const at of [1, 2, 3]) job().report(evaluation(at, at > 1))
    expect(notices().filter(({ text }) => /fall on one place/.test(text))).toHaveLength(1)
  })

  it('tells when older trainings made room for its checkpoint', async () => {
    const memory = createMemoryCheckpointStore()
    const { training, job, notices } = await app({ ...memory, save: async () => ({ forgotten: 2 }) })
    void training.start()
    await settle()
    job().report(evaluation(1))
    await settle()
    expect(notices()[0].text).toMatch(/the oldest 2 trainings made room/)
  })

  it('goes on in memory when checkpoints cannot be saved, and says so once', async () => {
    const memory = createMemoryCheckpointStore()
    const full: CheckpointStore = { ...memory, save: () => Promise.reject(new Error('quota exceeded')) }
    const { training, job, notices, run, appStore } = await app(full)
    void training.start()
    await settle()
    job().report(evaluation(1))
    job().report(evaluation(2))
    await settle()
    expect(notices()).toHaveLength(1)
    expect(notices()[0].text).toMatch(/step 1 was not saved \(quota exceeded\); training goes on in memory/)
    expect(run().moments).toHaveLength(2)
    expect(appStore.getState().notSaved).toBe(true)
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
    await settle()
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
    await settle()
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
