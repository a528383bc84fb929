import { describe, expect, it } from 'vitest'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { answerOpening } from '../../../testing/small-app.ts'
import { ready } from '../../../core/loadable.ts'
import { corpus, other, app, step, evaluation, outcome, bundle } from '../../../testing/small-training.ts'

describe('the encoder of a training', () => {
  it('goes on the map, and is kept for later visits', async () => {
    const { training, job, services, store, ml } = await app()
    const done = training.start()
    await settle()
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
    await settle()
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
    await settle()
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
    await settle()
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
    await settle()
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
    await settle()
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
    await settle()
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
  it('limits come back in a later visit for the same encoder', async () => {
    const first = await app()
    const measuring = first.training.measureLimits()
    const scores = { universes: 100, replicas: 40, seed: 1, scores: [], bayes: { value: 0.9, error: 0.01 } }
    await first.compute.newest('encoder-limits').finish(scores)
    await measuring
    const { products } = first.services
    const later = await app(undefined, { products })
    await later.training.recallLimits()
    expect(later.store.getState().limits).toMatchObject({ status: 'ready', value: { universes: 100 } })
    expect(later.compute.count('encoder-limits')).toBe(0)
  })
})
