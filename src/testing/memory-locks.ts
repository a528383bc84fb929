/** The Web Locks of one browser, shared by the "tabs" of a test: exclusive requests, first come first served. */
export function memoryLocks(): LockManager {
  const held = new Map<string, Promise<unknown>>()

  async function request(
    name: string,
    { ifAvailable, signal }: LockOptions,
    granted: (lock: Lock | null) => unknown,
  ): Promise<unknown> {
    signal?.throwIfAborted()
    if (ifAvailable && held.has(name)) return granted(null)
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    })
    aborted.catch(() => undefined)
    while (held.has(name)) await Promise.race([held.get(name), aborted])
    const work = Promise.resolve(granted({ name, mode: 'exclusive' }))
    const over = work.finally(() => held.delete(name))
    held.set(name, over)
    return over
  }
  return { request, query: () => Promise.resolve({}) } as LockManager
}
