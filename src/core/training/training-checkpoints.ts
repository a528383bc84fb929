import { AppError } from '../../errors.ts'
import type { CheckpointStore, SavedCheckpoint } from '../checkpoint-store.ts'
import { forgottenTrainings } from '../forgotten-trainings.ts'
import type { StudyContext } from '../study.ts'
import type { WorkMeter } from '../work-meter.ts'

interface CheckpointPorts extends Pick<StudyContext, 'notify' | 'notSaved'> {
  readonly checkpoints: CheckpointStore
  /** Told of what is stored. */
  readonly meter: WorkMeter
}

/** Saves and finds checkpoints of trainings; what goes wrong is told, and stops no training. */
export function createTrainingCheckpoints({ checkpoints, meter, notify, notSaved }: CheckpointPorts) {
  let toldUnsaved = false
  /** Trainings whose damaged checkpoint was told of. */
  const toldDamaged = new Set<string>()
  /** Step that this tab last saved or read, by training. */
  const known = new Map<string, number>()
  /** Checkpoints on their way to the store. */
  const pending = new Set<Promise<void>>()

  async function save(key: string, step: number, checkpoint: Uint8Array): Promise<void> {
    try {
      const { forgotten } = await checkpoints.save(key, step, checkpoint)
      known.set(key, step)
      if (checkpoints.durable) meter.saved()
      if (forgotten > 0) notify('info', forgottenTrainings(forgotten))
    } catch (thrown) {
      if (toldUnsaved) return
      toldUnsaved = true
      notSaved(
        `The checkpoint of step ${step} was not saved (${AppError.from(thrown).message}); training goes on in memory.`,
      )
    }
  }

  return {
    /** A training begins: what cannot be saved of it is told once. */
    begin(): void {
      toldUnsaved = false
    },
    async save(key: string, step: number, checkpoint: Uint8Array): Promise<void> {
      const saving = save(key, step, checkpoint)
      pending.add(saving)
      await saving
      pending.delete(saving)
    },
    /** When nothing is on its way to the store any more. */
    async stored(): Promise<void> {
      await Promise.all(pending)
    },
    /** What another tab saved of the training since this one saved or read it. */
    async madeElsewhere(key: string): Promise<SavedCheckpoint | null> {
      const saved = await checkpoints.load(key).catch(() => null)
      return saved && saved.step !== known.get(key) ? saved : null
    },
    /** What an earlier visit saved; null where that is nothing, or damaged. */
    async load(key: string): Promise<SavedCheckpoint | null> {
      try {
        const found = await checkpoints.load(key)
        if (found) known.set(key, found.step)
        if (found?.damagedStep !== undefined && !toldDamaged.has(key)) {
          toldDamaged.add(key)
          notify(
            'warning',
            `The checkpoint of step ${found.damagedStep} is damaged; the one of step ${found.step} before it is intact.`,
          )
        }
        return found
      } catch (thrown) {
        notify('warning', AppError.from(thrown).message)
        return null
      }
    },
  }
}

export type TrainingCheckpoints = ReturnType<typeof createTrainingCheckpoints>
