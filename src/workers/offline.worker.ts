import { answer, keepWhole, type KeepRequest, type OfflineCopy } from './offline-cache.ts'

/**
 * Filled in by the build: a digest of it, and the hashes of the files that every visit needs and of those of datasets, by
 * their paths from index.html.
 */
declare const __OFFLINE_BUILD__: {
  version: string
  files: Record<string, string>
  data: Record<string, string>
}

const worker = self as unknown as ServiceWorkerGlobalScope
const { version, files, data } = __OFFLINE_BUILD__
const { scope } = worker.registration
// Several copies of the app may lie on one host.
const prefix = `theoryscape ${scope} `
const name = prefix + version
const addressOf = (file: string): string => new URL(file, scope).href
const addressesOf = (hashes: Record<string, string>): string[] => Object.keys(hashes).map(addressOf)
const known = new Map(Object.entries({ ...files, ...data }).map(([file, hash]) => [addressOf(file), hash]))
/** Kept ones of earlier versions of this app, and of those whose caches did not name the copy. */
const isOld = (each: string): boolean =>
  (each.startsWith(prefix) && each !== name) || /^theoryscape-[0-9a-f]{16}$/.test(each)
/** What helps where all else is broken must not pass through here. */
const unanswered = new Set(['reset.html', 'reset.js', 'reset.css'].map(addressOf))

async function openCopy(): Promise<OfflineCopy> {
  return { kept: await caches.open(name), known, network: (input, init) => fetch(input, init) }
}

let opened: Promise<OfflineCopy | undefined> | undefined
/**
 * The copy that the installation made. Opening makes a cache that is not there, so this one is opened once at most: a copy
 * that reset.html has removed must not come back by a request that was under way.
 */
function existingCopy(): Promise<OfflineCopy | undefined> {
  opened ??= caches.has(name).then((is) => (is ? openCopy() : undefined))
  return opened
}

worker.addEventListener('install', (event) => {
  event.waitUntil(
    openCopy().then(async (copy) => {
      opened = Promise.resolve(copy)
      await keepWhole(addressesOf(files), copy)
      await worker.skipWaiting()
    }),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      await Promise.all(names.filter(isOld).map((each) => caches.delete(each)))
      await worker.clients.claim()
    }),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return
  if (unanswered.has(request.url.replace(/[?#].*$/, ''))) return
  event.respondWith(
    existingCopy().then((copy) =>
      copy ? answer(request, copy, (writing) => event.waitUntil(writing)) : fetch(request),
    ),
  )
})

worker.addEventListener('message', (event) => {
  const { kind, folder } = event.data as KeepRequest
  if (kind !== 'keep') return
  const urls = addressesOf(data).filter((url) => url.startsWith(folder))
  // With the app's own files, in case some came wrong at the installation.
  event.waitUntil(existingCopy().then((copy) => copy && keepWhole([...addressesOf(files), ...urls], copy)))
})
