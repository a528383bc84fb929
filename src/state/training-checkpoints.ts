import { AppError } from '../errors.ts'
import type { Actions } from './actions.ts'
import type { SavedCheckpoint } from './checkpoint-store.ts'
import type { Services } from './services.ts'

/** Saves and finds checkpoints of trainings; what goes wrong is told, and stops no training. */
export function createTrainingCheckpoints(
  { checkpoints, work }: Pick<Services, 'checkpoints' | 'work'>,
  actions: Pick<Actions, 'notify'>,
) {
  let toldUnsaved = false
  /** Trainings whose damaged checkpoint was told of. */
  const toldDamaged = new Set<string>()

  return {
    /** A training begins: what cannot be saved of it is told once. */
    begin(): void {
      toldUnsaved = false
    },
    async save(key: string, step: number, checkpoint: Uint8Array): Promise<void> {
      try {
        const { forgotten } = await checkpoints.save(key, step, checkpoint)
        if (checkpoints.durable) work.training.saved()
        if (forgotten > 0)
          actions.notify(
            'info',
            `This browser stores no more: what was saved of the oldest ${forgotten === 1 ? 'training' : `${forgotten} trainings`} made room.`,
          )
      } catch (thrown) {
        if (toldUnsaved) return
        toldUnsaved = true
        actions.notify(
          'warning',
          `The checkpoint of step ${step} was not saved (${AppError.from(thrown).message}); training goes on in memory.`,
        )
      }
    },
    /** What an earlier visit saved; null where that is nothing, or damaged. */
    async load(key: string): Promise<SavedCheckpoint | null> {
      try {
        const found = await checkpoints.load(key)
        if (found?.damagedStep !== undefined && !toldDamaged.has(key)) {
          toldDamaged.add(key)
          actions.notify(
            'warning',
            `The checkpoint of step ${found.damagedStep} is damaged; the one of step ${found.step} before it is intact.`,
          )
        }
        return found
      } catch (thrown) {
        actions.notify('warning', AppError.from(thrown).message)
        return null
      }
    },
  }
}
