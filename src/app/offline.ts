import type { AppStore } from '../core/app-store.ts'
import type { Study } from '../core/study.ts'
import type { KeepRequest } from '../workers/offline-cache.ts'

/**
 * Keeps the app, and every dataset that has been opened, for visits without a network. Begins when the first dataset is
 * complete, so that it competes with nothing. Does nothing where the browser has no service worker, or where the visitor
 * asked to save data.
 *
 * @param script  offline.js beside index.html: a service worker only sees what lies below it
 */
export function startOffline(store: AppStore, studies: readonly Study[], script: string): void {
  const { serviceWorker } = navigator
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  if (!serviceWorker || connection?.saveData) return
  const keep = async (manifestUrl: string): Promise<void> => {
    await serviceWorker.register(script)
    const { active } = await serviceWorker.ready
    active?.postMessage({
      kind: 'keep',
      folder: new URL('.', new URL(manifestUrl, document.baseURI)).href,
    } satisfies KeepRequest)
  }
  for (const { id, keepOffline } of studies)
    if (keepOffline)
      store.subscribe(
        ({ parts, intent }) => keepOffline(parts[id], intent.studies[id]),
        (manifestUrl) => {
          // Private windows and full disks refuse: the page works without.
          if (manifestUrl) keep(manifestUrl).catch(() => undefined)
        },
      )
}
