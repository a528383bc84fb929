import { describe, expect, it } from 'vitest'
import type { EncoderBundle } from '../analysis/model-bundle.ts'
import { createOwnEncoders, type EncoderRecord, type OwnEncoder } from './own-encoders.ts'
import { createMemoryRecords } from './record-store.ts'

const made = (id: string): EncoderBundle => ({
  encoder: { id, mlp: { layers: [] }, card: null, hash: `hash of ${id}` },
  files: { card: id, model: '', weights: Uint8Array.of(id.length) },
})
const unread = () => expect.unreachable('files were read')

describe("encoders of one's own", () => {
  it('are at hand before they are stored, and known to a later visit', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    const here = createOwnEncoders(records, () => 5)
    const keeping = here.keep(made('a'), 'trained')
    expect(here.has('a')).toBe(true)
    expect(await here.load('a', unread)).toBe(await here.load('a', unread))
    await keeping
    const later = createOwnEncoders(records, () => 6)
    expect(later.has('a')).toBe(false)
    const listed: (readonly OwnEncoder[])[] = []
    later.watch((list) => listed.push(list))
    expect(await later.known()).toEqual([{ id: 'a', hash: 'hash of a', card: null, origin: 'trained' }])
    expect(listed).toHaveLength(1)
    let reads = 0
    const read = async ({ card }: EncoderBundle['files']) => (reads++, made(card).encoder)
    expect(await later.load('a', read)).toEqual(made('a').encoder)
    await later.load('a', read)
    expect(reads).toBe(1)
  })

  it('kept while those of earlier visits are still being read stay on the list', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    await createOwnEncoders(records, () => 1).keep(made('old'), 'file')
    const later = createOwnEncoders(records, () => 2)
    const known = later.known()
    const keeping = later.keep(made('new'), 'trained')
    expect((await known).map(({ id }) => id)).toEqual(['old', 'new'])
    await keeping
    expect(later.list().map(({ id }) => id)).toEqual(['old', 'new'])
  })

  it('with other weights than were kept are refused', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    await createOwnEncoders(records, () => 1).keep(made('a'), 'trained')
    const later = createOwnEncoders(records, () => 2)
    await later.known()
    await expect(later.load('a', async () => made('b').encoder)).rejects.toMatchObject({
      code: 'model/corrupt',
    })
  })

  it('that were stored and are gone say how to get them back', async () => {
    const own = createOwnEncoders(createMemoryRecords<EncoderRecord>(), () => 1)
    await expect(own.load('a', unread)).rejects.toThrow(/no longer stored.*Drop its exported files/)
  })

  it('are sixty at most, the oldest go', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    const own = createOwnEncoders(records, () => 1)
    for (let i = 0; i < 62; i++) await own.keep(made(`e-${i}`), 'trained')
    expect(own.list()).toHaveLength(60)
    expect(own.has('e-1')).toBe(false)
    expect(await records.get('e-1')).toBeUndefined()
    expect(await records.all()).toHaveLength(60)
  })

  it('that cannot be stored are at hand in this visit', async () => {
    const records = createMemoryRecords<EncoderRecord>()
    const own = createOwnEncoders({ ...records, put: () => Promise.reject(new Error('full')) }, () => 1)
    await expect(own.keep(made('a'), 'trained')).rejects.toThrow('full')
    expect(own.has('a')).toBe(true)
    expect(await own.load('a', unread)).toEqual(made('a').encoder)
  })
})
