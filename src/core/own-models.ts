import { AppError } from '../errors.ts'
import type { RecordStore } from './record-store.ts'
import type { StudyContext } from './study.ts'

/** A model of one's own, trained in the page or read from files (of weights, or of events), in this visit or an earlier one. */
export interface OwnModel {
  id: string
  /** SHA-256 of its weights, or of its file. */
  hash: string
  origin: 'trained' | 'file'
}

/** The types of a study's own models. */
export interface OwnModelTypes {
  /** What a list shows of one. */
  entry: OwnModel
  /** One that is ready to be used. */
  model: { id: string; hash: string }
  /** What is stored of one, from which it is read again. */
  files: unknown
}

/** As it is stored: its key is its id. */
export type OwnModelRecord<T extends OwnModelTypes> = T['entry'] & {
  key: string
  savedAt: number
  files: T['files']
}

/** Models of one's own by id. Trained ones have the hash of their weights in their id. */
export interface OwnModels<T extends OwnModelTypes> {
  /** False where they are gone with the page (private windows, blocked storage). */
  readonly durable: boolean
  /** Resolves when those of earlier visits are known. */
  known(): Promise<readonly T['entry'][]>
  /** Those known so far. */
  list(): readonly T['entry'][]
  has(id: string): boolean
  /**
   * @param read  reads its files back, and checks that they fit what is open
   * @throws AppError 'data/not-found' for an unknown id, 'model/corrupt' where the stored files were altered
   */
  load(id: string, read: (files: T['files']) => Promise<T['model']>): Promise<T['model']>
  /**
   * At hand from now on; the promise rejects where the browser does not store it.
   *
   * @param model  null where it is read from its files when it is first asked for
   */
  keep(entry: T['entry'], model: T['model'] | null, files: T['files']): Promise<void>
  /** Forgets it, here and in later visits. */
  remove(id: string): Promise<void>
  /** Those that it is made from; null where they are not stored. */
  filesOf(id: string): Promise<T['files'] | null>
  /** Calls back whenever the list has changed. */
  watch(changed: (list: readonly T['entry'][]) => void): void
}

interface OwnModelPorts<T extends OwnModelTypes> {
  records: RecordStore<OwnModelRecord<T>>
  /** Clock [ms]. */
  now: () => number
  /** "encoder", for messages. */
  noun: string
  /** Kept across visits; the oldest go first when there are more. */
  most: number
  /** What to do where a stored one is gone or altered; default: that of networks. */
  again?: string
  /** What a list shows of a stored one. */
  entryOf(record: OwnModelRecord<T>): T['entry']
}

export function createOwnModels<T extends OwnModelTypes>(ports: OwnModelPorts<T>): OwnModels<T> {
  const { records, now, noun, most, entryOf, again = 'Drop its exported files, or train it again.' } = ports
  const entries = new Map<string, T['entry']>()
  const loaded = new Map<string, T['model']>()
  /** Of this visit, also where the browser does not store them. */
  const kept = new Map<string, { hash: string; files: T['files'] }>()
  const find = async (id: string): Promise<{ hash: string; files: T['files'] } | undefined> =>
    kept.get(id) ?? records.get(id)
  let changed: (list: readonly T['entry'][]) => void = () => undefined
  let stored: Promise<readonly T['entry'][]> | undefined

  const list = (): T['entry'][] => [...entries.values()]

  async function recall(): Promise<readonly T['entry'][]> {
    // Blocked storage has none of earlier visits.
    const all = await records.all().catch(() => [])
    const newer = new Map(entries) // those of this visit come last, and in place of what was stored
    entries.clear()
    for (const record of all.sort((a, b) => a.savedAt - b.savedAt)) entries.set(record.id, entryOf(record))
    for (const [id, entry] of newer) entries.set(id, entry)
    if (all.length > 0) changed(list())
    return list()
  }

  return {
    get durable() {
      return records.durable
    },
    known: () => (stored ??= recall()).then(list),
    list,
    has: (id) => entries.has(id),
    async load(id, read) {
      const here = loaded.get(id)
      if (here) return here
      const record = await find(id)
      if (!record)
        throw new AppError(
          'data/not-found',
          `The ${noun} ${id} is no longer stored in this browser. ${again}`,
          { model: id },
        )
      const model = { ...(await read(record.files)), id }
      if (model.hash !== record.hash)
        throw new AppError(
          'model/corrupt',
          `The stored ${noun} ${id} has the sha256 ${model.hash.slice(0, 12)}…, kept were ${record.hash.slice(0, 12)}…. ${again}`,
          { model: id },
        )
      loaded.set(id, model)
      return model
    },
    async keep(entry, model, files) {
      const { id } = entry
      if (model) loaded.set(id, model)
      else loaded.delete(id)
      kept.set(id, { hash: entry.hash, files })
      entries.delete(id)
      entries.set(id, entry)
      changed(list())
      await records.put({ ...entry, key: id, savedAt: now(), files })
      await (stored ??= recall())
      for (const { id: oldest } of list().slice(0, -most)) {
        entries.delete(oldest)
        kept.delete(oldest)
        await records.delete(oldest)
        changed(list())
      }
    },
    async remove(id) {
      entries.delete(id)
      loaded.delete(id)
      kept.delete(id)
      changed(list())
      await records.delete(id)
    },
    filesOf: async (id) => (await find(id))?.files ?? null,
    watch(callback) {
      changed = callback
    },
  }
}

/** An id under which a model of files stands in for no shipped model, nor for another one of one's own. */
export async function freeModelId<T extends OwnModelTypes>(
  { id, hash }: Pick<OwnModel, 'id' | 'hash'>,
  own: Pick<OwnModels<T>, 'known'>,
  shipped: readonly { id: string }[],
): Promise<string> {
  const known = (await own.known()).find((each) => each.id === id)
  const taken = shipped.some((each) => each.id === id) || (known && known.hash !== hash)
  return taken ? `file-${hash.slice(0, 12)}` : id
}

/** Says that a model is at hand in this visit alone, where the browser does not store it. */
export async function tellUnstored(
  { notSaved }: Pick<StudyContext, 'notSaved'>,
  models: { readonly durable: boolean },
  { id, origin }: Pick<OwnModel, 'id' | 'origin'>,
  keeping: Promise<void>,
): Promise<void> {
  const lost = (why: string) =>
    notSaved(
      `${id} is not stored in this browser (${why}): it is gone when the page is closed. ${origin === 'trained' ? 'Export it to keep it.' : 'Keep its files.'}`,
    )
  try {
    await keeping
    if (!models.durable) lost('private window or blocked storage')
  } catch (thrown) {
    lost(AppError.from(thrown).message)
  }
}
