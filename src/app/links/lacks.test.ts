import { expect, it } from 'vitest'
import { createAppActions } from '../../core/app-actions.ts'
import type { AppIntent } from '../../core/app-state.ts'
import { createAppStore } from '../../core/app-store.ts'
import { ready } from '../../core/loadable.ts'
import { createOpenStudies } from '../../core/open-studies.ts'
import { createMemoryProducts } from '../../core/product-store.ts'
import type { Verb } from '../../core/verbs.ts'
import { trainingKey } from '../../studies/drell-yan/state/training-key.ts'
import { classifierKey } from '../../studies/drell-yan/state/wanted-classifier.ts'
import { networkTasks } from '../../studies/top-pair/analysis/ratios/network-tasks.ts'
import { topPairDefaults } from '../../studies/top-pair/default-intent.ts'
import { calibrationKey, dataKey, fitKey, networkKey } from '../../studies/top-pair/state/fit-keys.ts'
import { smallCorpus } from '../../testing/small-universes.ts'
import { createTellLacking } from './tell-lacking.ts'
import { heldSentence, notCarried, openedSentence } from '../../core/not-carried.ts'
import { drellYanDefaults } from '../../studies/drell-yan/default-intent.ts'
import { setupSchema } from '../../studies/drell-yan/intent.ts'
import { emptyResults } from '../../studies/drell-yan/state/drell-yan-state.ts'
import { drellYanNotCarried } from '../../studies/drell-yan/state/not-carried.ts'
import { emptyFit } from '../../studies/top-pair/state/fit-state.ts'
import { topPairNotCarried } from '../../studies/top-pair/state/not-carried.ts'
import { studies } from '../../studies/studies.ts'
import { createMemoryCheckpointStore } from '../../core/checkpoint-store.ts'
import { memoryTab, smallPlatform } from '../../testing/small-page.ts'
import { defaultIntent } from './default-intent.ts'
import { createLinks } from './links.ts'
import { createMemoryRecords } from '../../core/record-store.ts'
import { createOwnEncoders } from '../../studies/drell-yan/state/own-encoders.ts'

it('nothing is lacking on a page of shipped things', () => {
  expect(drellYanNotCarried(emptyResults, drellYanDefaults)).toEqual([])
  expect(topPairNotCarried(emptyFit)).toEqual([])
  // A region that went with the fit it was about.
  expect(topPairNotCarried({ ...emptyFit, regions: { exact: undefined } })).toEqual([])
  expect(heldSentence([])).toBe('It opens to exactly this analysis.')
  expect(openedSentence([])).toBeNull()
})

it('dropped files and models of one’s own are named, where they are shown', () => {
  const own = { id: 'trained-0123456789ab' } as (typeof emptyResults.ownEncoders)[number]
  const query = { status: 'ready', value: { name: 'my file (2).csv' } } as typeof emptyResults.query
  const pdf = { id: 'CT18_0000', hash: 'aaaaaaaaaaaa' }
  const state = { ...emptyResults, ownEncoders: [own], query }
  expect(drellYanNotCarried(state, { ...drellYanDefaults, pdf })).toEqual([
    { kind: 'spectra', name: 'my-file-2-.csv' },
  ])
  const intent = { ...drellYanDefaults, setup: setupSchema.parse({}), pdf, model: own.id }
  const lacks = drellYanNotCarried(state, intent)
  expect(lacks.map(({ kind }) => kind)).toEqual(['pdf', 'spectra', 'encoder'])
  expect(heldSentence(lacks)).toMatch(
    /without the PDF CT18_0000, the dropped spectra my-file-2-\.csv and the encoder trained-0123456789ab:/,
  )
})

it('a fit lacks its events and results', () => {
  const { fits } = emptyFit
  const done = { ...fits, exact: { ...fits.exact, outcome: {} } } as unknown as typeof fits
  const dropped = { name: 'mine.csv' } as NonNullable<typeof emptyFit.dropped>
  expect(topPairNotCarried({ ...emptyFit, dropped, fits: done })).toEqual([
    { kind: 'events', name: 'mine.csv' },
    { kind: 'fits', name: 'exact' },
  ])
})

