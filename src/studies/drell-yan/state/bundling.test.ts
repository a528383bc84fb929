import { describe, expect, it } from 'vitest'
import type { Bundled } from '../../../core/bundling.ts'
import { ready } from '../../../core/loadable.ts'
import { packBundle } from '../../../share/bundle/pack-bundle.ts'
import { unpackBundle } from '../../../share/bundle/unpack-bundle.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import { answerOpening, smallApp } from '../../../testing/small-app.ts'
import { smallModelFiles } from '../../../testing/small-encoder.ts'
import { smallBins, smallCorpus, smallSetup } from '../../../testing/small-universes.ts'
import { evaluateAnomalies } from '../analysis/anomaly/evaluate.ts'
import { finish } from '../analysis/corpus.ts'
import { encoderFromFiles } from '../analysis/datasets/load-encoder.ts'
import { encoderLimits } from '../analysis/encoder-limits.ts'
import { evaluateRetrieval } from '../analysis/retrieval/evaluate.ts'
import { createAnomalyActions } from './anomaly-actions.ts'
import { createBundling } from './bundling.ts'
import type { DrellYanResults } from './drell-yan-state.ts'
import { partsOf } from './own-encoders.ts'
import { measuredId } from './own-measured.ts'
import cms from '../analysis/measurements/cms-dy-13tev.json' with { type: 'json' }
import { parseMeasurement } from '../analysis/measurement-file.ts'

const corpus = await smallCorpus()
const { header, encoder } = corpus
const model = header.universeModel
const made = { encoder: encoder.id, encoderHash: encoder.hash, manifestHash: header.manifestHash }

/** Scores of all kinds, each a real one. */
const retrieval = finish(
  evaluateRetrieval(model, header.whitenedMeans, null, {
    seed: 2,
    order: 'linear',
    queries: 10,
    query: 'mean',
  }),
)
const evaluation = finish(
  evaluateAnomalies(model, null, { seed: 1, order: 'linear', gallery: 40, background: 40, anomalies: 20 }),
)
const limits = finish(encoderLimits(model, null, { universes: 8, replicas: 4, seed: 3, order: 'linear' }))
const scores = {
  anomaly: {
    known: { status: 'idle' as const },
    evaluation: ready({ ...evaluation, ...made, missing: 'a network' }),
    retrieval: ready({ ...retrieval, ...made }),
  },
  limits: ready({ ...limits, ...made }),
}

/** A page, what its bundle takes and gives, and what its takers of files were told. */
async function page(patch: Parameters<typeof smallApp>[0] = {}, state: Partial<DrellYanResults> = {}) {
  const app = smallApp(patch)
  app.store.setState(state)
  const told: string[] = []
  const anomaly = createAnomalyActions(app.store, app.services)
  const takers = {
    actions: app.actions,
    files: {
      drop: async (files: readonly File[]) => void told.push(`drop ${files.map(({ name }) => name).join()}`),
      layOut: async (file: File) => void told.push(`spectra ${file.name}: ${await file.text()}`),
    },
    openClassification: async () => ({
      adopt: async (files: readonly { name: string }[], turnTo?: boolean) =>
        void told.push(`classifier ${files.map(({ name }) => name).join()} ${turnTo}`),
      exportFiles: async () => ({ card: {} as never, files: await smallModelFiles(smallBins) }),
    }),
    openAnomaly: async () => anomaly,
    openTraining: async () => ({ recallLimits: async () => void told.push('limits') }),
  }
  return { ...app, told, takers, bundling: createBundling(app.store, app.services) }
}

/** Through the file and back. */
async function sent({ items }: Bundled): Promise<ReadBundleItem[]> {
  const own = items.map((item) => ({ ...item, study: 'drell-yan' }))
  const bytes = await packBundle({ link: '#v=2', made: 'x', items: own })
  return (await unpackBundle(new Blob([bytes]))).items
}

const own = async (id: string) => {
  const files = await smallModelFiles(smallBins, id)
  return { encoder: await encoderFromFiles(files, header.manifest), files }
}

