import type { StorageNews } from './storage-news.ts'

/** Records by key, kept across visits where the browser allows it. */
export interface RecordStore<T extends { key: string }> {
  /** False where nothing survives a reload (private windows, blocked storage). */
  readonly durable: boolean
  get(key: string): Promise<T | undefined>
  all(): Promise<T[]>
  /** In one transaction: a killed tab leaves the old record or the new one. */
  put(record: T): Promise<void>
  delete(key: string): Promise<void>
}

export function createMemoryRecords<T extends { key: string }>(): RecordStore<T> {
  const records = new Map<string, T>()
  return {
    durable: false,
    get: async (key) => records.get(key),
    all: async () => [...records.values()],
    put: async (record) => void records.set(record.key, record),
    delete: async (key) => void records.delete(key),
  }
}

/**
 * A database of one table in IndexedDB; memory where that does not work: the page then says "not saved". One that a later
 * version of the page wrote is not opened, so that nothing of it is lost.
 */
export async function openRecords<T extends { key: string }>(
  database: string,
  table: string,
  news: StorageNews = silent,
): Promise<RecordStore<T>> {
  try {
    return indexedRecords<T>(await openDatabase(database, table, news), table, news)
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'VersionError') news.newer()
    return createMemoryRecords<T>()
  }
}

/**
 * Time that the storage has for an answer [ms]. WebKit keeps a transaction that a page was closed in the midst of, and all
 * later ones on its table wait behind that for ever: what waits longer counts as failed, and work goes on unsaved.
 */
const patience = 10_000
/** Until it answers again. */
const patienceOnceLost = 1000

const silent: StorageNews = { created: () => undefined, newer: () => undefined, kept: () => undefined }

function openDatabase(database: string, table: string, news: StorageNews): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(table, { keyPath: 'key' })
      news.created()
    }
    request.onsuccess = () => {
      // A later version of the app in another tab must be able to upgrade.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'))
    request.onblocked = () => reject(new Error('IndexedDB is held by another tab'))
  })
}

function indexedRecords<T extends { key: string }>(
  database: IDBDatabase,
  table: string,
  news: StorageNews,
): RecordStore<T> {
  let limit = patience
  function transact<R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode)
      const request = act(transaction.objectStore(table))
      const waiting = setTimeout(() => {
        try {
          transaction.abort()
        } catch {
          // It has ended: on a busy page what tells so is still on its way.
          return
        }
        limit = patienceOnceLost
        reject(new Error('the storage of the browser does not answer'))
      }, limit)
      transaction.oncomplete = () => {
        clearTimeout(waiting)
        limit = patience
        resolve(request.result)
      }
      transaction.onabort = transaction.onerror = () => {
        clearTimeout(waiting)
        reject(transaction.error ?? request.error ?? new Error('IndexedDB transaction failed'))
      }
    })
  }
  return {
    durable: true,
    get: (key) => transact<T | undefined>('readonly', (store) => store.get(key)),
    all: () => transact<T[]>('readonly', (store) => store.getAll()),
    async put(record) {
      await transact('readwrite', (store) => store.put(record))
      news.kept()
    },
    delete: async (key) => void (await transact('readwrite', (store) => store.delete(key))),
  }
}

/** A store that is still being opened: the page paints without waiting for it. */
export function deferredRecords<T extends { key: string }>(opening: Promise<RecordStore<T>>): RecordStore<T> {
  let opened: RecordStore<T> | undefined
  void opening.then((store) => {
    opened = store
  })
  return {
    get durable() {
      return opened?.durable ?? false
    },
    get: async (key) => (await opening).get(key),
    all: async () => (await opening).all(),
    put: async (record) => (await opening).put(record),
    delete: async (key) => (await opening).delete(key),
  }
}

/** The browser's refusal to store more. */
export function isStorageFull(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'QuotaExceededError'
}