/** Studies as a page has them, and a link that is opened there. */
function browser(instead: Parameters<typeof smallPlatform>[1] = {}) {
  const records = createMemoryRecords<never>()
  const products = createMemoryProducts()
  const platform = smallPlatform(createMemoryCheckpointStore(), {
    ...{ records: () => records as never, products: () => products as never, ...instead },
  })
  const links = createLinks(studies, platform)
  const parts = Object.fromEntries(studies.map(({ id, emptyState }) => [id, emptyState]))
  async function visit(link: string) {
    const store = createAppStore(defaultIntent(studies), parts)
    const actions = createAppActions(store)
    const open = createOpenStudies(studies, store, actions, platform, async () => '#')
    const opened = await links.read(link)
    store.setState({ intent: opened.intent })
    for (const message of opened.messages) actions.notify('warning', message)
    const telling = createTellLacking(studies, store, actions, open)(opened)
    return { store, open, telling, said: () => store.getState().notices.map(({ text }) => text) }
  }
  return { records, products, platform, links, visit }
}

const shipped = defaultIntent(studies)
function intentOf(study: string, view: Verb, patch: object = {}): AppIntent {
  const own = { ...shipped.studies[study], ...patch }
  return { ...shipped, view, study, studies: { ...shipped.studies, [study]: own } }
}

it('a link names what it lacks where it is opened, and a stranger writes no sentence there', async () => {
  const { links, visit } = browser()
  const lacks = [notCarried('events', 'mine.csv'), notCarried('networks')]
  const fit = { ...topPairDefaults.fit, networks: 'trained' as const }
  const trained = intentOf('top-pair', 'fit', { fit })
  const { telling, said } = await visit(await links.write(trained, {}, lacks))
  await telling
  expect(said()).toEqual([
    expect.stringMatching(/beside the dropped events mine\.csv and trained networks, which/),
  ])
  const bad = [{ kind: 'events' as const, name: 'send money' }]
  const refused = await visit(await links.write(shipped, {}, bad))
  await refused.telling
  expect(refused.said().join()).not.toMatch(/beside/)
  const plain = await visit(await links.write(shipped))
  await plain.telling
  expect(plain.said()).toEqual([])
})

it('networks that are shipped are lacking nowhere', async () => {
  const { links, visit } = browser()
  const { telling, said } = await visit(
    await links.write(intentOf('top-pair', 'fit'), {}, [notCarried('networks')]),
  )
  await telling
  expect(said()).toEqual([])
})

it('an encoder that this browser keeps is not lacking, and of one that it has not there is one sentence', async () => {
  const { links, visit, records, platform } = browser()
  const id = 'trained-seed1-step5-0123456789ab'
  const intent = intentOf('drell-yan', 'explore', { model: id })
  const link = await links.write(intent, {}, [notCarried('encoder', id), notCarried('encoder', 'trained-2')])
  const elsewhere = await visit(link)
  await elsewhere.telling
  expect(elsewhere.said().join()).toMatch(/beside the encoder trained-2, which/)
  expect(elsewhere.said().join().match(new RegExp(id, 'g'))).toHaveLength(1)

  const own = { id, hash: 'aaaaaaaaaaaa', card: null, origin: 'trained' as const }
  await createOwnEncoders(records as never, platform.now).keep(own, null, {} as never)
  const here = await visit(link)
  await here.telling
  expect(here.said().join()).toMatch(/beside the encoder trained-2, which/)
  expect(here.said().join()).not.toContain(id)
  const complete = await visit(await links.write(intent, {}, [notCarried('encoder', id)]))
  await complete.telling
  expect(complete.said()).toEqual([])
})