describe('an analysis of Drell-Yan in a bundle', () => {
  it('takes dropped files, encoders, the classifier and scores along; elsewhere each comes to who reads it', async () => {
    const mine = await own('trained-1')
    const file = new File(['1,2,3'], 'mine.csv')
    const sender = await page(
      { model: 'trained-1', setup: smallSetup, pdf: { id: 'TOY', hash: '0123456789ab' } },
      {
        ...scores,
        pdf: {
          files: [{ name: 'TOY_0000.dat', text: 'PdfType: central\n' }],
          summary: { status: 'idle' },
          band: { status: 'idle' },
        },
        query: ready({ name: 'mine.csv', file } as never),
        classification: {
          shown: ready({ origin: 'trained' } as never),
          report: { status: 'idle' },
          ...{ untrained: null, members: [] },
        },
      },
    )
    await sender.services.encoders.keep(...partsOf(mine, 'trained'))
    const bundled = await sender.bundling.bundled(sender.takers)
    expect(bundled.lacks).toEqual([])
    const items = await sent(bundled)
    expect(items.map(({ kind }) => kind).sort()).toEqual(
      ['classifier', 'encoder', 'evaluation', 'limits', 'pdf', 'retrieval', 'spectra'].sort(),
    )

    const other = await page()
    const read = await other.bundling.unbundle(items, other.takers)
    expect(other.services.encoders.list()).toEqual([])
    await read.lay()
    expect(other.services.encoders.list()).toMatchObject([
      { id: 'trained-1', hash: mine.encoder.hash, origin: 'file' },
    ])
    const loaded = await other.services.encoders.load('trained-1', (files) =>
      encoderFromFiles(files, header.manifest),
    )
    expect(loaded).toEqual(mine.encoder)
    expect(read.intent?.(other.store.getState().intent)).toEqual(other.store.getState().intent)
    const finishing = read.finish()
    await answerOpening(other.compute.newest('open-dataset'), corpus)
    await finishing
    expect(other.told).toEqual([
      'drop TOY_0000.dat',
      'spectra mine.csv: 1,2,3',
      'classifier card.json,model.json,weights.bin false',
      'limits',
    ])
    expect(other.store.getState().anomaly).toMatchObject({
      evaluation: scores.anomaly.evaluation,
      retrieval: scores.anomaly.retrieval,
    })
    expect(other.store.getState().anomaly.evaluation.value).toEqual(scores.anomaly.evaluation.value)
    // Records of this run alone are what a private window has.
    expect(other.notices().map(({ text }) => text)).toEqual([
      expect.stringMatching(/trained-1 is not stored in this browser/),
    ])
  })

  it('takes a measured spectrum along, which is a dataset there, too', async () => {
    const files = [{ name: 'mine.csv', text: 'a table' }]
    const id = await measuredId({ files })
    const measured = ready({
      id,
      files,
      notes: [],
      measurement: { ...parseMeasurement(cms), title: 'mine.csv' },
    })
    const sender = await page({ dataset: id }, { measured })
    const items = await sent(await sender.bundling.bundled(sender.takers))
    expect(items.map(({ kind }) => kind)).toEqual(['measured'])
    const other = await page()
    const read = await other.bundling.unbundle(items, other.takers)
    expect(await other.services.products.get('measured', id)).toBeNull()
    await read.lay()
    expect(await other.services.products.get('measured', id)).toEqual({ files })
  })

  it('never puts an encoder in the place of another one of its name', async () => {
    const sender = await page({ model: 'shipped-a' })
    const mine = await own('shipped-a')
    await sender.services.encoders.keep(...partsOf(mine, 'file'))
    const items = await sent(await sender.bundling.bundled(sender.takers))
    const other = await page()
    const read = await other.bundling.unbundle(items, other.takers)
    await read.lay()
    const id = `file-${mine.encoder.hash.slice(0, 12)}`
    expect(other.services.encoders.list().map((entry) => entry.id)).toEqual([id])
    const { intent } = sender.store.getState()
    expect(
      read.intent?.({ ...intent, compare: { ...intent.compare, maps: ['pca-2', 'shipped-a'] } }),
    ).toMatchObject({
      model: id,
      compare: { maps: ['pca-2', id] },
    })
  })

  it('names what it cannot take along', async () => {
    const sender = await page({ model: 'trained-9' })
    const { training } = sender.store.getState()
    sender.store.setState({
      ownEncoders: [{ id: 'trained-9', hash: 'a'.repeat(64), card: null, origin: 'trained' }],
      training: { ...training, status: 'paused' },
    })
    const { items, lacks } = await sender.bundling.bundled(sender.takers)
    expect(items).toEqual([])
    expect(lacks).toEqual([{ kind: 'encoder', name: 'trained-9' }, { kind: 'training' }])
  })

  it('is refused where a part of it is damaged, and changes nothing', async () => {
    const sender = await page({ model: 'mine' }, scores)
    await sender.services.encoders.keep(...partsOf(await own('mine'), 'file'))
    const items = await sent(await sender.bundling.bundled(sender.takers))
    const other = await page()
    const withFiles = (
      change: (name: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | null,
    ) =>
      items.map((item) => ({
        ...item,
        files: item.files.flatMap(({ name, bytes }) => {
          const next = change(name, bytes)
          return next ? [{ name, bytes: next }] : []
        }),
      }))
    const refused = (changed: readonly ReadBundleItem[]) =>
      expect(other.bundling.unbundle(changed, other.takers)).rejects
    await refused(
      withFiles((name, bytes) => (name === 'weights.bin' ? bytes.map((byte) => byte ^ 1) : bytes)),
    ).toThrow(/weights of mine in the bundle have the sha256/)
    await refused(withFiles((name, bytes) => (name === 'model.json' ? null : bytes))).toThrow(
      /missing model\.json/,
    )
    await refused(
      withFiles((name, bytes) => (name === 'card.json' ? new TextEncoder().encode('{"id":"x"}') : bytes)),
    ).toThrow(/card\.json of an encoder in the bundle cannot be read/)
    await refused(
      items.map((item) => (item.kind === 'retrieval' ? { ...item, value: { gallery: 1 } } : item)),
    ).toThrow(/scores \(retrieval\) of the bundle cannot be read/)
    await refused([
      { study: 'drell-yan', kind: 'oracle', version: 'drell-yan/1', key: 'x', files: [], value: {} },
    ]).toThrow(/"oracle"/)
    expect(other.services.encoders.list()).toEqual([])
    const old = await other.bundling.unbundle(
      items.map((item) => ({ ...item, version: 'drell-yan/0' })),
      other.takers,
    )
    expect(old.notes.join()).toMatch(/version drell-yan\/0 of the code, this page has drell-yan\/1/)
  })
})
