import * as scripts from 'virtual:worker-scripts'
import type { CheckpointRecord } from '../core/checkpoint-store.ts'
import { laterCheckpoints, laterProducts } from '../core/later-stores.ts'
import type { Platform } from '../core/platform.ts'
import { deferredRecords, openRecords, type RecordStore } from '../core/record-store.ts'
import { createStorageNews } from '../core/storage-news.ts'
import { tabStorage } from '../core/tab-storage.ts'
import { createTabLocks } from '../core/tab-locks.ts'
import type { WorkMeter } from '../core/work-meter.ts'
import { guardUnsaved } from './guard-unsaved.ts'

declare global {
  interface Window {
    /** A compute worker that index.html has started for a first visit; nothing where that failed, or was not tried. */
    earlyWorker?: Worker | undefined
  }
}

const now = () => Date.now()

/**
 * Workers, storage and clock of a browser's page.
 *
 * @param tell  news of the storage, which may come at any time
 */
export function createPlatform(
  page: Window,
  tell: (kind: 'deleted' | 'newer', text: string) => void,
): Platform {
  const meters: WorkMeter[] = []
  guardUnsaved(page, meters)
  const news = createStorageNews(
    tabStorage(() => page.localStorage),
    tell,
  )
  // One store for all who ask for it: where nothing is kept beyond the visit, they still see the same.
  const opened = new Map<string, object>()
  function records<T extends { key: string }>(database: string, table: string): RecordStore<T> {
    const name = `${database}/${table}`
    // Of records under one name there is one type.
    const store =
      (opened.get(name) as RecordStore<T> | undefined) ??
      deferredRecords(openRecords<T>(database, table, news))
    opened.set(name, store)
    return store
  }
  return {
    spawn(script) {
      const early = script === 'compute' ? page.earlyWorker : undefined
      if (early) page.earlyWorker = undefined
      return early ?? new Worker(scripts[script], { type: 'module' })
    },
    records,
    checkpoints: laterCheckpoints(records<CheckpointRecord>('theoryscape', 'checkpoints'), now),
    products: (version) =>
      laterProducts(
        records('theoryscape-products', 'products'),
        records('theoryscape-products-index', 'entries'),
        version,
        now,
      ),
    tab: tabStorage(() => page.sessionStorage),
    // Missing on pages over plain http from anything but localhost.
    locks: createTabLocks((page.navigator as { locks?: LockManager }).locks),
    page: new URL('.', page.document.baseURI).href,
    cores: page.navigator.hardwareConcurrency || 2,
    now,
    guard: (meter) => void meters.push(meter),
  }
}
