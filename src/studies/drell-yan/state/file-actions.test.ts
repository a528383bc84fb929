import { describe, expect, it, vi } from 'vitest'
import type { EncodedFile, LoadedEncoder } from '../analysis/dataset-types.ts'
import type { PdfSummary } from '../../../physics/pdf/open-pdf.ts'
import { idle } from '../../../core/loadable.ts'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { answerOpening, smallApp } from '../../../testing/small-app.ts'
import { smallModelFiles } from '../../../testing/small-encoder.ts'
import { smallCorpus, smallSetup } from '../../../testing/small-universes.ts'
import cms from '../analysis/measurements/cms-dy-13tev.json' with { type: 'json' }
import { parseMeasurement } from '../analysis/measurement-file.ts'
import { drellYan } from '../study.ts'
import { createFileActions } from './file-actions.ts'

const corpus = await smallCorpus()
const summary: PdfSummary = {
  ...{
    id: 'TOY_0000',
    hash: '0123456789ab',
    description: 'toy',
    xMin: 1e-6,
    xMax: 1,
    qMinGeV: 1,
    qMaxGeV: 1e4,
  },
  ...{ momentumSum: 1, upValence: 2, downValence: 1, alphaS: null, notes: [] },
}
const encoded = (name: string): EncodedFile => ({
  ...{ name, rows: 1, negativeValues: 0, notes: [] },
  spectra: new Float32Array(11),
  whitened: new Float32Array(11),
  latent: new Float32Array(2),
})

async function app(open = true) {
  const made = smallApp()
  if (open) await answerOpening(made.compute.newest('open-dataset'), corpus)
  const classifiers: string[][] = []
  const files = createFileActions(
    made.context,
    made.services,
    made.actions,
    async (files) => void classifiers.push(files.map(({ name }) => name)),
    () => void classifiers.push(['template']),
  )
  return {
    ...made,
    files,
    classifiers,
    state: () => made.store.getState(),
  }
}

describe('a dropped measured spectrum', () => {
  const table = new File(['#: name: t\nM,M LOW,M HIGH,D [PB/GEV],stat +,stat -\n'], 'mine.csv')
  const measurement = { ...parseMeasurement(cms), title: 'mine.csv' }

  it('is read, becomes the dataset, and goes with one undo', async () => {
    const { files, compute, state, notices, actions, services, store } = await app()
    const before = state().intent.dataset
    const dropping = files.drop([table])
    await vi.waitFor(() => compute.newest('read-measured'))
    expect(compute.newest('read-measured').request.files).toMatchObject([{ name: 'mine.csv' }])
    await compute.newest('read-measured').finish({ measurement, notes: ['a note'] })
    await dropping
    expect(state().intent.dataset).toMatch(/^measured-[0-9a-f]{12}$/)
    expect(drellYan.nameOfMade?.(state(), state().intent)).toBe('mine.csv, measured')
    expect(compute.newest('open-measured').request).toEqual({ measurement })
    expect(notices().at(-1)?.text).toMatch(/^mine\.csv is a measured spectrum of 43 bins.* A note\.$/)
    const { dataset } = state().intent
    const kept = await services.products.get('measured', dataset)
    expect(kept?.files).toEqual([{ name: 'mine.csv', text: await table.text() }])
    actions.undo()
    expect(state().intent.dataset).toBe(before)
    expect(drellYan.nameOfMade?.(state(), state().intent)).toBeNull()
    // Of a later visit: its files are read again.
    store.setState({ measured: idle })
    actions.change({ dataset })
    await vi.waitFor(() => expect(compute.count('read-measured')).toBe(2))
    expect(compute.newest('read-measured').request.files).toEqual(kept?.files)
    await compute.newest('read-measured').finish({ measurement, notes: [] })
    await vi.waitFor(() => expect(state().measured.value?.id).toBe(dataset))
  })

  it('that is refused leaves the dataset, and a template is one click away', async () => {
    const { files, compute, state, notices, classifiers } = await app()
    const before = state().intent
    const dropping = files.drop([table])
    await vi.waitFor(() => compute.newest('read-measured'))
    await compute.newest('read-measured').fail(new AppError('data/mismatch', 'It has a gap.'))
    await dropping
    expect(state().intent).toEqual(before)
    expect(notices().at(-1)?.text).toBe('It has a gap.')
    const [choice] = notices().at(-1)?.choices ?? []
    expect(choice.label).toBe('Template to fill in')
    choice.run()
    expect(classifiers).toEqual([['template']])
  })
})

