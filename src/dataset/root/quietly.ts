const silent = { log: () => {}, warn: () => {}, error: () => {} }
let loud: Pick<Console, 'log' | 'warn' | 'error'> = silent
let running = 0

/** Runs JSROOT, which writes what it finds odd to the console: where a command prints its answer, that would be part of it. */
export async function quietly<T>(run: () => T | Promise<T>): Promise<T> {
  if (running++ === 0) {
    const { log, warn, error } = console
    loud = { log, warn, error }
    Object.assign(console, silent)
  }
  try {
    return await run()
  } finally {
    if (--running === 0) Object.assign(console, loud)
  }
}
