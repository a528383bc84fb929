import { AppError } from '../errors.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { isStorageFull, type RecordStore } from './record-store.ts'

export interface SavedCheckpoint {
  step: number
  checkpoint: Uint8Array
  /** Step of a newer checkpoint that was saved too, but is damaged. */
  damagedStep?: number
  /** A checkpoint saved earlier that is further on: the training was begun again, or went on from an earlier step. */
  further?: { step: number; checkpoint: Uint8Array }
}

/** Checkpoints of trainings, kept across visits where the browser allows it. */
export interface CheckpointStore {
  /**
   * Adds the training's newest checkpoint. The one before it is kept, in case this one is damaged one day; but a step
   * that is further on than this one is never given up for it, whichever tab saved it.
   *
   * @returns how many older trainings were forgotten because the browser stores no more, or because there are too many
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

/** Records of a training: its furthest two checkpoints, or the furthest and the newest. */
const slotsOf = (key: string): [string, string] => [key, `${key}#~`]

async function isIntact({ checkpoint, sha256 }: CheckpointRecord): Promise<boolean> {
  return sha256 === undefined || (await sha256Hex(checkpoint)) === sha256
}

/** Which of two records a checkpoint of this step replaces: the one less far, of equal ones the older. */
async function leastWorth(saved: (CheckpointRecord | undefined)[], step: number): Promise<0 | 1> {
  const [a, b] = await Promise.all(
    saved.map(async (record) => {
      if (!record) return { step: -1, savedAt: 0 }
      // Only what would outlive a newer one is worth reading whole.
      return record.step > step && !(await isIntact(record)) ? { step: -1, savedAt: 0 } : record
    }),
  )
  return a.step < b.step || (a.step === b.step && a.savedAt <= b.savedAt) ? 0 : 1
}

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
        // Read each time: another tab may have saved meanwhile.
        const saved = await Promise.all(slotsOf(key).map((slot) => records.get(slot)))
        const slot = slotsOf(key)[await leastWorth(saved, step)]
        const others = saved.map((record) => record?.savedAt ?? 0)
        const savedAt = Math.max(now(), 1 + Math.max(0, ...times.values(), ...others))
        const sha256 = await sha256Hex(checkpoint)
        const forgotten = await putWithRoom({ key: slot, step, savedAt, checkpoint, sha256 }, times)
        times.set(slot, savedAt)
        const old = families(times).slice(keptTrainings)
        for (const family of old) await forget(family, times)
        return { forgotten: forgotten + old.length }
      }),
    load: (key) =>
      inTurn(async () => {
        const slots = await Promise.all(slotsOf(key).map((slot) => records.get(slot)))
        const saved = slots.filter((record) => record !== undefined).sort((a, b) => b.savedAt - a.savedAt)
        for (const [i, record] of saved.entries()) {
          if (!(await isIntact(record))) continue
          const { step, checkpoint } = record
          if (i > 0) return { step, checkpoint, damagedStep: saved[0].step }
          const before = saved.at(1)
          const further = before && before.step > step && (await isIntact(before))
          return {
            ...{ step, checkpoint },
            ...(further && { further: { step: before.step, checkpoint: before.checkpoint } }),
          }
        }
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
