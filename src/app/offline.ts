import type { Store } from '../state/create-app-store.ts'
import type { KeepRequest } from '../workers/offline-cache.ts'

/**
 * Keeps the app, and every dataset that has been opened, for visits without a network. Begins when the first dataset is
 * complete, so that it competes with nothing. Does nothing where the browser has no service worker, or where the visitor
 * asked to save data.
 *
 * @param script  offline.js beside index.html: a service worker only sees what lies below it
 */
export function startOffline(store: Store, script: string): void {
  const { serviceWorker } = navigator
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  if (!serviceWorker || connection?.saveData) return
  const keep = async (manifestUrl: string): Promise<void> => {
    await serviceWorker.register(script)
    const { active } = await serviceWorker.ready
    active?.postMessage({ kind: 'keep', folder: new URL('.', manifestUrl).href } satisfies KeepRequest)
  }
  store.subscribe(
    ({ dataset, intent, catalogue }) =>
      dataset.status === 'ready' ? catalogue.datasets.find(({ id }) => id === intent.dataset) : undefined,
    (opened) => {
      // Private windows and full disks refuse: the page works without.
      if (opened) keep(opened.manifestUrl).catch(() => undefined)
    },
  )
}
