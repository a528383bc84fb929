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

/** A database of one table in IndexedDB; memory where that does not work: the page then says "not saved". */
export async function openRecords<T extends { key: string }>(
  database: string,
  table: string,
): Promise<RecordStore<T>> {
  try {
    return indexedRecords<T>(await openDatabase(database, table), table)
  } catch {
    return createMemoryRecords<T>()
  }
}

function openDatabase(database: string, table: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'key' })
    request.onsuccess = () => {
      // A later version of the app in another tab must be able to upgrade.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'))
    request.onblocked = () => reject(new Error('IndexedDB is held by another tab'))
  })
}

function indexedRecords<T extends { key: string }>(database: IDBDatabase, table: string): RecordStore<T> {
  function transact<R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode)
      const request = act(transaction.objectStore(table))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () =>
        reject(transaction.error ?? request.error ?? new Error('IndexedDB transaction failed'))
    })
  }
  return {
    durable: true,
    get: (key) => transact<T | undefined>('readonly', (store) => store.get(key)),
    all: () => transact<T[]>('readonly', (store) => store.getAll()),
    put: async (record) => void (await transact('readwrite', (store) => store.put(record))),
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
