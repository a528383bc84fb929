import { AppError } from '../errors.ts'

/** Gives a lock back; resolves once another may have it. */
export type Release = () => Promise<void>

/** What only one tab of the browser may do at a time, by name. A tab that is closed or killed gives its locks back. */
export interface TabLocks {
  /** Null where it is held, by another tab or by this one. */
  tryTake(name: string): Promise<Release | null>
  /**
   * Waits until it is free.
   *
   * @param onWait  called where it is not free at once
   * @throws AppError 'job/cancelled' when aborted meanwhile
   */
  take(name: string, signal: AbortSignal, onWait: () => void): Promise<Release>
}

/**
 * Locks of the browser (Web Locks API). Where it has none (pages over plain http from anything but localhost), all are
 * free: the checkpoint store keeps the furthest step of a training in any case.
 */
export function createTabLocks(manager: LockManager | undefined): TabLocks {
  if (!manager) return { tryTake: async () => noRelease, take: async () => noRelease }

  function request(name: string, options: LockOptions): Promise<Release | null> {
    return new Promise((resolve, reject) => {
      const over = manager?.request(`theoryscape/${name}`, options, (lock) => {
        if (!lock) return resolve(null)
        return new Promise<void>((free) => {
          resolve(async () => {
            free()
            await over
          })
        })
      })
      over?.catch(reject)
    })
  }

  const tryTake = (name: string) => request(name, { ifAvailable: true })
  return {
    tryTake,
    async take(name, signal, onWait) {
      const free = signal.aborted ? null : await tryTake(name)
      if (free) return free
      if (!signal.aborted) onWait()
      try {
        const release = await request(name, { signal })
        if (release) return release
      } catch (thrown) {
        if (!signal.aborted) throw thrown
      }
      throw new AppError('job/cancelled', 'The job was cancelled while another tab had its turn.')
    },
  }
}

const noRelease: Release = () => Promise.resolve()
