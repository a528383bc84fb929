import { expect, it } from 'vitest'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import type { Platform } from '../../../core/platform.ts'
import { createMemoryRecords } from '../../../core/record-store.ts'
import type { StudyContext } from '../../../core/study.ts'
import { eventLine } from '../../../dataset/dark-machines/event-line.ts'
import { writeTransformerFiles } from '../../../ml/transformer/transformer-files.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import { createInProcessJobs } from '../../../testing/in-process.ts'
import { toyClass } from '../../../testing/small-multi-top.ts'
import { smallPage } from '../../../testing/small-page.ts'
import { smallTransformer } from '../../../testing/small-transformer.ts'
import { eventsOnMap } from '../analysis/map/map-events.ts'
import { handlers } from '../compute-handlers.ts'
import { multiTopDefaults } from '../default-intent.ts'
import type { MultiTopJobs } from '../jobs.ts'
import { openMultiTop, type MultiTopParts } from '../open.ts'
import { multiTop } from '../study.ts'
import { multiTopLacking } from './lacking.ts'
import { multiTopNotCarried } from './not-carried.ts'

const classes = [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) }))
const events = eventsOnMap(classes, [['a'], ['b']], { perClass: 25, seed: 1 })
const { card: small, parameters } = await smallTransformer()
const files = await writeTransformerFiles(small, parameters)
const id = `file-${small.weightsSha256.slice(0, 12)}`
const dropped = [new File([files.weights], 'weights.bin'), new File([files.card], 'card.json')]
const bytesOf = (text: string) => new TextEncoder().encode(text)
const line = (i: number) =>
  eventLine(i, 'mine', 1, {
    ...{ types: [1, 0], energy: [90, 60], pt: [90, 60], eta: [0, 1], phi: [0, 2] },
    ...{ count: 2, met: 50, metPhi: 0 },
  })

/** One browser: what its records keep is there in the next visit. */
function browser() {
  const kept = new Map<string, ReturnType<typeof createMemoryRecords>>()
  const records = ((database: string) => {
    if (!kept.has(database)) kept.set(database, { ...createMemoryRecords(), durable: true })
    return kept.get(database)
  }) as Platform['records']
  return {
    /** Events of the map are given: no sample is read. */
    visit(patch: Partial<typeof multiTopDefaults> = {}) {
      const compute = createInProcessJobs<MultiTopJobs>({ ...handlers, 'map-events': async () => events })
      const jobs = (() => compute) as unknown as StudyContext<MultiTopParts>['jobs']
      const intent = { ...multiTopDefaults, ...patch }
      const made = smallPage(multiTop, intent, 'explore', createMemoryCheckpointStore(), jobs, { records })
      return { ...made, compute, store: made.context.store, handle: openMultiTop(made.context) }
    },
  }
}

type Visit = ReturnType<ReturnType<typeof browser>['visit']>

/** Waits for a state; the test's own limit of time ends it where it never comes. */
const until = ({ store }: Visit, met: (state: ReturnType<typeof store.getState>) => boolean) =>
  new Promise<void>((resolve) => {
    const look = (): void => void (met(store.getState()) && resolve())
    store.subscribe(look)
    look()
  })

it('a transformer and events that were dropped are there after a reload, and in a bundle for another browser', async () => {
  const here = browser()
  const first = here.visit()
  await first.handle.dropTransformer(dropped)
  await until(first, ({ transformer }) => transformer.status === 'ready' && transformer.value?.id === id)
  await first.handle.dropFile([new File([line(1), line(2)], 'mine.csv')])
  await until(first, ({ ownFile }) => ownFile !== null)
  expect(first.store.getState().dropped.value).toMatchObject({ events: 2, classes: ['0t', '4t'] })

  const second = here.visit({ model: id })
  await until(second, ({ dropped: again }) => again.status === 'ready')
  const state = second.store.getState()
  expect(state.ownModels).toEqual([
    { id, hash: small.weightsSha256, origin: 'file', title: 'Small', classes: ['0t', '4t'] },
  ])
  expect(state.dropped.value).toMatchObject({ name: 'mine.csv', events: 2 })
  const lacks = multiTopNotCarried(state, state.intent)
  expect(lacks).toEqual([
    { kind: 'events', name: 'mine.csv' },
    { kind: 'networks', name: id },
  ])
  expect(await multiTopLacking(lacks, second.platform)).toEqual([])

  const { items, lacks: none } = await second.handle.bundling.bundled()
  expect(none).toEqual([])
  const read = items.map(({ kind, holds }): ReadBundleItem => {
    const own = 'files' in holds ? holds.files : []
    return {
      ...{ study: 'multi-top', kind },
      files: own.map(({ name, content }) => ({
        name,
        bytes: typeof content === 'string' ? bytesOf(content) : (content as Uint8Array<ArrayBuffer>),
      })),
    }
  })
  const there = browser().visit({ model: id })
  await until(there, ({ transformer }) => transformer.status === 'failed')
  expect(await multiTopLacking(lacks, there.platform)).toEqual(lacks)
  const part = await there.handle.bundling.unbundle(read)
  await part.lay()
  await part.finish()
  await until(there, ({ dropped: again }) => again.status === 'ready')
  expect(there.store.getState().dropped.value).toEqual(state.dropped.value)

  await second.handle.removeFile()
  expect(second.store.getState()).toMatchObject({ ownFile: null, dropped: { status: 'idle' } })
  expect(await multiTopLacking(lacks, second.platform)).toEqual([lacks[0]])
  for (const { compute } of [first, second, there]) compute.close()
})

it('files of events that cannot be read are no part of a bundle that opens', async () => {
  const { handle, compute } = browser().visit()
  const broken = { name: 'broken.csv', bytes: bytesOf('not events') }
  await expect(
    handle.bundling.unbundle([{ study: 'multi-top', kind: 'events', files: [broken] }]),
  ).rejects.toThrow(/broken\.csv/)
  compute.close()
})

it('of a drop each goes to who reads it: a card and weights whatever is in front, events where they are', async () => {
  const [models, events] = multiTop.takes!
  const own = new File([line(1), line(2)], 'mine.csv')
  expect(await models.owns!([own, ...dropped], false)).toEqual(dropped)
  expect(await models.owns!([own], true)).toEqual([])
  expect(await events.owns!([own], true)).toEqual([own])
})
