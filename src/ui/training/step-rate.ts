/** Steps of a training against the page's clock. */
export interface StepSample {
  step: number
  timeMs: number
}

/** The rate is that of the last few seconds. */
const windowMs = 5000

/**
 * Adds what was seen now. A clock or step that went back, or a silence longer than the window (a hidden tab, a
 * sleeping laptop), begins anew, so that it does not count as slowness.
 */
export function withSample(samples: readonly StepSample[], now: StepSample): StepSample[] {
  const last = samples.at(-1)
  if (!last || now.step < last.step || now.timeMs < last.timeMs || now.timeMs - last.timeMs > windowMs)
    return [now]
  return [...samples.filter(({ timeMs }) => now.timeMs - timeMs <= windowMs), now]
}

/** Wall time of a step [ms], evaluations included; null before two samples differ. */
export function msPerStep(samples: readonly StepSample[]): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.step <= first.step) return null
  return (last.timeMs - first.timeMs) / (last.step - first.step)
}

/** "about 40 s left", in words that do not promise more than is known. */
export function timeLeft(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return 'a few seconds left'
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s left`
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min left`
  return `about ${Math.round(seconds / 3600)} h left`
}
