import { readFileSync } from 'node:fs'

/** Of the scheduler of Linux: time on the processor [ns], time of waiting, time slices. */
const ofThisThread = '/proc/thread-self/schedstat'

/**
 * Processor time so far [ms], of this thread alone where Linux tells it, else of the whole process: unlike a clock it does
 * not run on while other programs have the machine, and of a thread not while others of the same tests are at work.
 */
export function processorMs(): number {
  try {
    const time = Number(readFileSync(ofThisThread, 'latin1').split(' ')[0])
    if (time > 0) return time / 1e6
  } catch {
    // not Linux, or built without the scheduler's statistics
  }
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
