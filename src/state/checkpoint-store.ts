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
const keptTrainings = 24

/** The many networks and fits of one set-up share what stands before "#" and are one training. */
const familyOf = (key: string): string => key.split('#', 1)[0]

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

  // Read once: reading every checkpoint at every save would move megabytes.
  let ages: Promise<Map<string, number>> | undefined
  const knownAges = () =>
    (ages ??= transact<Record[]>('readonly', (store) => store.getAll()).then(
      (all) => new Map(all.map(({ key, savedAt }) => [key, savedAt])),
    ))

  async function prune(saved: string): Promise<void> {
    const times = await knownAges()
    times.set(saved, now())
    const newest = new Map<string, number>()
    for (const [key, time] of times)
      newest.set(familyOf(key), Math.max(time, newest.get(familyOf(key)) ?? time))
    const old = [...newest].sort((a, b) => b[1] - a[1]).slice(keptTrainings)
    for (const key of [...times.keys()])
      if (old.some(([family]) => family === familyOf(key))) {
        times.delete(key)
        await transact('readwrite', (store) => store.delete(key))
      }
  }

  return {
    durable: true,
    async save(key, step, checkpoint) {
      await transact('readwrite', (store) =>
        store.put({ key, step, savedAt: now(), checkpoint } satisfies Record),
      )
      await prune(key)
    },
    async load(key) {
      const found: Record | undefined = await transact('readonly', (store) => store.get(key))
      return found ? { step: found.step, checkpoint: found.checkpoint } : null
    },
    async remove(key) {
      await transact('readwrite', (store) => store.delete(key))
      ;(await ages)?.delete(key)
    },
  }
}
