import type { Release, TabLocks } from '../tab-locks.ts'

/** One tab at a time trains a set-up: two would do the same work, and overwrite each other's checkpoints. */
export function createTrainingTurn(locks: TabLocks, tellBusy: () => void) {
  let held: { key: string; release: Release } | null = null
  let newest = 0
  let queue: Promise<unknown> = Promise.resolve()

  async function hold(key: string, turn: number): Promise<boolean> {
    if (turn !== newest) return false
    if (held?.key === key) return true
    const release = await locks.tryTake(`training/${key}`)
    if (!release) {
      tellBusy()
      return false
    }
    await held?.release()
    held = { key, release }
    if (turn === newest) return true
    await end()
    return false
  }

  async function end(): Promise<void> {
    const { release } = held ?? {}
    held = null
    await release?.()
  }

  return {
    /**
     * Takes the turn of a training and gives back that of another one.
     *
     * @returns false where somebody else has it, which is told, or where a later call overtook this one
     */
    take(key: string): Promise<boolean> {
      const turn = ++newest
      const taken = queue.then(() => hold(key, turn))
      queue = taken.catch(() => undefined)
      return taken
    },
    /** Somebody else may go on with it, once what was reached is stored. */
    end(stored: Promise<unknown> = Promise.resolve()): void {
      newest++
      queue = queue.then(() => stored).then(end)
    },
  }
}

export type TrainingTurn = ReturnType<typeof createTrainingTurn>
