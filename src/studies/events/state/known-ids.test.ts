import { expect, it } from 'vitest'
import type { Platform } from '../../../core/platform.ts'
import { eventsDefaults } from '../default-intent.ts'
import type { EventsIntent } from '../intent.ts'
import { checkIds, withKnownIds } from './known-ids.ts'

const known = { shipped: ['events-gluinos-2d'], own: ['trained-seed1-step6-0123456789ab'] }
const check = (patch: Partial<EventsIntent>) => withKnownIds({ ...eventsDefaults, ...patch }, known)

it('says nothing of what is here', () => {
  const patch: Partial<EventsIntent> = {
    ...{ model: known.own[0], focus: 3599, reference: 'gluino-m1000-dm50', hidden: ['gluino-m2000-dm50'] },
    compare: { ...eventsDefaults.compare, maps: ['shown', 'met-ht', 'events-gluinos-2d'] },
  }
  expect(check(patch)).toEqual({ intent: { ...eventsDefaults, ...patch }, notes: [] })
  expect(check({ dataset: 'events-files', focused: 'my-file-0123456789ab', focus: 10_000 }).notes).toEqual([])
})

it.each<[Partial<EventsIntent>, Partial<EventsIntent>, RegExp]>([
  [{ dataset: 'squarks' }, { dataset: 'gluinos' }, /no events "squarks" here: gluinos is shown/],
  [
    { model: 'nobody' },
    { model: null },
    /no encoder "nobody" here; this page has linear-2, events-gluinos-2d/,
  ],
  [{ model: 'trained-seed1-step9-ffffffffffff' }, { model: null }, /was trained in another browser/],
  [{ focus: 3600 }, { focus: null }, /has 3600 sets, .* set 3600 is none of them/],
  [{ reference: 'vector-m500' }, { reference: null }, /Gluinos has no model vector-m500/],
  [{ pair: ['gluino-m1000-dm50', 'b'] }, { pair: null }, /Gluinos has no model b/],
  [{ feature: 'mt2' }, { feature: 'met' }, /no feature "mt2"/],
  [
    { compare: { ...eventsDefaults.compare, maps: ['shown', 'tsne'] } },
    { compare: { ...eventsDefaults.compare, maps: ['shown'] } },
    /no encoder "tsne" here/,
  ],
])('%o gives way, and that is said', (asked, instead, note) => {
  const { intent, notes } = check(asked)
  expect(intent).toEqual({ ...eventsDefaults, ...instead })
  expect(notes).toEqual([expect.stringMatching(note)])
})

it('an encoder of files that this browser keeps is known by any name; for what is shipped the storage is not asked', async () => {
  const asked: string[] = []
  const kept = [{ key: 'mine', id: 'mine', hash: '0', origin: 'file', card: null, savedAt: 0, files: null }]
  const records = (name: string) => {
    asked.push(name)
    return { durable: true, all: async () => kept }
  }
  const platform = { page: 'https://x/', now: () => 0, records } as unknown as Platform
  const of = (model: string) => checkIds({ ...eventsDefaults, model }, platform)
  expect((await of('events-gluinos-2d')).intent.model).toBe('events-gluinos-2d')
  expect(asked).toEqual([])
  expect((await of('mine')).intent.model).toBe('mine')
  expect((await of('nobody')).intent.model).toBeNull()
})
