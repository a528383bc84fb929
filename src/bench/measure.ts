/** Times of one piece of work. */
export interface Timing {
  median: number // ms
  min: number // ms
  /** Distance between the quartiles [ms]: half of all repetitions lie within. */
  spread: number
  /** Processor time of this process per repetition [ms]; on a busy machine it says more than the clock. */
  cpu?: number
  repetitions: number
}

export interface MeasureOptions {
  /** Repeats until this long has passed ... */
  seconds?: number
  /** ... and at least this often. */
  least?: number
  warmUps?: number
  /** Run before every repetition, not timed. */
  prepare?: () => unknown
}

/** Median, least and spread of a list of times [ms]. */
export function timingOf(times: readonly number[], cpu?: number): Timing {
  const sorted = [...times].sort((a, b) => a - b)
  const quantile = (q: number): number => {
    const at = q * (sorted.length - 1)
    const low = Math.floor(at)
    return sorted[low] + (at - low) * (sorted[Math.ceil(at)] - sorted[low])
  }
  return {
    median: quantile(0.5),
    min: sorted[0],
    spread: quantile(0.75) - quantile(0.25),
    cpu,
    repetitions: sorted.length,
  }
}

/** Warms up, then repeats. Asynchronous work is awaited. */
export async function measure(work: () => unknown, options: MeasureOptions = {}): Promise<Timing> {
  const { seconds = 1.5, least = 5, warmUps = 2, prepare } = options
  for (let i = 0; i < warmUps; i++) {
    await prepare?.()
    await work()
  }
  const times: number[] = []
  let cpu = 0
  const end = performance.now() + 1000 * seconds
  while (times.length < least || performance.now() < end) {
    await prepare?.()
    const used = process.cpuUsage()
    const start = performance.now()
    const result = work()
    if (result instanceof Promise) await result
    times.push(performance.now() - start)
    const { user, system } = process.cpuUsage(used)
    cpu += (user + system) / 1000
  }
  return timingOf(times, cpu / times.length)
}

/** The same for work of microseconds: each repetition runs it many times; the answer is per call. */
export async function measureShort(work: () => void, options: MeasureOptions = {}): Promise<Timing> {
  const aim = 5 // ms per repetition
  let calls = 1
  for (;;) {
    const start = performance.now()
    for (let i = 0; i < calls; i++) work()
    if (performance.now() - start > aim) break
    calls *= 2
  }
  const timing = await measure(() => {
    for (let i = 0; i < calls; i++) work()
  }, options)
  const { median, min, spread, cpu, repetitions } = timing
  return {
    median: median / calls,
    min: min / calls,
    spread: spread / calls,
    cpu: cpu && cpu / calls,
    repetitions: repetitions * calls,
  }
}
