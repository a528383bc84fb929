import { describe, expect, it } from 'vitest'
import type { CheckpointRecord } from './checkpoint-store.ts'
import { laterCheckpoints, laterProducts } from './later-stores.ts'
import type { ProductEntry, ProductRecord } from './product-store.ts'
import { createMemoryRecords } from './record-store.ts'

describe('stores whose code comes later', () => {
  it('give back what was put', async () => {
    const store = laterProducts<{ fit: { value: number } }>(
      createMemoryRecords<ProductRecord>(),
      createMemoryRecords<ProductEntry>(),
      '1',
      () => 0,
    )
    expect(store.durable).toBe(false)
    expect(await store.get('fit', 'a')).toBeNull()
    expect(await store.put('fit', 'a', { value: 3 })).toEqual({ forgotten: 0 })
    expect(await store.get('fit', 'a')).toEqual({ value: 3 })
    await store.remove('fit', 'a')
    expect(await store.get('fit', 'a')).toBeNull()
  })

  it('know from the first whether anything outlives the page', () => {
    expect(laterCheckpoints(createMemoryRecords<CheckpointRecord>(), () => 0).durable).toBe(false)
  })
})
