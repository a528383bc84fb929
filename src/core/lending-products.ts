import type { ProductStore, ProductTypes } from './product-store.ts'

/**
 * Products of this browser, and before them those of an opened bundle: these are at hand for this visit and are never stored among what
 * this browser has made itself, where a later visit would take them for its own.
 */
export interface LendingProducts<T extends ProductTypes> extends ProductStore<T> {
  lend<K extends keyof T & string>(kind: K, key: string, value: T[K]): void
}

export function lendingProducts<T extends ProductTypes>(store: ProductStore<T>): LendingProducts<T> {
  const lent = new Map<string, object>()
  const named = (kind: keyof T & string, key: string): string => `${kind}/${key}`
  return {
    get durable() {
      return store.durable
    },
    lend: (kind, key, value) => void lent.set(named(kind, key), value),
    async get<K extends keyof T & string>(kind: K, key: string) {
      // What lies under a kind was lent as that kind.
      return (lent.get(named(kind, key)) as T[K] | undefined) ?? store.get(kind, key)
    },
    put(kind, key, value) {
      lent.delete(named(kind, key)) // made here since
      return store.put(kind, key, value)
    },
    remove(kind, key) {
      lent.delete(named(kind, key))
      return store.remove(kind, key)
    },
  }
}
