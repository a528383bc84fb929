import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { reportHeader, smallApp, type AskedJob } from '../../../testing/small-app.ts'
import { smallBins as bins, smallCorpus } from '../../../testing/small-universes.ts'
import { drellYan } from '../study.ts'
import { isExact } from './drell-yan-state.ts'
import { pickedFocus } from './focus.ts'

const corpus = await smallCorpus()
const rows = 36

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** The map by its preview alone: places are 1, spectra are not here. */
async function previewed(patch: Parameters<typeof smallApp>[0] = {}) {
  const app = smallApp(patch)
  const job = app.compute.newest('open-dataset')
  reportHeader(job, corpus)
  job.report({
    kind: 'rows',
    tier: 'preview',
    chunk: { firstRow: 0, rows, spectra: new Float32Array(0), latent: new Float32Array(2 * rows).fill(1) },
  })
  await job.finish({ rows, fetches: 9 })
  return app
}

/** The exact rows from one on, with all places at 2. */
function report(job: AskedJob<'exact-rows'>, firstRow: number, count: number): void {
  const spectra = corpus.spectra.slice(firstRow * bins, (firstRow + count) * bins)
  job.report({ firstRow, rows: count, spectra, latent: new Float32Array(2 * count).fill(2) })
}

describe('exact rows behind a preview', () => {
  it('are asked for once the map is drawn, come in order, and move the map in one piece', async () => {
    const { store, compute } = await previewed()
    const state = store.getState
    expect(state().dataset.status).toBe('ready')
    expect(state().rows).toMatchObject({ count: rows, exact: 0 })
    expect(compute.count('exact-rows')).toBe(0)
    vi.runAllTimers()
    const job = compute.newest('exact-rows')
    expect(job.request.manifestUrl).toBe('https://x/data/first/manifest.json')
    expect(job.request.encoder).toBe(corpus.encoder.mlp)
    report(job, 0, 20)
    expect(state().rows).toMatchObject({ count: rows, exact: 20 })
    expect(new Set(state().rows.latent)).toEqual(new Set([1]))
    expect(isExact(state())).toBe(false)
    report(job, 20, 16)
    await job.finish({ rows })
    expect(isExact(state())).toBe(true)
    expect(new Set(state().rows.latent)).toEqual(new Set([2]))
    expect(state().rows.spectra).toEqual(corpus.spectra)
    expect(compute.count('exact-rows')).toBe(1)
  })

  it('are what a number is made of: a row has no spectrum before', async () => {
    const { store, compute } = await previewed()
    vi.runAllTimers()
    const focus = () => {
      const { dataset, rows: shipped } = store.getState()
      if (!dataset.value) throw new Error('nothing is open')
      return pickedFocus(dataset.value, { shipped, drawn: undefined }, { kind: 'row', row: 21 }, 1)
    }
    const job = compute.newest('exact-rows')
    report(job, 0, 20)
    expect(focus()).toBeNull()
    report(job, 20, 16)
    expect(focus()?.spectrum).toEqual(corpus.spectra.slice(21 * bins, 22 * bins))
  })

  it('are waited for by another encoder, and by the offline copy', async () => {
    const { store, compute, actions } = await previewed()
    const keeps = () => drellYan.keepOffline?.(store.getState(), store.getState().intent)
    actions.change({ model: 'shipped-b' })
    await compute.newest('load-encoder').finish({ ...corpus.encoder, id: 'shipped-b' })
    expect(compute.count('embed-rows')).toBe(0)
    expect(keeps()).toBeUndefined()
    const job = compute.newest('exact-rows')
    report(job, 0, rows)
    await job.finish({ rows })
    const embedding = compute.newest('embed-rows')
    expect(embedding.request.spectra).toEqual(corpus.spectra)
    embedding.report({ kind: 'embedding', embedding: corpus.embedding })
    const latent = new Float32Array(2 * rows).fill(3)
    embedding.report({ kind: 'rows', chunk: { firstRow: 0, rows, spectra: new Float32Array(0), latent } })
    await embedding.finish({ rows })
    expect(isExact(store.getState())).toBe(true)
    expect(store.getState().rows.latent).toEqual(latent)
    expect(keeps()).toBe('https://x/data/first/manifest.json')
  })

  it('that do not come are told, with the map kept; once more fetches them', async () => {
    const { store, compute, actions } = await previewed()
    vi.runAllTimers()
    await compute.newest('exact-rows').fail(new AppError('data/not-found', 'there is no spectra.npy'))
    expect(store.getState().dataset).toMatchObject({
      status: 'failed',
      error: { message: 'there is no spectra.npy' },
    })
    expect(store.getState().dataset.value?.header).toBe(corpus.header)
    expect(compute.count('exact-rows')).toBe(1)
    actions.retryDataset()
    expect(compute.count('open-dataset')).toBe(2)
  })

  it('of a dataset that is left are no longer fetched', async () => {
    const { store, compute, actions } = await previewed()
    vi.runAllTimers()
    const job = compute.newest('exact-rows')
    actions.change({ dataset: 'second' })
    expect(job.cancelled).toBe(true)
    report(job, 0, rows)
    await settle()
    expect(store.getState().dataset.status).toBe('running')
  })

  it('are not asked for where all came exact', async () => {
    const { compute } = smallApp()
    const job = compute.newest('open-dataset')
    reportHeader(job, corpus)
    const chunk = { firstRow: 0, rows, spectra: corpus.spectra, latent: new Float32Array(2 * rows) }
    job.report({ kind: 'rows', tier: 'exact', chunk })
    await job.finish({ rows, fetches: 9 })
    vi.runAllTimers()
    expect(compute.count('exact-rows')).toBe(0)
  })
})
