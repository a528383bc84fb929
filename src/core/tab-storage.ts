/** What a tab remembers over its reloads; in memory where the browser blocks or refuses that. */
export function tabStorage(open: () => Storage): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const memory = new Map<string, string>()
  function attempt<T>(act: (storage: Storage) => T): T | undefined {
    try {
      return act(open())
    } catch {
      return undefined
    }
  }
  return {
    getItem: (name) => memory.get(name) ?? attempt((storage) => storage.getItem(name)) ?? null,
    setItem(name, value) {
      memory.set(name, value)
      attempt((storage) => storage.setItem(name, value))
    },
    removeItem(name) {
      memory.delete(name)
      attempt((storage) => storage.removeItem(name))
    },
  }
}
