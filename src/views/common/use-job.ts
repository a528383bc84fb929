import { useCallback, useEffect, useState } from 'react'
import { AppError } from '../../errors.ts'
import { failed, idle, ready, running, type Loadable } from '../../state/loadable.ts'

/**
 * The answer to a question that a worker works on, asked again whenever `ask` changes: keep its identity with
 * useCallback, null asks nothing. The last good answer stays while a newer one is made; leaving the view cancels.
 */
export function useJob<T>(
  label: string,
  ask: ((watch: { signal: AbortSignal; onProgress: (fraction: number) => void }) => Promise<T>) | null,
): { result: Loadable<T>; retry: () => void } {
  const [attempt, setAttempt] = useState(0)
  const [told, setTold] = useState<{ of: unknown; result: Loadable<T> }>({ of: null, result: idle })

  useEffect(() => {
    if (!ask) return
    const abort = new AbortController()
    const tell = (next: (old: Loadable<T>) => Loadable<T>) => {
      if (!abort.signal.aborted) setTold((old) => ({ of: ask, result: next(old.result) }))
    }
    ask({
      signal: abort.signal,
      onProgress: (fraction) => tell((old) => running(old, label, fraction)),
    }).then(
      (value) => tell(() => ready(value)),
      (thrown: unknown) => tell((old) => failed(old, AppError.from(thrown).toPlain())),
    )
    return () => abort.abort()
  }, [ask, label, attempt])

  return {
    result: told.of === ask || !ask ? told.result : running(told.result, label),
    retry: useCallback(() => setAttempt((count) => count + 1), []),
  }
}
