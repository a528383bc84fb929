import { answer, keepWhole, type KeepRequest } from './offline-cache.ts'

/** Filled in by the build: a digest of all its files, those that every visit needs, and those of datasets. */
declare const __OFFLINE_BUILD__: { version: string; files: string[]; data: string[] }

const worker = self as unknown as ServiceWorkerGlobalScope
const { version, files, data } = __OFFLINE_BUILD__
const prefix = 'theoryscape-'
const name = prefix + version
const addressOf = (file: string): string => new URL(file, worker.registration.scope).href

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(name).then(async (kept) => {
      await keepWhole(files.map(addressOf), kept, (url) => fetch(url))
      await worker.skipWaiting()
    }),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      const old = names.filter((each) => each.startsWith(prefix) && each !== name)
      await Promise.all(old.map((each) => caches.delete(each)))
      await worker.clients.claim()
    }),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(worker.registration.scope)) return
  event.respondWith(
    caches.open(name).then((kept) => answer(request, kept, fetch, (writing) => event.waitUntil(writing))),
  )
})

worker.addEventListener('message', (event) => {
  const { kind, folder } = event.data as KeepRequest
  if (kind !== 'keep') return
  const urls = data.map(addressOf).filter((url) => url.startsWith(folder))
  event.waitUntil(caches.open(name).then((kept) => keepWhole(urls, kept, (url) => fetch(url))))
})
