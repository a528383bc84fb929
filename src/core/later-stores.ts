import type { CheckpointRecord, CheckpointStore } from './checkpoint-store.ts'
import { lazily } from './lazily.ts'
import type { ProductEntry, ProductRecord, ProductStore, ProductTypes } from './product-store.ts'
import type { RecordStore } from './record-store.ts'

// Stores whose code is loaded when they are first asked: the page paints without it. Offline, the next to ask tries again.

/** The checkpoint store. */
export function laterCheckpoints(records: RecordStore<CheckpointRecord>, now: () => number): CheckpointStore {
  const store = lazily(async () =>
    (await import('./checkpoint-store.ts')).createCheckpointStore(records, now),
  )
  return {
    get durable() {
      return records.durable
    },
    save: async (...entry) => (await store()).save(...entry),
    load: async (key) => (await store()).load(key),
    remove: async (key) => (await store()).remove(key),
  }
}

/** The store of products; parameters as of createProductStore. */
export function laterProducts<T extends ProductTypes>(
  records: RecordStore<ProductRecord>,
  index: RecordStore<ProductEntry>,
  version: string,
  now: () => number,
): ProductStore<T> {
  const store = lazily(async () =>
    (await import('./product-store.ts')).createProductStore<T>(records, index, version, now),
  )
  return {
    get durable() {
      return records.durable
    },
    get: async (...entry) => (await store()).get(...entry),
    put: async (...entry) => (await store()).put(...entry),
    remove: async (...entry) => (await store()).remove(...entry),
  }
}
