import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { settle } from '../testing/fake-jobs.ts'
import { answerOpening, reportHeader, smallApp } from '../testing/small-app.ts'
import { smallCorpus } from '../testing/small-universes.ts'
import type { LoadedEncoder } from '../analysis/job-map.ts'
import { linearEncoderId } from '../analysis/drell-yan/linear-encoder.ts'
import { createOwnEncoders, type EncoderRecord } from './own-encoders.ts'
import { createMemoryRecords } from './record-store.ts'
import type { Services } from './services.ts'

const corpus = await smallCorpus()
const other = await smallCorpus({ setup: { seed: 9 } })
const encoderNamed = (id: string): LoadedEncoder => ({ ...corpus.encoder, id, hash: `hash of ${id}` })

const files = { card: '{}', model: '{}', weights: new Uint8Array(0) }
const ownEncoder = (id: string) => ({ encoder: encoderNamed(id), files })

async function openedApp(instead: Partial<Services> = {}) {
  const app = smallApp({}, undefined, instead)
  await answerOpening(app.compute.newest('open-dataset'), corpus)
  return { ...app, dataset: () => app.store.getState().dataset }
}

describe('opening', () => {
  it('starts at once, shows the header, then rows as they come, then is ready', async () => {
    const { store, compute } = smallApp()
    const job = compute.newest('open-dataset')
    expect(job.request).toEqual({ manifestUrl: 'https://x/data/first/manifest.json', model: null })
    expect(store.getState().dataset).toMatchObject({ status: 'running', label: 'Opening dataset' })
    job.report({ kind: 'stage', label: 'Reading manifest', fraction: 0.1 })
    expect(store.getState().dataset).toMatchObject({ label: 'Reading manifest', fraction: 0.1 })
    reportHeader(job, corpus)
    const versions: number[] = []
    store.subscribe(
      (state) => state.dataset.value,
      (value) => value && versions.push(value.version),
    )
    await answerOpening(job, corpus)
    const { dataset } = store.getState()
    expect(dataset.status).toBe('ready')
    expect(dataset.value?.rows).toBe(36)
    expect(dataset.value?.spectra).toEqual(corpus.spectra)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(new Set(versions).size).toBe(versions.length)
  })

  it('asks for the shipped encoder with the dataset', () => {
    const { compute } = smallApp({ model: 'shipped-b' })
    expect(compute.newest('open-dataset').request.model).toMatchObject({ id: 'shipped-b' })
  })

  it('the latest wins: the earlier job is cancelled and its late news are not heard', async () => {
    const { store, compute, actions } = smallApp()
    const first = compute.newest('open-dataset')
    actions.change({ dataset: 'second' })
    expect(first.cancelled).toBe(true)
    reportHeader(first, corpus)
    expect(store.getState().dataset.value).toBeUndefined()
    await answerOpening(compute.newest('open-dataset'), other)
    await first.finish({ rows: 1, fetches: 1 })
    expect(store.getState().dataset).toMatchObject({
      status: 'ready',
      value: { header: { manifestHash: other.header.manifestHash } },
    })
    expect(compute.count('open-dataset')).toBe(2)
  })

  it('keeps the old dataset on the map until the new header is here', async () => {
    const { actions, compute, dataset } = await openedApp()
    actions.change({ dataset: 'second' })
    expect(dataset()).toMatchObject({ status: 'running', value: { rows: 36 } })
    reportHeader(compute.newest('open-dataset'), other)
    expect(dataset().value?.rows).toBe(0)
    expect(dataset().value?.header.manifestHash).toBe(other.header.manifestHash)
  })

  it('a failure keeps the last dataset and can be tried again', async () => {
    const { actions, compute, dataset } = await openedApp()
    actions.change({ dataset: 'second' })
    await compute.newest('open-dataset').fail(new AppError('data/not-found', 'there is no file'))
    expect(dataset()).toMatchObject({
      status: 'failed',
      error: { code: 'data/not-found' },
      value: { rows: 36 },
    })
    actions.retryDataset()
    expect(dataset()).toMatchObject({ status: 'running', value: { rows: 36 } })
    await answerOpening(compute.newest('open-dataset'), other)
    expect(dataset()).toMatchObject({ status: 'ready' })
    expect(dataset().error).toBeUndefined()
  })

  it('an unknown dataset is refused with the names of those there are, without a request', async () => {
    const { store, compute } = smallApp({ dataset: 'third' })
    await settle()
    expect(store.getState().dataset).toMatchObject({ status: 'failed', error: { code: 'data/not-found' } })
    expect(store.getState().dataset.error?.message).toMatch(/"third".*first, second/)
    expect(compute.asked).toHaveLength(0)
  })

  it('an unknown model is refused with the names of those there are', async () => {
    const { store, compute } = smallApp({ model: 'nobody' })
    await settle()
    expect(store.getState().dataset).toMatchObject({ status: 'failed', error: { code: 'model/mismatch' } })
    expect(store.getState().dataset.error?.message).toMatch(/"nobody".*pca-2, shipped-a, shipped-b/)
    expect(compute.asked).toHaveLength(0)
  })

  it('a model that was trained in this visit need not be shipped to open another dataset', async () => {
    const { actions, compute, dataset, services } = await openedApp()
    await services.encoders.keep(ownEncoder('trained-1'), 'trained')
    actions.change({ model: 'trained-1' })
    await settle()
    await compute.newest('embed-rows').finish({ rows: 36 })
    actions.retryDataset()
    expect(dataset().status).toBe('running')
    expect(compute.newest('open-dataset').request.model).toBeNull()
    await answerOpening(compute.newest('open-dataset'), { ...corpus, encoder: encoderNamed('pca-2') })
    compute.newest('embed-rows').report({ kind: 'embedding', embedding: corpus.embedding })
    await compute.newest('embed-rows').finish({ rows: 36 })
    expect(dataset()).toMatchObject({ status: 'ready', value: { encoder: { id: 'trained-1' } } })
  })

  it('a model that was in the way can be changed: the dataset asked for opens with the new one', async () => {
    const { store, compute, actions } = smallApp({ model: 'nobody' })
    await settle()
    actions.change({ model: linearEncoderId })
    await answerOpening(compute.newest('open-dataset'), corpus)
    expect(store.getState().dataset).toMatchObject({ status: 'ready', value: { rows: 36 } })
  })

  it('after a failure the old dataset does not pass for the one asked for', async () => {
    const { actions, compute, dataset } = await openedApp()
    actions.change({ dataset: 'second', model: 'shipped-a' })
    await compute.newest('open-dataset').fail(new AppError('model/mismatch', 'expects 7 bins'))
    actions.change({ model: 'shipped-b' })
    expect(compute.newest('open-dataset').request).toMatchObject({
      manifestUrl: 'https://x/data/second/manifest.json',
      model: { id: 'shipped-b' },
    })
    await answerOpening(compute.newest('open-dataset'), {
      ...other,
      encoder: encoderNamed('shipped-b'),
    })
    expect(dataset()).toMatchObject({
      status: 'ready',
      value: { header: { manifestHash: other.header.manifestHash }, encoder: { id: 'shipped-b' } },
    })
  })

  it('stops for good when the store is stopped', async () => {
    const { stop, compute, actions, store } = smallApp()
    stop()
    expect(compute.asked[0].cancelled).toBe(true)
    actions.change({ dataset: 'second' })
    await settle()
    expect(compute.asked).toHaveLength(1)
    expect(store.getState().dataset.status).toBe('running')
  })
})

