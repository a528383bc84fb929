import type { RunProgress } from './checkpoint-file.ts'

/** Between two lines [ms]. */
const pace = 2000

/** Lines on long work: done of total, rate and time left, one every two seconds. */
export function createProgressLines(
  log: (line: string) => void,
  clock: () => number = () => performance.now(),
): (progress: RunProgress) => void {
  let shown = clock()
  let begun: { progress: RunProgress; at: number } | null = null
  return (progress) => {
    const now = clock()
    if (begun?.progress.unit !== progress.unit || begun.progress.part !== progress.part)
      begun = { progress, at: now }
    if (now - shown < pace) return
    shown = now
    log(progressLine(progress, (1000 * (progress.done - begun.progress.done)) / (now - begun.at)))
  }
}

/** @param rate  units per second, of this run */
export function progressLine({ done, total, unit, part }: RunProgress, rate: number): string {
  const share = `${Math.floor((100 * done) / total)} %`
  const shares = unit === 'percent'
  const head = `${part === undefined ? '' : `${part}: `}${shares ? share : `${unit} ${done}/${total} (${share})`}`
  if (!(rate > 0 && Number.isFinite(rate))) return head
  if (shares) return `${head}, ${duration((total - done) / rate)} left`
  const shown = rate >= 100 ? String(Math.round(rate)) : rate.toPrecision(3)
  return `${head}, ${shown} ${unit}s/s, ${duration((total - done) / rate)} left`
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 100) return `${whole} s`
  const minutes = Math.ceil(whole / 60)
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
