import { forgottenResults } from './forgotten-trainings.ts'
import { isStorageFull, type RecordStore } from './record-store.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { plainBytes } from './plain-bytes.ts'

/** Kinds of products, each with what is kept of one. Plain data: what crosses to a worker can be kept. */
export type ProductTypes = Record<string, object>

/** Finished products by the key of all that decides them, kept across visits where the browser allows it. */
export interface ProductStore<T extends ProductTypes> {
  /** False where nothing survives a reload (private windows, blocked storage). */
  readonly durable: boolean
  /** Null where none is kept, or where it is of another version or damaged, which is then as good as none. */
  get<K extends keyof T & string>(kind: K, key: string): Promise<T[K] | null>
  /**
   * Rejects where the browser stores no more although the older ones made room.
   *
   * @returns how many older products made room
   */
  put<K extends keyof T & string>(kind: K, key: string, value: T[K]): Promise<{ forgotten: number }>
  remove(kind: keyof T & string, key: string): Promise<void>
}

export interface ProductRecord {
  key: string
  version: string
  /** Of plainBytes(value). */
  sha256: string
  value: object
}

/** What is known of a product without reading it. */
export interface ProductEntry {
  key: string
  savedAt: number
  bytes: number
}

/** Beyond that the oldest go. */
const keptBytes = 256 * 2 ** 20

/**
 * @param index    small records beside the products, so that their ages are known without reading them
 * @param version  of the code that makes them: others are not taken for these
 * @param now      clock [ms]
 */
export function createProductStore<T extends ProductTypes>(
  records: RecordStore<ProductRecord>,
  index: RecordStore<ProductEntry>,
  version: string,
  now: () => number,
): ProductStore<T> {
  const keyOf = async (kind: string, key: string) =>
    `${kind}/${await sha256Hex(new TextEncoder().encode(key))}`

  async function forget(key: string): Promise<void> {
    await records.delete(key)
    await index.delete(key)
  }

  const oldestOthers = async (key: string) =>
    (await index.all()).filter((entry) => entry.key !== key).sort((a, b) => a.savedAt - b.savedAt)

  async function makeRoom(own: ProductEntry): Promise<number> {
    const others = await oldestOthers(own.key)
    let total = own.bytes + others.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const [forgotten, { key, bytes }] of others.entries()) {
      if (total <= keptBytes) return forgotten
      await forget(key)
      total -= bytes
    }
    return others.length
  }

  return {
    get durable() {
      return records.durable
    },
    async get(kind, key) {
      const record = await records.get(await keyOf(kind, key))
      if (!record || record.version !== version) return null
      if ((await sha256Hex(plainBytes(record.value))) !== record.sha256) return null
      // Unaltered, and written under this kind by this version: it is what put() was given.
      return record.value as T[typeof kind]
    },
    async put(kind, key, value) {
      const bytes = plainBytes(value)
      const entry = { key: await keyOf(kind, key), savedAt: now(), bytes: bytes.length }
      const record = { key: entry.key, version, sha256: await sha256Hex(bytes), value }
      for (let forgotten = await makeRoom(entry); ; forgotten++)
        try {
          await records.put(record)
          await index.put(entry)
          return { forgotten }
        } catch (thrown) {
          const [oldest] = isStorageFull(thrown) ? await oldestOthers(entry.key) : []
          if (!oldest) throw thrown
          await forget(oldest.key)
        }
    },
    remove: async (kind, key) => forget(await keyOf(kind, key)),
  }
}

/** The same store; what made room for a new product is told. */
export function tellingProducts<T extends ProductTypes>(
  store: ProductStore<T>,
  notify: (level: 'info', text: string) => void,
): ProductStore<T> {
  return {
    get durable() {
      return store.durable
    },
    get: (kind, key) => store.get(kind, key),
    async put(kind, key, value) {
      const { forgotten } = await store.put(kind, key, value)
      if (forgotten > 0) notify('info', forgottenResults(forgotten))
      return { forgotten }
    },
    remove: (kind, key) => store.remove(kind, key),
  }
}

/** Products of this visit alone. */
export function createMemoryProducts<T extends ProductTypes>(): ProductStore<T> {
  const kept = new Map<string, object>()
  return {
    durable: false,
    get: async (kind, key) => (kept.get(`${kind}/${key}`) as T[typeof kind] | undefined) ?? null,
    put: async (kind, key, value) => (kept.set(`${kind}/${key}`, value), { forgotten: 0 }),
    remove: async (kind, key) => void kept.delete(`${kind}/${key}`),
  }
}
