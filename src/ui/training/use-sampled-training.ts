import { useMemo, useSyncExternalStore } from 'react'
import { shownTraining, type TrainingRun } from '../../core/training/training-run.ts'
import { msPerStep, withSample, type StepSample } from './step-rate.ts'

/** A store that has a training; each study's own has. */
export interface TrainingSource<R extends TrainingRun> {
  getState(): { training: R }
  subscribe(selector: (state: { training: R }) => R, listener: (now: R, before: R) => void): () => void
}

export interface SampledTraining<R extends TrainingRun = TrainingRun> {
  run: R
  /** Wall time of a step [ms]; null while it is not known. */
  wallMsPerStep: number | null
}

/**
 * The training as often as a person can read it, or the recorded one that stands in for it: steps come at up to a thousand a second. What a person did, and
 * every new picture of the map, shows at once.
 */
export function useSampledTraining<R extends TrainingRun>(
  store: TrainingSource<R>,
  intervalMs = 150,
): SampledTraining<R> {
  const source = useMemo(() => sampledTraining(store, intervalMs), [store, intervalMs])
  return useSyncExternalStore(source.subscribe, source.get)
}

function sampledTraining<R extends TrainingRun>(store: TrainingSource<R>, intervalMs: number) {
  let samples: StepSample[] = []
  let seen = store.getState().training
  let shown: SampledTraining<R> = { run: shownTraining(seen), wallMsPerStep: null }

  function take(): void {
    const run = store.getState().training
    if (run === seen) return
    seen = run
    samples =
      run.status === 'running' ? withSample(samples, { step: run.step, timeMs: performance.now() }) : []
    shown = { run: shownTraining(run), wallMsPerStep: msPerStep(samples) }
  }

  return {
    get: () => shown,
    subscribe(notify: () => void): () => void {
      let timer: ReturnType<typeof setTimeout> | undefined
      let last = -Infinity
      const show = () => {
        clearTimeout(timer)
        timer = undefined
        last = performance.now()
        take()
        notify()
      }
      const stop = store.subscribe(
        (state) => state.training,
        (now, before) => {
          const urgent =
            now.status !== before.status ||
            now.shown !== before.shown ||
            now.moments !== before.moments ||
            now.resumable !== before.resumable ||
            now.backend !== before.backend ||
            now.recorded !== before.recorded
          // By the clock first: a page that is busy may let a timer wait.
          if (urgent || performance.now() - last >= intervalMs) show()
          else timer ??= setTimeout(show, intervalMs)
        },
      )
      show()
      return () => {
        clearTimeout(timer)
        stop()
      }
    },
  }
}
