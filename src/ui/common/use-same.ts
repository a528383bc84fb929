import { useState } from 'react'

/**
 * The value of before as long as the new one says the same, so that what is memoised on it stands still: a list that
 * is made anew at every render, a place whose coordinates a slider leaves alone.
 */
export function useSame<T>(next: T, equal: (before: T, next: T) => boolean): T {
  const [kept, keep] = useState(next)
  if (Object.is(kept, next) || equal(kept, next)) return kept
  keep(() => next)
  return next
}

/** Same items in the same order, each by identity. */
export function sameItems(before: readonly unknown[], next: readonly unknown[]): boolean {
  return before.length === next.length && before.every((item, i) => Object.is(item, next[i]))
}
