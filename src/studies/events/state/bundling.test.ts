import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Bundled } from '../../../core/bundling.ts'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import type { StudyContext } from '../../../core/study.ts'
import { eventLine } from '../../../dataset/dark-machines/event-line.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import { createInProcessJobs } from '../../../testing/in-process.ts'
import { smallPage } from '../../../testing/small-page.ts'
import { handlers } from '../compute-handlers.ts'
import { eventsDefaults } from '../default-intent.ts'
import type { EventsJobs } from '../jobs.ts'
import type { EventsParts } from '../open.ts'
import { events } from '../study.ts'
import { createBundling } from './bundling.ts'
import { createEncoderFiles } from './encoder-files.ts'
import { eventsLacking } from './lacking.ts'
import { eventsNotCarried } from './not-carried.ts'
import { createOwnEncoders, ownEncoder } from './own-encoders.ts'
import { createOwnFiles, ownFileOf } from './own-files.ts'

function page() {
  const compute = createInProcessJobs<EventsJobs>(handlers)
  const jobs = (() => compute) as unknown as StudyContext<EventsParts>['jobs']
  const intent = { ...eventsDefaults, dataset: 'events-files' }
  const made = smallPage(events, intent, 'explore', createMemoryCheckpointStore(), jobs)
  const { context, platform } = made
  const files = createOwnFiles(platform)
  files.watch((ownFiles) => context.store.setState({ ownFiles }))
  const encoders = createOwnEncoders(platform)
  return {
    context,
    compute,
    files,
    encoders,
    bundling: createBundling({ context, files, encoders, compute, shipped: [{ id: 'events-gluinos-2d' }] }),
    dropped: createEncoderFiles(context, compute, encoders, [{ id: 'events-gluinos-2d' }]),
  }
}

const object = { types: [0, 0], energy: [300, 90], pt: [300, 90], eta: [0.1, 1], phi: [3, 1] }
const line = (i: number, met: number) => eventLine(i, 'toy', 1, { ...object, count: 2, met, metPhi: 0 })

async function keep({ files, compute }: ReturnType<typeof page>, name: string, met: number) {
  const bytes = new TextEncoder().encode([1, 2, 3].map((i) => line(i, met)).join(''))
  const read = await compute.run('read-events', { name, bytes, channel: null }).promise
  const entry = await ownFileOf({ name, bytes }, read)
  await files.keep(entry, { ...entry, bytes }, { name, bytes })
  return entry.id
}

it('a link lacks the files of the dataset, a bundle brings them to another browser, beside what that has', async () => {
  const here = page()
  const ids = [await keep(here, 'b.csv', 200), await keep(here, 'a.csv', 300)]
  const state = here.context.store.getState()
  const lacks = eventsNotCarried(state, state.intent)
  expect(lacks).toEqual([
    { kind: 'events', name: 'a.csv' },
    { kind: 'events', name: 'b.csv' },
  ])
  const { items, lacks: none } = await here.bundling.bundled()
  expect(none).toEqual([])
  const read = readBack(items)

  const there = page()
  const other = await keep(there, 'other.csv', 400)
  const context = { platform: { ...there.context.platform, records: () => recordsOf(there) } }
  expect(await eventsLacking(lacks, { model: null }, context as never)).toHaveLength(2)
  const unbundled = await there.bundling.unbundle(read)
  expect(there.files.list().map(({ id }) => id)).toEqual([other])
  await unbundled.lay()
  const intent = unbundled.intent?.({ ...eventsDefaults, dataset: 'events-files' })
  expect(intent).toMatchObject({ files: [ids[1], ids[0]] })
  expect(new Set(there.files.list().map(({ id }) => id))).toEqual(new Set([other, ...ids]))
  here.compute.close()
  there.compute.close()
})

/** Items as they come out of the file that a bundle is. */
function readBack(items: Bundled['items']): ReadBundleItem[] {
  const bytesOf = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content)
  return items.map(({ kind, holds }) => {
    const files = 'files' in holds ? holds.files : []
    return {
      ...{ study: 'events', kind },
      files: files.map(({ name, content }) => ({ name, bytes: bytesOf(content as string | Uint8Array) })),
    }
  })
}

/** Files of a shipped encoder under an id of one's own, as an export of Train has them. */
const exported = (of: string, id: string): File[] =>
  ['card.json', 'model.json', 'weights.bin'].map((name) => {
    const bytes = readFileSync(`models/${of}/${name}`)
    const own = name === 'card.json' ? bytes.toString().replace(`"${of}"`, `"${id}"`) : Uint8Array.from(bytes)
    return new File([own], name)
  })

it('exported files that are dropped are an encoder on the map, and in a bundle, which gives it back elsewhere', async () => {
  const here = page()
  await here.dropped.dropEncoder(exported('events-gluinos-2d', 'mine'))
  const { intent } = here.context.store.getState()
  expect(intent.model).toBe('mine')
  here.context.store.setState({ ownEncoders: here.encoders.list() })
  const { items, lacks } = await here.bundling.bundled()
  expect([items.map(({ kind }) => kind), lacks]).toEqual([['encoder'], []])
  const compare = { ...eventsDefaults.compare, maps: ['shown', 'mine'] }
  const asked = { ...eventsDefaults, model: 'mine', compare }

  const there = page()
  const unbundled = await there.bundling.unbundle(readBack(items))
  expect(there.encoders.list()).toEqual([])
  await unbundled.lay()
  expect(unbundled.intent?.(asked)).toEqual(asked)
  const kept = await ownEncoder(there.encoders, 'mine', there.compute)
  const before = await ownEncoder(here.encoders, 'mine', here.compute)
  expect(kept).toEqual(before)

  // Another encoder of the same name, here or shipped, is not taken for it.
  const other = page()
  await other.dropped.dropEncoder(exported('events-dark-matter-2d', 'mine'))
  const beside = await other.bundling.unbundle(readBack(items))
  await beside.lay()
  const name = `file-${here.encoders.list()[0].hash.slice(0, 12)}`
  expect(beside.intent?.(asked)).toMatchObject({ model: name, compare: { maps: ['shown', name] } })
  expect(other.encoders.list().map(({ id }) => id)).toEqual(['mine', name])
  await other.dropped.dropEncoder(exported('events-gluinos-2d', 'events-gluinos-2d'))
  expect(other.context.store.getState().intent.model).toBe(name)
  for (const each of [here, there, other]) each.compute.close()
})

it('files of an encoder of something else are refused, and nothing changes', async () => {
  const { dropped, context, encoders, compute } = page()
  await dropped.dropEncoder(exported('dy-supcon-2d', 'mine'))
  expect(context.store.getState().intent.model).toBe(eventsDefaults.model)
  expect(encoders.list()).toEqual([])
  compute.close()
})

/** What a visit finds that has kept nothing of these names. */
function recordsOf({ files }: ReturnType<typeof page>) {
  return { durable: true, all: async () => files.list().map((own) => ({ ...own, key: own.id, savedAt: 0 })) }
}
