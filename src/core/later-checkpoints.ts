import type { CheckpointRecord, CheckpointStore } from './checkpoint-store.ts'
import type { RecordStore } from './record-store.ts'

/** The checkpoint store, its code loaded with the first checkpoint: the page paints without it. */
export function laterCheckpoints(records: RecordStore<CheckpointRecord>, now: () => number): CheckpointStore {
  let made: Promise<CheckpointStore> | undefined
  const store = () =>
    (made ??= import('./checkpoint-store.ts').then(
      ({ createCheckpointStore }) => createCheckpointStore(records, now),
      (thrown: unknown) => {
        made = undefined // offline: the next checkpoint tries again
        throw thrown
      },
    ))
  return {
    get durable() {
      return records.durable
    },
    save: async (...entry) => (await store()).save(...entry),
    load: async (key) => (await store()).load(key),
    remove: async (key) => (await store()).remove(key),
  }
}
