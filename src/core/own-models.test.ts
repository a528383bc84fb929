import { describe, expect, it } from 'vitest'
import { createOwnModels, type OwnModel, type OwnModelRecord } from './own-models.ts'
import { createMemoryRecords, type RecordStore } from './record-store.ts'

type Toy = { entry: OwnModel & { classes: number }; model: { id: string; hash: string }; files: string }
type ToyRecord = OwnModelRecord<Toy>

const ownModels = (records: RecordStore<ToyRecord>, now: () => number) =>
  createOwnModels<Toy>({
    ...{ records, now, noun: 'map', most: 60 },
    entryOf: ({ id, hash, origin, classes }) => ({ id, hash, origin, classes }),
  })
const made = (id: string) => ({ id, hash: `hash of ${id}` })
const entry = (id: string): Toy['entry'] => ({ ...made(id), origin: 'trained', classes: 3 })
const keep = (own: ReturnType<typeof ownModels>, id: string) =>
  own.keep(entry(id), made(id), `files of ${id}`)
const unread = () => expect.unreachable('files were read')

describe("models of one's own", () => {
  it('are at hand before they are stored, and known to a later visit', async () => {
    const records = createMemoryRecords<ToyRecord>()
    const here = ownModels(records, () => 5)
    const keeping = keep(here, 'a')
    expect(here.has('a')).toBe(true)
    expect(await here.load('a', unread)).toBe(await here.load('a', unread))
    await keeping
    expect(await records.get('a')).toEqual({ ...entry('a'), key: 'a', savedAt: 5, files: 'files of a' })
    const later = ownModels(records, () => 6)
    expect(later.has('a')).toBe(false)
    const listed: (readonly OwnModel[])[] = []
    later.watch((list) => listed.push(list))
    expect(await later.known()).toEqual([entry('a')])
    expect(listed).toHaveLength(1)
    const read: string[] = []
    const reader = async (files: string) => (read.push(files), made('a'))
    expect(await later.load('a', reader)).toEqual(made('a'))
    await later.load('a', reader)
    expect(read).toEqual(['files of a'])
  })

  it('kept while those of earlier visits are still being read stay on the list', async () => {
    const records = createMemoryRecords<ToyRecord>()
    await keep(
      ownModels(records, () => 1),
      'old',
    )
    const later = ownModels(records, () => 2)
    const known = later.known()
    const keeping = keep(later, 'new')
    expect((await known).map(({ id }) => id)).toEqual(['old', 'new'])
    await keeping
    expect(later.list().map(({ id }) => id)).toEqual(['old', 'new'])
  })

  it('with other weights than were kept are refused', async () => {
    const records = createMemoryRecords<ToyRecord>()
    await keep(
      ownModels(records, () => 1),
      'a',
    )
    const later = ownModels(records, () => 2)
    await later.known()
    await expect(later.load('a', async () => made('b'))).rejects.toMatchObject({ code: 'model/corrupt' })
  })

  it('that were stored and are gone say how to get them back', async () => {
    const own = ownModels(createMemoryRecords<ToyRecord>(), () => 1)
    await expect(own.load('a', unread)).rejects.toThrow(/The map a is no longer stored.*Drop its exported/)
  })

  it('are gone for good once removed', async () => {
    const records = createMemoryRecords<ToyRecord>()
    const own = ownModels(records, () => 1)
    await keep(own, 'a')
    await own.remove('a')
    expect([own.list(), own.has('a'), await own.filesOf('a')]).toEqual([[], false, null])
    expect(await records.all()).toEqual([])
  })

  it('are as many as asked for at most, the oldest go', async () => {
    const records = createMemoryRecords<ToyRecord>()
    const own = ownModels(records, () => 1)
    for (let i = 0; i < 62; i++) await keep(own, `e-${i}`)
    expect(own.list()).toHaveLength(60)
    expect(own.has('e-1')).toBe(false)
    expect(await records.get('e-1')).toBeUndefined()
    expect(await records.all()).toHaveLength(60)
  })

  it('that cannot be stored are at hand in this visit', async () => {
    const records = createMemoryRecords<ToyRecord>()
    const own = ownModels({ ...records, put: () => Promise.reject(new Error('full')) }, () => 1)
    await expect(keep(own, 'a')).rejects.toThrow('full')
    expect(own.has('a')).toBe(true)
    expect(await own.load('a', unread)).toEqual(made('a'))
  })
})
