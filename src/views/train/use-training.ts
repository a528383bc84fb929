import { use, useMemo, useSyncExternalStore } from 'react'
import type { TrainingRun } from '../../state/app-state.ts'
import type { Store } from '../../state/create-app-store.ts'
import type { TrainingActions } from '../../state/training-actions.ts'
import { useApp } from '../app-context.tsx'
import { msPerStep, withSample, type StepSample } from './step-rate.ts'

/** Suspends while the code of the actions is on its way. */
export function useTrainingActions(): TrainingActions {
  return use(useApp().openTraining())
}

export interface SampledTraining {
  run: TrainingRun
  /** Wall time of a step [ms]; null while it is not known. */
  wallMsPerStep: number | null
}

/**
 * The training as often as a person can read it: steps come at up to a thousand a second. What a person did, and
 * every new picture of the map, shows at once.
 */
export function useTraining(intervalMs = 150): SampledTraining {
  const { store } = useApp()
  const source = useMemo(() => sampledTraining(store, intervalMs), [store, intervalMs])
  return useSyncExternalStore(source.subscribe, source.get)
}

export function sampledTraining(store: Store, intervalMs: number) {
  let samples: StepSample[] = []
  let shown: SampledTraining = { run: store.getState().training, wallMsPerStep: null }

  function take(): void {
    const run = store.getState().training
    if (run === shown.run) return
    samples =
      run.status === 'running' ? withSample(samples, { step: run.step, timeMs: performance.now() }) : []
    shown = { run, wallMsPerStep: msPerStep(samples) }
  }

  return {
    get: () => shown,
    subscribe(notify: () => void): () => void {
      let timer: ReturnType<typeof setTimeout> | undefined
      const show = () => {
        clearTimeout(timer)
        timer = undefined
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
            now.backend !== before.backend
          if (urgent) show()
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