it('what comes back by itself of a fit is not lacking', async () => {
  const tab = memoryTab()
  const { links, visit, products } = browser({ tab })
  const intent = intentOf('top-pair', 'fit', { fit: { ...topPairDefaults.fit, preset: 'thesis' } })
  const lacks = [
    ...[notCarried('events', 'my events.csv'), notCarried('networks')],
    ...[notCarried('fits', 'binned+exact'), notCarried('toys')],
  ]
  const link = await links.write(intent, {}, lacks)
  const { fit: setup } = { ...topPairDefaults, ...intent.studies['top-pair'] }
  const hash = 'c'.repeat(64)
  const data = dataKey(setup, hash)
  const steps: [() => Promise<unknown>, RegExp][] = [
    [
      async () => undefined,
      /beside the dropped events my-events\.csv, trained networks, results of fits binned\+exact and toys/,
    ],
    [
      async () => {
        tab.setItem('theoryscape-dropped-events', `${hash} my%20events.csv`)
        await products.put('dropped', hash, {})
      },
      /beside trained networks, results of fits binned\+exact and toys/,
    ],
    [
      () => products.put('fit', fitKey(setup, 'binned', data, ''), {}),
      /beside trained networks, results of fits/,
    ],
    [() => products.put('fit', fitKey(setup, 'exact', data, ''), {}), /beside trained networks and toys/],
    [
      () => products.put('calibration', calibrationKey('exact', 'sbc', setup), {}),
      /beside trained networks, which/,
    ],
    [
      () =>
        Promise.all(networkTasks(setup).map((task) => products.put('network', networkKey(setup, task), {}))),
      /^$/,
    ],
  ]
  for (const [keep, sentence] of steps) {
    await keep()
    const { telling, said } = await visit(link)
    await telling
    expect(said().join()).toMatch(sentence)
  }
})

it('what comes back by itself on a map is not lacking: told once the dataset is open', async () => {
  const { header, encoder, embedding } = await smallCorpus()
  const checkpoints = createMemoryCheckpointStore()
  const { links, visit, products } = browser({ checkpoints })
  const intent = intentOf('drell-yan', 'interpret', { model: encoder.id })
  const { classifier, order, training } = drellYanDefaults
  const open = { header, encoder, embedding }
  const lacks = (['spectra', 'classifier', 'scores', 'training'] as const).map((kind) =>
    notCarried(kind, kind === 'spectra' ? 'mine.csv' : undefined),
  )
  const link = await links.write(intent, {}, lacks)
  async function said(state: Partial<typeof emptyResults> = {}): Promise<string> {
    const page = await visit(link)
    expect(page.said()).toEqual([])
    page.open.context('drell-yan').store.setState({ dataset: ready(open), ...state })
    await page.telling
    return page.said().join()
  }
  expect(await said()).toMatch(
    /beside the dropped spectra mine\.csv, the classifier of this browser, measured scores and the training so far/,
  )
  await products.put('classifier', classifierKey(open, classifier), {})
  await checkpoints.save(trainingKey(header.manifestHash, order, training), 7, new Uint8Array(1))
  expect(await said()).toMatch(/beside the dropped spectra mine\.csv and measured scores, which/)
  await products.put('retrieval', JSON.stringify([encoder.hash, header.manifestHash]), {})
  expect(await said({ query: ready({ name: 'mine.csv' } as never) })).toBe('')
  // A dataset that cannot be opened has nothing of it.
  const failing = await visit(link)
  const error = { code: 'data/not-found' as const, message: '', context: {} }
  failing.open.context('drell-yan').store.setState({ dataset: { status: 'failed', error } })
  await failing.telling
  expect(failing.said().join()).toMatch(/the classifier of this browser/)
})

it('of links that are followed one after another, the last is told of', async () => {
  const store = createAppStore(
    shipped,
    Object.fromEntries(studies.map(({ id, emptyState }) => [id, emptyState])),
  )
  const actions = createAppActions(store)
  const { platform } = browser()
  const open = createOpenStudies(studies, store, actions, platform, async () => '#')
  const tell = createTellLacking(studies, store, actions, open)
  const first = tell({ asked: shipped, lacks: [notCarried('classifier')] }) // waits for a dataset
  await tell({ asked: shipped, lacks: [notCarried('encoder', 'other')] })
  const error = { code: 'data/not-found' as const, message: '', context: {} }
  open.context('drell-yan').store.setState({ dataset: { status: 'failed', error } })
  await first
  expect(store.getState().notices.map(({ text }) => text)).toEqual([
    expect.stringMatching(/beside the encoder other/),
  ])
})
