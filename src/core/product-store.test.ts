import { describe, expect, it } from 'vitest'
import { plainBytes } from './plain-bytes.ts'
import {
  createProductStore,
  tellingProducts,
  type ProductEntry,
  type ProductRecord,
} from './product-store.ts'
import { createMemoryRecords, type RecordStore } from './record-store.ts'

type Types = { fit: { values: Float64Array; name: string }; data: { n: number } }

const fit = (at: number) => ({ values: new Float64Array(1000).fill(at), name: `fit ${at}` })

function setup(records: RecordStore<ProductRecord> = createMemoryRecords(), version = 'v1') {
  const index = createMemoryRecords<ProductEntry>()
  let time = 0
  const open = (as = version) => createProductStore<Types>(records, index, as, () => ++time)
  return { records, index, open, store: open() }
}

describe('products', () => {
  it('come back in a later visit under their kind and key, until they are removed', async () => {
    const { store, open } = setup()
    await store.put('fit', 'a', fit(1))
    await store.put('data', 'a', { n: NaN })
    const later = open()
    expect(await later.get('fit', 'a')).toEqual(fit(1))
    expect(await later.get('data', 'a')).toEqual({ n: NaN })
    expect(await later.get('fit', 'b')).toBeNull()
    await later.remove('fit', 'a')
    expect(await later.get('fit', 'a')).toBeNull()
    expect(await later.get('data', 'a')).not.toBeNull()
  })

  it('of another version of the code are not taken for these', async () => {
    const { store, open } = setup()
    await store.put('fit', 'a', fit(1))
    expect(await open('v2').get('fit', 'a')).toBeNull()
  })

  it('with one flipped bit are none', async () => {
    const { store, records } = setup()
    await store.put('fit', 'a', fit(1))
    const [record] = await records.all()
    const value = fit(1)
    new Uint8Array(value.values.buffer)[4001] ^= 1
    await records.put({ ...record, value })
    expect(await store.get('fit', 'a')).toBeNull()
  })

  it('make room, the oldest first, where the browser stores no more', async () => {
    const inner = createMemoryRecords<ProductRecord>()
    const full = {
      ...inner,
      async put(record: ProductRecord) {
        const all = await inner.all()
        if (all.length >= 2 && !all.some(({ key }) => key === record.key))
          throw new DOMException('no room', 'QuotaExceededError')
        await inner.put(record)
      },
    }
    const { store } = setup(full)
    const made = []
    for (const key of ['a', 'b', 'c']) made.push((await store.put('fit', key, fit(1))).forgotten)
    expect(made).toEqual([0, 0, 1])
    expect(await store.get('fit', 'a')).toBeNull()
    expect(await store.get('fit', 'b')).not.toBeNull()
    expect(await store.get('fit', 'c')).not.toBeNull()
  })

  it('that cannot be stored for another reason cost no other', async () => {
    const inner = createMemoryRecords<ProductRecord>()
    let broken = false
    const { store } = setup({
      ...inner,
      put: (record) => (broken ? Promise.reject(new Error('disk')) : inner.put(record)),
    })
    await store.put('fit', 'a', fit(1))
    broken = true
    await expect(store.put('fit', 'b', fit(2))).rejects.toThrow('disk')
    expect(await store.get('fit', 'a')).not.toBeNull()
  })

  it('of more than 256 MiB in all: the oldest go, which is told', async () => {
    const { store: silent, index } = setup()
    const told: string[] = []
    const store = tellingProducts(silent, (_, text) => told.push(text))
    for (const key of ['a', 'b']) expect(await store.put('data', key, { n: 1 })).toEqual({ forgotten: 0 })
    for (const entry of await index.all()) await index.put({ ...entry, bytes: 200 * 2 ** 20 })
    expect(told).toEqual([])
    expect(await store.put('data', 'c', { n: 3 })).toEqual({ forgotten: 1 })
    expect(told).toEqual([expect.stringMatching(/^The oldest result of earlier visits made room/)])
    expect(await store.get('data', 'a')).toBeNull()
    expect(await store.get('data', 'b')).not.toBeNull()
  })
})

it('bytes tell apart what differs in a name, a kind, an order, a sign or a split', () => {
  const different = [
    ...[{ a: 1 }, { b: 1 }, { a: -1 }, { a: '1' }, { a: [1] }, { a: null }, { a: undefined }, {}],
    ...[{ a: 0 }, { a: -0 }, { a: NaN }, [1, 2], [2, 1], [[1], 2], ['ab', 'c'], ['a', 'bc']],
    ...[Float32Array.of(1), Float64Array.of(1), Uint8Array.of(1, 2), Uint8Array.of(1, 3)],
  ]
  const seen = different.map((value) => [...plainBytes(value)].join())
  expect(new Set(seen).size).toBe(different.length)
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  expect(() => plainBytes(cycle)).toThrow(/levels/)
  expect(() => plainBytes(() => 1)).toThrow(/function/)
})
