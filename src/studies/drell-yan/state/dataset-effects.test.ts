import { describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { encoderNamed, openedApp, ownEncoder, openedCorpus as corpus } from '../../../testing/opened-app.ts'
import { answerOpening, reportHeader, smallApp } from '../../../testing/small-app.ts'
import { smallCorpus } from '../../../testing/small-universes.ts'
import type { PdfSummary } from '../../../physics/pdf/open-pdf.ts'
import { linearEncoderId } from '../analysis/linear-encoder.ts'
import { setupSchema, type SetupIntent } from '../intent.ts'
import { createFileActions } from './file-actions.ts'
import { partsOf } from './own-encoders.ts'

const other = await smallCorpus({ setup: { seed: 9 } })
const grid = 'PdfType: central\n'
const pdfSummary: PdfSummary = {
  ...{ id: 'a', hash: '0123456789ab', description: 'toy', xMin: 1e-6, xMax: 1, qMinGeV: 1, qMaxGeV: 1e4 },
  ...{ momentumSum: 1, upValence: 2, downValence: 1, alphaS: null, notes: [] },
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
    const counts: number[] = []
    store.subscribe(
      (state) => state.rows,
      (rows) => counts.push(rows.count),
    )
    await answerOpening(job, corpus)
    const { dataset, rows } = store.getState()
    expect(dataset.status).toBe('ready')
    expect(rows.count).toBe(36)
    expect(rows.spectra).toEqual(corpus.spectra)
    expect(counts).toEqual([0, 18, 36])
  })

  it('what views draw with stands still while rows come in', async () => {
    const { store, compute } = smallApp()
    const seen = new Set<unknown>()
    store.subscribe(
      (state) => state.dataset.value,
      (open) => seen.add(open),
    )
    await answerOpening(compute.newest('open-dataset'), corpus)
    expect(store.getState().rows.count).toBe(36)
    expect(seen.size).toBe(1)
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
    const { actions, compute, dataset, rows } = await openedApp()
    actions.change({ dataset: 'second' })
    expect(dataset().status).toBe('running')
    expect(dataset().value?.header.manifestHash).toBe(corpus.header.manifestHash)
    expect(rows().count).toBe(36)
    reportHeader(compute.newest('open-dataset'), other)
    expect(rows().count).toBe(0)
    expect(dataset().value?.header.manifestHash).toBe(other.header.manifestHash)
  })

  it('a failure keeps the last dataset and can be tried again', async () => {
    const { actions, compute, dataset, rows } = await openedApp()
    const before = dataset().value
    actions.change({ dataset: 'second' })
    await compute.newest('open-dataset').fail(new AppError('data/not-found', 'there is no file'))
    expect(dataset()).toMatchObject({ status: 'failed', error: { code: 'data/not-found' } })
    expect(dataset().value).toBe(before)
    actions.retryDataset()
    expect(dataset().status).toBe('running')
    expect(dataset().value).toBe(before)
    expect(rows().count).toBe(36)
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
    await services.encoders.keep(...partsOf(ownEncoder('trained-1'), 'trained'))
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
    expect(store.getState().dataset.status).toBe('ready')
    expect(store.getState().rows.count).toBe(36)
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
    expect(store.getState().dataset.status).toBe('idle') // nothing is under way any more
  })
})

describe('building', () => {
  it('runs on the dropped PDF and does not ask for a shipped dataset', async () => {
    const { actions, compute, store } = await openedApp()
    const files = [{ name: 'a.dat', text: 'grid' }]
    const value = { ...pdfSummary, id: 'a', hash: '0123456789ab' }
    store.setState({ pdf: { band: { status: 'idle' }, files, summary: { status: 'ready', value } } })
    const setup: SetupIntent = {
      sqrtSGeV: 14_000,
      scheme: 'MW',
      muF: 'mll',
      ptMinGeV: 25,
      absEtaMax: 2.4,
      bins: 'mll-ptl',
      qcdOrder: 'lo',
      yEdges: [0, 0.4, 0.8, 1.2, 1.6, 2.4],
      widthShift: false,
      luminosityInvFb: 300,
      scale: 'lo',
      universes: 12,
      replicasPerUniverse: 3,
      priorSigmas: 3,
      seed: 5,
    }
    const pdf = { id: 'a', hash: '0123456789ab' }
    actions.change({ setup, pdf, model: linearEncoderId })
    const job = compute.newest('build-dataset')
    expect(job.request).toEqual({ setup, pdf: files })
    await answerOpening(job, other)
    expect(store.getState().dataset).toMatchObject({ status: 'ready' })
    expect(compute.count('open-dataset')).toBe(1)
    actions.undo()
    expect(compute.count('open-dataset')).toBe(2)
    // The same set-up with the app's own PDF is another dataset, whatever lies on the page.
    actions.change({ setup, pdf: null, model: linearEncoderId })
    expect(compute.newest('build-dataset').request).toEqual({ setup, pdf: null })
  })

  it('without the PDF that a link names builds nothing, says so, and builds once it is dropped', async () => {
    const { actions, compute, store, context, services } = await openedApp()
    const pdf = { id: 'CT18_0000', hash: 'aaaaaaaaaaaa' }
    const other = { ...pdfSummary, id: 'MSHT_0000', hash: 'bbbbbbbbbbbb' }
    store.setState({
      pdf: { band: { status: 'idle' }, files: [], summary: { status: 'ready', value: other } },
    })
    const setup = setupSchema.parse({ bins: 'mll', qcdOrder: 'nlo', universes: 12, replicasPerUniverse: 3 })
    actions.change({ setup, pdf, model: linearEncoderId })
    await settle()
    expect(compute.count('build-dataset')).toBe(0)
    const { error } = store.getState().dataset
    expect(error?.code).toBe('data/not-found')
    expect(error?.message).toMatch(
      /of next-to-leading order are built with the PDF CT18_0000 \(aaaaaaaaaaaa\).*MSHT_0000 \(bbbbbbbbbbbb\) is another one\. Drop/,
    )
    const files = createFileActions(
      context,
      services,
      actions,
      async () => undefined,
      () => undefined,
    )
    const dropping = files.drop([new File([grid], 'CT18_0000.dat')])
    await vi.waitFor(() => expect(compute.count('inspect-pdf')).toBe(1))
    await compute.newest('inspect-pdf').finish({ ...pdfSummary, ...pdf })
    await dropping
    expect(compute.newest('build-dataset').request).toMatchObject({
      setup,
      pdf: [{ name: 'CT18_0000.dat', text: grid }],
    })
  })
})
