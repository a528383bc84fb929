import { AppError } from '../../../errors.ts'
import type { CheckpointStore } from '../../../core/checkpoint-store.ts'
import { forgottenTrainings } from '../../../core/forgotten-trainings.ts'
import type { WorkMeter } from '../../../core/work-meter.ts'
import type { TopPairContext } from '../model.ts'

/** A checkpoint that does not fit is no reason to fail: the run begins anew. */
const refusals: readonly string[] = ['model/mismatch', 'model/corrupt', 'data/mismatch', 'data/corrupt']

export type FitCheckpoints = ReturnType<typeof createFitCheckpoints>

/** Checkpoints of networks and nested runs: a store that fails costs the safety, never the run. */
export function createFitCheckpoints(
  store: CheckpointStore,
  { notify, notSaved }: Pick<TopPairContext, 'notify' | 'notSaved'>,
  meter: Pick<WorkMeter, 'saved'>,
) {
  let toldUnsaved = false
  /** The one that is furthest on: runs of one key are the same to the bit. */
  const load = async (key: string) => {
    const found = await store.load(key).catch(() => null)
    return found?.further ?? found
  }
  const remove = (key: string) => store.remove(key).catch(() => undefined)

  return {
    load,
    remove,
    save(key: string, step: number, checkpoint: Uint8Array): void {
      const saved = ({ forgotten }: { forgotten: number }) => {
        if (forgotten > 0) notify('info', forgottenTrainings(forgotten))
        if (store.durable) meter.saved()
      }
      store.save(key, step, checkpoint).then(saved, (thrown: unknown) => {
        if (toldUnsaved) return
        toldUnsaved = true
        notSaved(`A checkpoint was not saved (${AppError.from(thrown).message}); the run goes on in memory.`)
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
