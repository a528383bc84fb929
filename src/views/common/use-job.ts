import { useCallback, useEffect, useState } from 'react'
import { AppError } from '../../errors.ts'
import { failed, idle, ready, running, type Loadable } from '../../state/loadable.ts'

/**
 * The answer to a question that a worker works on, asked again whenever `ask` changes: keep its identity with
 * useCallback, null asks nothing and is idle. While a newer answer is made, and where it fails, the last good one
 * stays as the value: put into it what it is about, or it will be told of the new question. Leaving the view cancels.
 */
export function useJob<T>(
  label: string,
  ask: ((watch: { signal: AbortSignal; onProgress: (fraction: number) => void }) => Promise<T>) | null,
): { result: Loadable<T>; retry: () => void } {
  const [attempt, setAttempt] = useState(0)
  const [told, setTold] = useState<{ of: unknown; attempt: number; result: Loadable<T> }>({
    ...{ of: null, attempt: 0 },
    result: idle,
  })

  useEffect(() => {
    if (!ask) return
    const abort = new AbortController()
    const tell = (next: (old: Loadable<T>) => Loadable<T>) => {
      if (!abort.signal.aborted) setTold((old) => ({ of: ask, attempt, result: next(old.result) }))
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

  // What was told of another question, or before a retry, is no answer to this one.
  const isAnswer = told.of === ask && told.attempt === attempt
  return {
    result: !ask ? idle : isAnswer ? told.result : running(told.result, label),
    retry: useCallback(() => setAttempt((count) => count + 1), []),
  }
}