describe('a dropped PDF', () => {
  it('is inspected, kept and told', async () => {
    const { files, compute, state, notices } = await app()
    const dropping = files.drop([
      new File(['PdfType: central\n'], 'TOY_0000.dat'),
      new File(['SetDesc: a toy\n'], 'TOY.info'),
    ])
    // The first drop of a page fetches what judges files.
    await vi.waitFor(() => compute.newest('inspect-pdf'))
    expect(compute.newest('inspect-pdf').request.files).toEqual([
      { name: 'TOY_0000.dat', text: 'PdfType: central\n' },
      { name: 'TOY.info', text: 'SetDesc: a toy\n' },
    ])
    await compute.newest('inspect-pdf').finish(summary)
    await dropping
    expect(state().pdf).toMatchObject({ summary: { status: 'ready', value: summary } })
    expect(state().pdf.files).toHaveLength(2)
    expect(notices().at(-1)?.text).toContain('TOY_0000')
    files.forgetPdf()
    expect(state().pdf).toEqual({ files: null, summary: idle, band: idle })
  })

  it('with error members makes a band of the dataset that is open, and keeps the central one alone', async () => {
    const { files, compute, state, notices } = await app()
    const member = (n: number) => new File(['PdfType: central\n'], `TOY_000${n}.dat`)
    const dropping = files.drop([member(0), member(1), member(2), new File(['SetDesc: a toy\n'], 'TOY.info')])
    await vi.waitFor(() => compute.newest('inspect-pdf'))
    await compute.newest('inspect-pdf').finish(summary)
    const job = await vi.waitFor(() => compute.newest('pdf-band'))
    expect(job.request.files.members.map(({ name }) => name)).toEqual([
      'TOY_0000.dat',
      'TOY_0001.dat',
      'TOY_0002.dat',
    ])
    expect(job.request.manifestHash).toBe(state().dataset.value?.header.manifestHash)
    const band = {
      ...{ id: 'TOY', kind: 'hessian', members: 2, manifestHash: job.request.manifestHash },
      ...{ up: new Float64Array(11).fill(0.1), down: new Float64Array(11).fill(0.2) },
    }
    await job.finish(band)
    await dropping
    expect(state().pdf.files?.map(({ name }) => name)).toEqual(['TOY.info', 'TOY_0000.dat'])
    expect(state().pdf.band.value).toEqual(band)
    expect(notices().at(-1)?.text).toMatch(/^The 2 error members of TOY \(hessian\) are a band/)
  })

  it('that is refused leaves the one before in use', async () => {
    const { files, compute, state, notices } = await app()
    const first = files.drop([new File(['PdfType: central\n'], 'a.dat')])
    await settle()
    await compute.newest('inspect-pdf').finish(summary)
    await first
    const second = files.drop([new File(['PdfType: rubbish\n'], 'b.dat')])
    await settle()
    await compute.newest('inspect-pdf').fail(new AppError('data/corrupt', 'b.dat: line 1 is no grid'))
    await second
    expect(state().pdf.files).toEqual([{ name: 'a.dat', text: 'PdfType: central\n' }])
    expect(state().pdf.summary).toMatchObject({
      status: 'failed',
      value: summary,
      error: { code: 'data/corrupt' },
    })
    expect(notices().at(-1)).toMatchObject({ tone: 'error', text: 'b.dat: line 1 is no grid' })
  })
})

describe('dropped spectra', () => {
  it('are encoded with the open dataset, one file after another', async () => {
    const { files, compute, state } = await app()
    const dropping = files.drop([new File(['1,2'], 'one.csv'), new File(['3,4'], 'two.csv')])
    await settle()
    expect(compute.count('encode-file')).toBe(1)
    expect(new TextDecoder().decode(compute.newest('encode-file').request.bytes)).toBe('1,2')
    await compute.newest('encode-file').finish(encoded('one.csv'))
    await settle()
    await compute.newest('encode-file').finish(encoded('two.csv'))
    await dropping
    expect(state().query).toMatchObject({ status: 'ready', value: { name: 'two.csv' } })
    files.forgetQuery()
    expect(state().query).toEqual({ status: 'idle' })
  })

  it('that are refused leave the ones before, and the map untouched', async () => {
    const { files, compute, state, notices } = await app()
    const first = files.drop([new File(['1'], 'good.csv')])
    await settle()
    await compute.newest('encode-file').finish(encoded('good.csv'))
    await first
    const { dataset, intent } = state()
    const second = files.drop([new File(['1'], 'bad.npy')])
    await settle()
    await compute.newest('encode-file').fail(new AppError('data/mismatch', 'bad.npy has 3 bins, not 11'))
    await second
    expect(state().query).toMatchObject({ status: 'failed', value: { name: 'good.csv' } })
    expect(state().dataset).toBe(dataset)
    expect(state().intent).toBe(intent)
    expect(notices().at(-1)?.text).toContain('3 bins, not 11')
  })

  it('cannot be placed before a dataset is open', async () => {
    const { files, compute, notices } = await app(false)
    await files.drop([new File(['1'], 'early.csv')])
    expect(compute.count('encode-file')).toBe(0)
    expect(notices().at(-1)?.text).toMatch(/early\.csv cannot be placed before a dataset is open/)
  })
})

