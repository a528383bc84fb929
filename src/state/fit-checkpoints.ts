import { AppError } from '../errors.ts'
import type { Actions } from './actions.ts'
import type { CheckpointStore } from './checkpoint-store.ts'

/** A checkpoint that does not fit is no reason to fail: the run begins anew. */
const refusals: readonly string[] = ['model/mismatch', 'model/corrupt', 'data/mismatch', 'data/corrupt']

export type FitCheckpoints = ReturnType<typeof createFitCheckpoints>

/** Checkpoints of networks and nested runs: a store that fails costs the safety, never the run. */
export function createFitCheckpoints(store: CheckpointStore, actions: Pick<Actions, 'notify'>) {
  let toldUnsaved = false
  const load = (key: string) => store.load(key).catch(() => null)
  const remove = (key: string) => store.remove(key).catch(() => undefined)

  return {
    load,
    remove,
    save(key: string, step: number, checkpoint: Uint8Array): void {
      store.save(key, step, checkpoint).catch((thrown: unknown) => {
        if (toldUnsaved) return
        toldUnsaved = true
        actions.notify(
          'warning',
          `A checkpoint was not saved (${AppError.from(thrown).message}); the run goes on in memory.`,
        )
      })
    },
    /** Runs from a checkpoint if there is one, anew if it does not fit. */
    async resumable<T>(key: string, run: (resumeFrom?: Uint8Array) => Promise<T>): Promise<T> {
      const checkpoint = (await load(key))?.checkpoint
      if (!checkpoint) return run()
      try {
        return await run(checkpoint)
      } catch (thrown) {
        if (!refusals.includes(AppError.from(thrown).code)) throw thrown
        await remove(key)
        return run()
      }
    },
  }
}
