import type { JobMap, LoadedEncoder } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import type { DatasetManifest } from '../dataset/manifest.ts'
import type { EncoderBundle } from '../analysis/model-bundle.ts'
import type { ModelCard } from '../ml/model-card.ts'
import type { ModelFiles } from '../ml/model-files.ts'
import type { JobClient } from '../jobs/job-client.ts'
import type { RecordStore } from './record-store.ts'

/** An encoder of one's own, trained in the page or read from files, in this visit or an earlier one. */
export interface OwnEncoder {
  id: string
  /** SHA-256 of its weights. */
  hash: string
  card: ModelCard | null
  origin: 'trained' | 'file'
}

/** What is stored of one: the files of an exported encoder, which carry the hash of its weights. */
export interface EncoderRecord extends OwnEncoder {
  /** Its id. */
  key: string
  savedAt: number
  files: ModelFiles
}

/** Encoders kept across visits; the oldest go first when there are more. About 0.1 MB each. */
const keptEncoders = 60

/** Reads files back, checked against the open dataset. */
export type ReadFiles = (files: ModelFiles) => Promise<LoadedEncoder>

/** Encoders of one's own by id. Trained ones have the hash of their weights in their id. */
export interface OwnEncoders {
  /** False where they are gone with the page (private windows, blocked storage). */
  readonly durable: boolean
  /** Resolves when those of earlier visits are known. */
  known(): Promise<readonly OwnEncoder[]>
  /** Those known so far. */
  list(): readonly OwnEncoder[]
  has(id: string): boolean
  /** @throws AppError 'data/not-found' for an unknown id, 'model/corrupt' where the stored files were altered */
  load(id: string, read: ReadFiles): Promise<LoadedEncoder>
  /** At hand from now on; the promise rejects where the browser does not store it. */
  keep(made: EncoderBundle, origin: OwnEncoder['origin']): Promise<void>
  /** Calls back whenever the list has changed. */
  watch(changed: (list: readonly OwnEncoder[]) => void): void
}

/** @param now  clock [ms] */
export function createOwnEncoders(records: RecordStore<EncoderRecord>, now: () => number): OwnEncoders {
  const entries = new Map<string, OwnEncoder & { savedAt: number }>()
  const loaded = new Map<string, LoadedEncoder>()
  let changed: (list: readonly OwnEncoder[]) => void = () => undefined
  let stored: Promise<readonly OwnEncoder[]> | undefined

  const list = (): OwnEncoder[] =>
    [...entries.values()].map(({ id, hash, card, origin }) => ({ id, hash, card, origin }))

  async function recall(): Promise<readonly OwnEncoder[]> {
    // Blocked storage has none of earlier visits.
    const all = await records.all().catch(() => [])
    const newer = new Map(entries) // those of this visit come last, and in place of what was stored
    entries.clear()
    for (const { id, hash, card, origin, savedAt } of all.sort((a, b) => a.savedAt - b.savedAt))
      entries.set(id, { id, hash, card, origin, savedAt })
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
      const record = await records.get(id)
      if (!record)
        throw new AppError(
          'data/not-found',
          `The encoder ${id} is no longer stored in this browser. Drop its exported files, or train it again.`,
          { model: id },
        )
      const encoder = { ...(await read(record.files)), id }
      if (encoder.hash !== record.hash)
        throw new AppError(
          'model/corrupt',
          `The stored encoder ${id} has weights of sha256 ${encoder.hash.slice(0, 12)}…, kept were ${record.hash.slice(0, 12)}…. Drop its exported files, or train it again.`,
          { model: id },
        )
      loaded.set(id, encoder)
      return encoder
    },
    async keep({ encoder, files }, origin) {
      const { id, hash, card } = encoder
      const entry = { id, hash, card, origin, savedAt: now() }
      loaded.set(id, encoder)
      entries.delete(id)
      entries.set(id, entry)
      changed(list())
      await records.put({ key: id, ...entry, files })
      await (stored ??= recall())
      for (const { id: oldest } of [...entries.values()].slice(0, -keptEncoders)) {
        entries.delete(oldest)
        await records.delete(oldest)
        changed(list())
      }
    },
    watch(callback) {
      changed = callback
    },
  }
}

/** Reads stored files as dropped ones are read, in the worker. */
export function storedFilesReader(
  compute: JobClient<JobMap>,
  manifest: DatasetManifest,
  signal?: AbortSignal,
): ReadFiles {
  const bytes = (text: string) => new TextEncoder().encode(text)
  return async ({ card, model, weights }) => {
    const files = [
      { name: 'card.json', bytes: bytes(card) },
      { name: 'model.json', bytes: bytes(model) },
      { name: 'weights.bin', bytes: weights },
    ]
    return (await compute.run('import-encoder', { files, manifest }, { signal }).promise).encoder
  }
}