describe('dropped model files', async () => {
  const text = await smallModelFiles(11)
  const card = JSON.parse(text.card) as LoadedEncoder['card']
  const read: LoadedEncoder = { id: 'mine', mlp: corpus.encoder.mlp, card, hash: 'cafe'.repeat(16) }
  const bundle = { encoder: read, files: text }
  const three = [
    new File(['{}'], 'card.json'),
    new File(['{}'], 'model.json'),
    new File([new Uint8Array(16)], 'weights.bin'),
  ]

  it('become an encoder of this visit, on the map at once', async () => {
    const { files, compute, state, services, notices } = await app()
    const dropping = files.drop(three)
    await settle()
    expect(compute.newest('import-encoder').request.files.map(({ name }) => name)).toEqual([
      'card.json',
      'model.json',
      'weights.bin',
    ])
    await compute.newest('import-encoder').finish(bundle)
    await dropping
    expect(await services.encoders.load('mine', () => expect.unreachable())).toBe(read)
    expect(state().intent.model).toBe('mine')
    expect(state().ownEncoders).toMatchObject([{ id: 'mine', hash: read.hash, origin: 'file' }])
    expect(notices()).toMatchObject([
      { tone: 'warning', text: expect.stringMatching(/mine is not stored in this browser/) as string },
    ])
  })

  it('cannot stand in for a shipped model of the same id', async () => {
    const { files, compute, state, services } = await app()
    const dropping = files.drop(three)
    await settle()
    await compute.newest('import-encoder').finish({ ...bundle, encoder: { ...read, id: 'shipped-a' } })
    await dropping
    expect(services.encoders.has('shipped-a')).toBe(false)
    expect(state().intent.model).toBe('file-cafecafecafe')
  })

  it('of one id and other content stand beside each other; the same ones again are the same', async () => {
    const { files, compute, state } = await app()
    const models: string[] = []
    for (const hash of ['cafe', 'beef', 'cafe']) {
      const dropping = files.drop(three)
      await settle()
      const encoder = { ...read, hash: hash.repeat(16) }
      await compute.newest('import-encoder').finish({ ...bundle, encoder })
      await dropping
      models.push(state().intent.model)
    }
    expect(models).toEqual(['mine', 'file-beefbeefbeef', 'mine'])
    expect(state().ownEncoders.map(({ id }) => id)).toEqual(['mine', 'file-beefbeefbeef'])
  })

  it('of a classifier go to where classifiers are', async () => {
    const { files, compute, state, classifiers } = await app()
    const { intent } = state()
    await files.drop([
      new File(['{ "kind": "classifier" }'], 'card (1).json'),
      new File(['{}'], 'model.json'),
      new File([new Uint8Array(16)], 'weights.bin'),
    ])
    expect(classifiers).toEqual([['card (1).json', 'model.json', 'weights.bin']])
    expect(compute.count('import-encoder')).toBe(0)
    expect(state()).toMatchObject({ intent, imported: { status: 'idle' } })
  })

  it('that are refused change nothing', async () => {
    const { files, compute, state } = await app()
    const { intent } = state()
    const dropping = files.drop(three.slice(1))
    await settle()
    await compute.newest('import-encoder').fail(new AppError('input/invalid', 'missing card.json'))
    await dropping
    expect(state().intent).toBe(intent)
    expect(state().imported).toMatchObject({ status: 'failed', error: { code: 'input/invalid' } })
  })
})

describe('building from the page', () => {
  it('is one step of undo, goes to the closed-form map, and is repeated for the same set-up', async () => {
    const { files, compute, state, actions } = await app()
    files.build(smallSetup)
    expect(state().intent).toMatchObject({ setup: smallSetup, model: 'pca-2' })
    expect(compute.count('build-dataset')).toBe(1)
    files.build({ ...smallSetup })
    expect(compute.count('build-dataset')).toBe(2)
    actions.undo()
    expect(state().intent.setup).toBeNull()
    expect(compute.count('open-dataset')).toBe(2)
  })

  it('cancelled goes back to what was there', async () => {
    const { files, compute, state } = await app()
    files.build(smallSetup)
    const job = compute.newest('build-dataset')
    files.cancelBuild()
    expect(job.cancelled).toBe(true)
    expect(state().intent).toMatchObject({ setup: null, dataset: 'first' })
    files.build(smallSetup)
    files.backToShipped()
    expect(state().intent).toMatchObject({ setup: null, dataset: 'first', model: 'shipped-a' })
  })
})

describe('the catalogue', () => {
  it('is read once', async () => {
    const { files, compute, state } = await app()
    const reading = files.loadShelf()
    await files.loadShelf()
    await compute.newest('read-shelf').finish({ datasets: [], models: [] })
    await reading
    await files.loadShelf()
    expect(state().shelf.status).toBe('ready')
    expect(compute.count('read-shelf')).toBe(1)
  })

  it('can be read again after a failure', async () => {
    const { files, compute, state } = await app()
    const reading = files.loadShelf()
    await compute.newest('read-shelf').fail(new AppError('job/crashed', 'gone'))
    await reading
    expect(state().shelf.status).toBe('failed')
    void files.loadShelf()
    expect(compute.count('read-shelf')).toBe(2)
  })
})
