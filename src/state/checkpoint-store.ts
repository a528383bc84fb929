import { AppError } from '../errors.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { isStorageFull, type RecordStore } from './record-store.ts'

export interface SavedCheckpoint {
  step: number
  checkpoint: Uint8Array
  /** Step of a newer checkpoint that was saved too, but is damaged. */
  damagedStep?: number
}

/** Checkpoints of trainings, kept across visits where the browser allows it. */
export interface CheckpointStore {
  /**
   * Adds the training's newest checkpoint; the one before it is kept, in case this one is damaged one day.
   *
   * @returns how many older trainings were forgotten because the browser stores no more
   */
  save(key: string, step: number, checkpoint: Uint8Array): Promise<{ forgotten: number }>
  /**
   * The newest checkpoint that is intact.
   *
   * @returns null where none was saved
   * @throws  AppError 'model/corrupt' where some were, all of them damaged; they are removed
   */
  load(key: string): Promise<SavedCheckpoint | null>
  remove(key: string): Promise<void>
  /** False where nothing survives a reload (private windows, blocked storage). */
  readonly durable: boolean
}

export interface CheckpointRecord {
  key: string
  step: number
  savedAt: number
  checkpoint: Uint8Array
  /** Of the checkpoint; absent in those of earlier versions, which only their reader can judge. */
  sha256?: string
}

/** Trainings remembered; the oldest go first when there are more. */
const keptTrainings = 24

/** The many networks and fits of one set-up share what stands before "#" and are one training. */
const familyOf = (key: string): string => key.split('#', 1)[0]

/** Records of a training: its newest two checkpoints take turns. */
const slotsOf = (key: string): [string, string] => [key, `${key}#~`]

/** @param now  clock [ms]; two checkpoints of one millisecond are told apart all the same */
export function createCheckpointStore(
  records: RecordStore<CheckpointRecord>,
  now: () => number,
): CheckpointStore {
  // Read once: reading every checkpoint at every save would move megabytes.
  let ages: Promise<Map<string, number>> | undefined
  const knownAges = () =>
    (ages ??= records.all().then((all) => new Map(all.map(({ key, savedAt }) => [key, savedAt]))))
  let queue: Promise<unknown> = Promise.resolve()

  /** One after the other: two saves of one training must not take the same slot. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = queue.then(act, act)
    queue = turn.catch(() => undefined)
    return turn
  }

  /** Trainings from the newest to the oldest. */
  function families(times: ReadonlyMap<string, number>): string[] {
    const newest = new Map<string, number>()
    for (const [key, time] of times)
      newest.set(familyOf(key), Math.max(time, newest.get(familyOf(key)) ?? time))
    return [...newest].sort((a, b) => b[1] - a[1]).map(([family]) => family)
  }

  async function forget(family: string, times: Map<string, number>): Promise<void> {
    for (const key of [...times.keys()])
      if (familyOf(key) === family) {
        await records.delete(key)
        times.delete(key)
      }
  }

  /** Makes room by forgetting the oldest other trainings where the browser stores no more. */
  async function putWithRoom(record: CheckpointRecord, times: Map<string, number>): Promise<number> {
    for (let forgotten = 0; ; forgotten++)
      try {
        await records.put(record)
        return forgotten
      } catch (thrown) {
        const oldest = families(times)
          .filter((family) => family !== familyOf(record.key))
          .at(-1)
        if (!isStorageFull(thrown) || oldest === undefined) throw thrown
        await forget(oldest, times)
      }
  }

  async function removeBoth(key: string): Promise<void> {
    const times = await knownAges()
    for (const slot of slotsOf(key)) {
      await records.delete(slot)
      times.delete(slot)
    }
  }

  return {
    get durable() {
      return records.durable
    },
    save: (key, step, checkpoint) =>
      inTurn(async () => {
        const times = await knownAges()
        const age = (slot: string) => times.get(slot) ?? -Infinity
        const [first, second] = slotsOf(key)
        const slot = age(first) <= age(second) ? first : second
        const savedAt = Math.max(now(), 1 + Math.max(0, ...times.values()))
        const sha256 = await sha256Hex(checkpoint)
        const forgotten = await putWithRoom({ key: slot, step, savedAt, checkpoint, sha256 }, times)
        times.set(slot, savedAt)
        for (const family of families(times).slice(keptTrainings)) await forget(family, times)
        return { forgotten }
      }),
    load: (key) =>
      inTurn(async () => {
        const slots = await Promise.all(slotsOf(key).map((slot) => records.get(slot)))
        const saved = slots.filter((record) => record !== undefined).sort((a, b) => b.savedAt - a.savedAt)
        for (const [i, { step, checkpoint, sha256 }] of saved.entries())
          if (sha256 === undefined || (await sha256Hex(checkpoint)) === sha256)
            return { step, checkpoint, ...(i > 0 && { damagedStep: saved[0].step }) }
        if (saved.length === 0) return null
        await removeBoth(key)
        throw new AppError(
          'model/corrupt',
          `What was saved of this training at step ${saved.map(({ step }) => step).join(' and ')} is damaged: its sha256 is another. Start the training anew.`,
        )
      }),
    remove: (key) => inTurn(() => removeBoth(key)),
  }
}

/** Checkpoints of this visit alone, where nothing can be damaged. */
export function createMemoryCheckpointStore(): CheckpointStore {
  const entries = new Map<string, SavedCheckpoint>()
  return {
    durable: false,
    save: async (key, step, checkpoint) => (entries.set(key, { step, checkpoint }), { forgotten: 0 }),
    load: async (key) => entries.get(key) ?? null,
    remove: async (key) => void entries.delete(key),
  }
}
