import type { Make, Product } from './product.ts'
import type { SeenState, StudyStore } from './study-store.ts'

/** What is to be made of a state. */
export interface Wanted<T> {
  /** Names all that decides it; null wants nothing. */
  key: string | null
  make: Make<T>
}

/**
 * One effect, one job: makes what the state wants now, and again whenever its key changes. The latest wins.
 *
 * @returns ends it
 */
export function keepMade<I extends object, S extends object, T>(
  store: StudyStore<I, S>,
  product: Product<T>,
  label: string,
  want: (state: SeenState<I, S>) => Wanted<T>,
): () => void {
  function ask(): void {
    const { key, make } = want(store.getState())
    if (key === null) product.clear()
    else void product.ensure(key, label, make)
  }
  const stop = store.subscribe((state) => want(state).key, ask)
  ask()
  return () => {
    stop()
    product.cancel()
  }
}
