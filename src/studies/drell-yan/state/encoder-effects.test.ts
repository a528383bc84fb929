import { describe, expect, it } from 'vitest'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import {
  encoderNamed,
  openedApp,
  ownEncoder,
  noFiles as files,
  openedCorpus as corpus,
} from '../../../testing/opened-app.ts'
import { answerOpening, reportHeader, smallApp } from '../../../testing/small-app.ts'
import { linearEncoderId } from '../analysis/linear-encoder.ts'
import { createOwnEncoders, partsOf, type EncoderRecord } from './own-encoders.ts'
import { createMemoryRecords } from '../../../core/record-store.ts'

describe('another encoder', () => {
  it('is loaded, and the map changes in one piece', async () => {
    const { actions, compute, dataset, rows } = await openedApp()
    actions.change({ model: 'shipped-b' })
    expect(compute.newest('load-encoder').request.model.id).toBe('shipped-b')
    await compute.newest('load-encoder').finish(encoderNamed('shipped-b'))
    const job = compute.newest('embed-rows')
    job.report({ kind: 'embedding', embedding: corpus.embedding })
    job.report({
      kind: 'rows',
      chunk: { firstRow: 0, rows: 36, spectra: new Float32Array(0), latent: new Float32Array(72).fill(5) },
    })
    expect(dataset().value?.encoder.id).toBe(linearEncoderId)
    expect(rows().latent[0]).toBe(0)
    await job.finish({ rows: 36 })
    expect(dataset()).toMatchObject({ status: 'ready', value: { encoder: { id: 'shipped-b' } } })
    expect(rows().count).toBe(36)
    expect(rows().latent[71]).toBe(5)
    expect(compute.count('open-dataset')).toBe(1)
  })

  it('asked for while rows come in is taken once they are here', async () => {
    const { actions, compute, store } = smallApp()
    const job = compute.newest('open-dataset')
    reportHeader(job, corpus)
    actions.change({ model: 'shipped-a' })
    expect(compute.count('load-encoder')).toBe(0)
    await answerOpening(job, corpus)
    await compute.newest('load-encoder').finish(encoderNamed('shipped-a'))
    compute.newest('embed-rows').report({ kind: 'embedding', embedding: corpus.embedding })
    await compute.newest('embed-rows').finish({ rows: 36 })
    expect(store.getState().dataset.value?.encoder.id).toBe('shipped-a')
  })

  it('that cannot be loaded leaves the map as it was, and the choice can be taken back', async () => {
    const { actions, compute, dataset } = await openedApp()
    actions.change({ model: 'shipped-b' })
    await compute.newest('load-encoder').fail(new AppError('model/mismatch', 'expects 7 bins'))
    expect(dataset()).toMatchObject({
      status: 'failed',
      error: { code: 'model/mismatch' },
      value: { encoder: { id: linearEncoderId } },
    })
    actions.undo()
    await settle()
    expect(dataset().status).toBe('ready')
    expect(dataset().error).toBeUndefined()
  })

  it('unknown to the page is refused by name, with the map unchanged', async () => {
    const { actions, dataset, rows } = await openedApp()
    const before = [dataset().value, rows()]
    actions.change({ model: 'nobody' })
    await settle()
    expect(dataset()).toMatchObject({ status: 'failed', error: { code: 'model/mismatch' } })
    expect([dataset().value, rows()]).toEqual(before)
  })

  it('the latest wins', async () => {
    const { actions, compute, dataset } = await openedApp()
    actions.change({ model: 'shipped-a' })
    const first = compute.newest('load-encoder')
    actions.change({ model: linearEncoderId })
    await settle()
    expect(first.cancelled).toBe(true)
    expect(dataset()).toMatchObject({ status: 'ready', value: { encoder: { id: linearEncoderId } } })
  })

  it('trained in this visit needs no request', async () => {
    const { actions, compute, services } = await openedApp()
    await services.encoders.keep(...partsOf(ownEncoder('trained-1'), 'trained'))
    actions.change({ model: 'trained-1' })
    await settle()
    expect(compute.count('load-encoder')).toBe(0)
    expect(compute.newest('embed-rows').request.encoder).toBe(corpus.encoder.mlp)
  })

  it('of an earlier visit is read back from storage, once, and checked against its hash', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    await createOwnEncoders(records, () => 0).keep(...partsOf(ownEncoder('trained-1'), 'trained'))
    const later = createOwnEncoders(records, () => 0)
    await later.known()
    const { actions, compute, dataset } = await openedApp({ encoders: later })
    actions.change({ model: 'trained-1' })
    await settle()
    const reading = compute.newest('import-encoder')
    expect(reading.request.files.map(({ name }) => name)).toEqual(['card.json', 'model.json', 'weights.bin'])
    await reading.finish(ownEncoder('trained-1'))
    compute.newest('embed-rows').report({ kind: 'embedding', embedding: corpus.embedding })
    await compute.newest('embed-rows').finish({ rows: 36 })
    expect(dataset()).toMatchObject({ status: 'ready', value: { encoder: { id: 'trained-1' } } })
  })

  it('of an earlier visit whose stored weights are others is refused, with the map as it was', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    await createOwnEncoders(records, () => 0).keep(...partsOf(ownEncoder('trained-1'), 'trained'))
    const later = createOwnEncoders(records, () => 0)
    await later.known()
    const { actions, compute, dataset } = await openedApp({ encoders: later })
    actions.change({ model: 'trained-1' })
    await settle()
    const { encoder } = ownEncoder('trained-1')
    await compute.newest('import-encoder').finish({ encoder: { ...encoder, hash: 'another' }, files })
    expect(dataset()).toMatchObject({
      status: 'failed',
      error: { code: 'model/corrupt' },
      value: { encoder: { id: linearEncoderId } },
    })
  })
})
