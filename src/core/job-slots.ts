import { AppError } from '../errors.ts'

export interface JobSlots {
  /** Waits for a free slot; gives back what frees it. Rejects with 'job/cancelled' when the signal aborts. */
  take(signal: AbortSignal): Promise<() => void>
}

/** At most `size` jobs at a time, first come first served, so that each worker has one and the rest wait. */
export function createJobSlots(size: number): JobSlots {
  let free = Math.max(1, size)
  const waiting: (() => void)[] = []

  function release(): void {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  return {
    take(signal) {
      return new Promise((resolve, reject) => {
        const cancelled = () =>
          reject(new AppError('job/cancelled', 'The job was cancelled while it waited.'))
        if (signal.aborted) return cancelled()
        let held = true
        const grant = () => {
          signal.removeEventListener('abort', leave)
          resolve(() => {
            if (held) release()
            held = false
          })
        }
        const leave = () => {
          const at = waiting.indexOf(grant)
          if (at >= 0) waiting.splice(at, 1)
          cancelled()
        }
        signal.addEventListener('abort', leave, { once: true })
        if (free > 0) {
          free--
          grant()
        } else waiting.push(grant)
      })
    },
  }
}
