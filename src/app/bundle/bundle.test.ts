import { expect, it } from 'vitest'
import { createAppActions } from '../../core/app-actions.ts'
import { createAppStore } from '../../core/app-store.ts'
import type { Bundled } from '../../core/bundling.ts'
import { createMemoryCheckpointStore } from '../../core/checkpoint-store.ts'
import { notCarried } from '../../core/not-carried.ts'
import { createOpenStudies } from '../../core/open-studies.ts'
import type { Study } from '../../core/study.ts'
import { AppError } from '../../errors.ts'
import { packBundle } from '../../share/bundle/pack-bundle.ts'
import { studies as shipped } from '../../studies/studies.ts'
import { inProcessScript } from '../../testing/in-process.ts'
import { smallPlatform } from '../../testing/small-page.ts'
import { handlers } from '../../workers/bundle-handlers.ts'
import { defaultIntent } from '../links/default-intent.ts'
import { createLinks, type OpenedLink } from '../links/links.ts'
import { isBundle } from './is-bundle.ts'
import { openBundle } from './open-bundle.ts'
import { packPage } from './save-bundle.ts'

/** A page of the shipped studies' intents; what they bundle is the test's, and what they are told is written down. */
function page(bundled: Record<string, Bundled> = {}, instead: Partial<Study> = {}) {
  const told: string[] = []
  const studies = shipped.map((study): Study => {
    const { id } = study
    return {
      ...study,
      open: async () => ({}),
      notCarried: async () => (bundled[id] ? [notCarried('events', 'mine.csv')] : []),
      bundled: async () => bundled[id],
      unbundle: async (items) => {
        told.push(`${id} reads ${items.map(({ kind, files }) => `${kind} ${files.map(({ name }) => name)}`)}`)
        const at = () => (store.getState().intent === start ? 'before' : 'after')
        return {
          lay: async () => void told.push(`${id} lays ${at()}`),
          finish: async () => void told.push(`${id} finishes ${at()}`),
          notes: [`note of ${id}`],
        }
      },
      ...instead,
    }
  })
  const start = defaultIntent(studies)
  const parts = Object.fromEntries(studies.map(({ id, emptyState }) => [id, emptyState]))
  const store = createAppStore(start, parts)
  const actions = createAppActions(store)
  const platform = smallPlatform(createMemoryCheckpointStore(), {
    spawn: () => inProcessScript({ './bundle-handlers.ts': async () => handlers as never }),
  })
  const opened: OpenedLink[] = []
  const ports = {
    ...{ studies, store, actions, platform, links: createLinks(studies, platform) },
    open: createOpenStudies(studies, store, actions, platform, async () => '#'),
    opened: (link: OpenedLink) => void opened.push(link),
  }
  const texts = () => store.getState().notices.map(({ text }) => text)
  return { ports, store, actions, told, opened, texts, start }
}

const files = (name: string) => ({ kind: 'events', holds: { files: [{ name, content: 'x' }] } })
const both: Record<string, Bundled> = {
  'drell-yan': { items: [files('a.csv')], lacks: [notCarried('training')] },
  'top-pair': { items: [files('b.csv'), { kind: 'fit', holds: { value: { a: 1 } } }], lacks: [] },
}

async function saved(bundled = both) {
  const { ports, actions } = page(bundled)
  actions.changeStudy('top-pair', { view: 'fit', fitFront: 'exact' })
  const { content, name, lacks } = await packPage(ports)
  return { file: new File([content], name), lacks, intent: ports.store.getState().intent }
}

it('brings the analysis of all studies back, in the order that each part needs', async () => {
  const { file, lacks, intent } = await saved()
  expect(file.name).toBe('theoryscape-top-pair.zip')
  expect(lacks).toEqual([{ kind: 'training' }])
  expect(await isBundle(file)).toBe(true)
  const { ports, store, told, opened, texts, start, actions } = page()
  await (
    await openBundle(file, ports)
  ).finished
  expect(store.getState().intent).toEqual(intent)
  expect(told).toEqual([
    'drell-yan reads events a.csv',
    'top-pair reads events b.csv,fit ',
    ...[
      'drell-yan lays before',
      'top-pair lays before',
      'drell-yan finishes after',
      'top-pair finishes after',
    ],
  ])
  expect(opened).toMatchObject([{ readable: true, intent, lacks: [{ kind: 'training' }] }])
  expect(texts()).toEqual([
    'note of drell-yan',
    'note of top-pair',
    'theoryscape-top-pair.zip: this is the analysis that was saved in it. Results in it were computed by whoever saved it.',
  ])
  actions.undo()
  expect(store.getState().intent).toEqual(start)
})

it('of a page that has nothing beside its link is the link', async () => {
  const { file, intent } = await saved({})
  const { ports, store, told, texts } = page()
  await (
    await openBundle(file, ports)
  ).finished
  expect(store.getState().intent).toEqual(intent)
  expect(told).toEqual([])
  expect(texts()).toEqual([`${file.name}: this is the analysis that was saved in it.`])
})

it('changes nothing where one study cannot read its part, or the link cannot be opened', async () => {
  const { file } = await saved()
  const refusing = page(
    {},
    {
      unbundle: async () => {
        throw new AppError('share/invalid', 'no')
      },
    },
  )
  await expect(openBundle(file, refusing.ports)).rejects.toThrow('no')
  expect(refusing.store.getState().intent).toBe(refusing.start)

  const { ports, store, told, start } = page()
  const bytes = await packBundle({
    link: '#v=2&k=00000000.9&view=fit',
    made: 'x',
    items: [{ study: 'top-pair', ...files('b.csv') }],
  })
  await expect(openBundle(new File([bytes], 'x.zip'), ports)).rejects.toThrow(
    /link in the bundle cannot be opened/,
  )
  expect(store.getState().intent).toBe(start)
  expect(told).toEqual(['top-pair reads events b.csv'])
})

it('names parts of studies that this page has not', async () => {
  const { ports, texts } = page()
  const link = await ports.links.write(ports.store.getState().intent)
  const bytes = await packBundle({ link, made: 'x', items: [{ study: 'neutrinos', ...files('b.csv') }] })
  await openBundle(new File([bytes], 'x.zip'), ports)
  expect(texts()).toEqual([
    expect.stringMatching(/^1 of its 1 parts belong to studies/),
    expect.stringMatching(/^x\.zip/),
  ])
})

it('is told from other archives by its content', async () => {
  const { file } = await saved({})
  const bytes = new Uint8Array(await file.arrayBuffer())
  expect(await isBundle(new Blob([bytes.slice(0, 60)]))).toBe(true) // cut: to be refused as a bundle
  expect(await isBundle(new Blob([bytes.slice(1)]))).toBe(false)
  expect(await isBundle(new Blob(['PK\u0003\u0004 some other archive']))).toBe(false)
  expect(await isBundle(new Blob([]))).toBe(false)
})
