import { expect, it } from 'vitest'
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
import { eventsLacking } from './lacking.ts'
import { eventsNotCarried } from './not-carried.ts'
import { createOwnEncoders } from './own-encoders.ts'
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
    bundling: createBundling({ context, files, encoders, compute }),
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
  const read = items.map(({ kind, holds }): ReadBundleItem => {
    const files = 'files' in holds ? holds.files : []
    return {
      ...{ study: 'events', kind },
      files: files.map(({ name, content }) => ({ name, bytes: content as Uint8Array<ArrayBuffer> })),
    }
  })

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

/** What a visit finds that has kept nothing of these names. */
function recordsOf({ files }: ReturnType<typeof page>) {
  return { durable: true, all: async () => files.list().map((own) => ({ ...own, key: own.id, savedAt: 0 })) }
}
