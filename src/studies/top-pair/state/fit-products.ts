import { AppError } from '../../../errors.ts'
import type { LendingProducts } from '../../../core/lending-products.ts'
import type { Place } from '../../../core/product.ts'
import type { TopPairContext } from '../model.ts'
import type { FitProductTypes } from './products.ts'

export type FitProducts = ReturnType<typeof createFitProducts>

/** Products of fits across visits: a store that fails costs the next visit, never the run. */
export function createFitProducts(
  store: LendingProducts<FitProductTypes>,
  { notSaved }: Pick<TopPairContext, 'notSaved'>,
) {
  let toldUnsaved = false
  let pending = 0

  async function put<K extends keyof FitProductTypes>(
    kind: K,
    key: string,
    value: FitProductTypes[K],
  ): Promise<void> {
    pending++
    try {
      await store.put(kind, key, value)
    } catch (thrown) {
      if (!toldUnsaved)
        notSaved(
          `A result was not saved (${AppError.from(thrown).message}): it is gone when the page is closed. Export it to keep it.`,
        )
      toldUnsaved = true
    } finally {
      pending--
    }
  }

  return {
    at: <K extends keyof FitProductTypes>(kind: K, key: string): Place<FitProductTypes[K]> => ({
      find: () => store.get(kind, key).catch(() => null),
      keep: (value) => void put(kind, key, value),
    }),
    /** One of an opened bundle, for this visit. */
    lend: <K extends keyof FitProductTypes>(kind: K, key: string, value: FitProductTypes[K]) =>
      store.lend(kind, key, value),
    remove: (kind: keyof FitProductTypes, key: string) => store.remove(kind, key).catch(() => undefined),
    /** Whether everything that was made lies in a store that lasts. */
    get safe(): boolean {
      return store.durable && !toldUnsaved && pending === 0
    },
  }
}
