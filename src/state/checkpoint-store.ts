/** Checkpoints of trainings, kept across visits where the browser allows it. */
export interface CheckpointStore {
  /** Replaces the training's newest checkpoint in one transaction: a killed tab leaves the old or the new one. */
  save(key: string, step: number, checkpoint: Uint8Array): Promise<void>
  load(key: string): Promise<{ step: number; checkpoint: Uint8Array } | null>
  remove(key: string): Promise<void>
  /** False where nothing survives a reload (private windows, blocked storage). */
  readonly durable: boolean
}

export function createMemoryCheckpointStore(): CheckpointStore {
  const entries = new Map<string, { step: number; checkpoint: Uint8Array }>()
  return {
    durable: false,
    save: async (key, step, checkpoint) => void entries.set(key, { step, checkpoint }),
    load: async (key) => entries.get(key) ?? null,
    remove: async (key) => void entries.delete(key),
  }
}

const databaseName = 'theoryscape'
const storeName = 'checkpoints'
/** Trainings remembered; the oldest go first when there are more. */
const keptTrainings = 12

interface Record {
  key: string
  step: number
  savedAt: number
  checkpoint: Uint8Array
}

/** A store that is still being opened: the page paints without waiting for it. */
export function deferredCheckpointStore(opening: Promise<CheckpointStore>): CheckpointStore {
  let opened: CheckpointStore | undefined
  void opening.then((store) => {
    opened = store
  })
  return {
    get durable() {
      return opened?.durable ?? false
    },
    save: async (...entry) => (await opening).save(...entry),
    load: async (key) => (await opening).load(key),
    remove: async (key) => (await opening).remove(key),
  }
}

/** IndexedDB where it works, memory where it does not. */
export async function createCheckpointStore(now: () => number): Promise<CheckpointStore> {
  try {
    const database = await openDatabase()
    return indexedDbStore(database, now)
  } catch {
    return createMemoryCheckpointStore() // private mode or blocked storage: the page says "not saved"
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'key' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'))
    request.onblocked = () => reject(new Error('IndexedDB is held by another tab'))
  })
}

function indexedDbStore(database: IDBDatabase, now: () => number): CheckpointStore {
  function transact<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode)
      const request = act(transaction.objectStore(storeName))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () =>
        reject(transaction.error ?? request.error ?? new Error('IndexedDB transaction failed'))
    })
  }

  async function prune(): Promise<void> {
    const all: Record[] = await transact('readonly', (store) => store.getAll())
    const old = all.sort((a, b) => b.savedAt - a.savedAt).slice(keptTrainings)
    for (const { key } of old) await transact('readwrite', (store) => store.delete(key))
  }

  return {
    durable: true,
    async save(key, step, checkpoint) {
      await transact('readwrite', (store) =>
        store.put({ key, step, savedAt: now(), checkpoint } satisfies Record),
      )
      await prune()
    },
    async load(key) {
      const found: Record | undefined = await transact('readonly', (store) => store.get(key))
      return found ? { step: found.step, checkpoint: found.checkpoint } : null
    },
    async remove(key) {
      await transact('readwrite', (store) => store.delete(key))
    },
  }
}
