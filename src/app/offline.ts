import type { KeepRequest } from '../workers/offline-cache.ts'

/** Room for the first dots before the copies for the next visit are fetched. */
const quietMs = 5000

/**
 * Keeps the app and the data it has read for visits without a network. Does nothing where the browser has no service
 * worker, or where the visitor asked to save data.
 *
 * @param script  offline.js beside index.html: a service worker only sees what lies below it
 */
export function startOffline(script: string): void {
  const { serviceWorker } = navigator
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  if (!serviceWorker || connection?.saveData) return
  const begin = async (): Promise<void> => {
    await serviceWorker.register(script)
    const { active } = await serviceWorker.ready
    const read = performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((url) => /\/data\//.test(url))
    active?.postMessage({ kind: 'keep', urls: [...new Set(read)] } satisfies KeepRequest)
  }
  // Private windows and full disks refuse: the page works without.
  setTimeout(() => void begin().catch(() => undefined), quietMs)
}
