import { useMemo, useSyncExternalStore } from 'react'
import type { TopPairStore } from '../model.ts'
import type { FitActions } from '../state/fit-actions.ts'
import type { FitState } from '../state/fit-state.ts'
import { useTopPair } from './context.tsx'

export function useFitActions(): FitActions {
  return useTopPair().fit
}

/**
 * A part of the fit as often as a person can read it: workers report far more often.
 *
 * @param select  the same function at every render
 */
export function useFit<T>(select: (fit: FitState) => T, intervalMs = 200): T {
  const { store } = useTopPair()
  const source = useMemo(() => sampledFit(store, select, intervalMs), [store, select, intervalMs])
  return useSyncExternalStore(source.subscribe, source.get)
}

export function sampledFit<T>(store: TopPairStore, select: (fit: FitState) => T, intervalMs: number) {
  let shown = select(store.getState().fit)
  return {
    get: () => shown,
    subscribe(notify: () => void): () => void {
      let timer: ReturnType<typeof setTimeout> | undefined
      let last = -Infinity
      const show = () => {
        clearTimeout(timer)
        timer = undefined
        last = performance.now()
        const now = select(store.getState().fit)
        if (now === shown) return
        shown = now
        notify()
      }
      const stop = store.subscribe(
        (state) => state.fit,
        (now, before) => {
          // What a person did shows at once.
          if (now.status !== before.status || performance.now() - last >= intervalMs) show()
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