describe('building', () => {
  it('runs on the dropped PDF and does not ask for a shipped dataset', async () => {
    const { actions, compute, store } = await openedApp()
    const files = [{ name: 'a.dat', text: 'grid' }]
    store.setState({ pdf: { files, summary: { status: 'idle' } } })
    const setup = {
      sqrtSGeV: 14_000,
      scheme: 'MW',
      muF: 'mll',
      ptMinGeV: 25,
      absEtaMax: 2.4,
      widthShift: false,
      luminosityInvFb: 300,
      scale: 'lo',
      universes: 12,
      replicasPerUniverse: 3,
      priorSigmas: 3,
      seed: 5,
    } as const
    actions.change({ setup, model: linearEncoderId })
    const job = compute.newest('build-dataset')
    expect(job.request).toEqual({ setup, pdf: files })
    await answerOpening(job, other)
    expect(store.getState().dataset).toMatchObject({ status: 'ready' })
    expect(compute.count('open-dataset')).toBe(1)
    actions.undo()
    expect(compute.count('open-dataset')).toBe(2)
  })
})

describe('another encoder', () => {
  it('is loaded, and the map changes in one piece', async () => {
    const { actions, compute, dataset } = await openedApp()
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
    expect(dataset().value?.latent[0]).toBe(0)
    await job.finish({ rows: 36 })
    expect(dataset()).toMatchObject({ status: 'ready', value: { encoder: { id: 'shipped-b' }, rows: 36 } })
    expect(dataset().value?.latent[71]).toBe(5)
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
    const { actions, dataset } = await openedApp()
    actions.change({ model: 'nobody' })
    await settle()
    expect(dataset()).toMatchObject({
      status: 'failed',
      error: { code: 'model/mismatch' },
      value: { rows: 36 },
    })
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
    await services.encoders.keep(ownEncoder('trained-1'), 'trained')
    actions.change({ model: 'trained-1' })
    await settle()
    expect(compute.count('load-encoder')).toBe(0)
    expect(compute.newest('embed-rows').request.encoder).toBe(corpus.encoder.mlp)
  })

  it('of an earlier visit is read back from storage, once, and checked against its hash', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    await createOwnEncoders(records, () => 0).keep(ownEncoder('trained-1'), 'trained')
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
    await createOwnEncoders(records, () => 0).keep(ownEncoder('trained-1'), 'trained')
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
