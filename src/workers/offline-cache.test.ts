import { describe, expect, it } from 'vitest'
import { answer, keepWhole, type KeptFiles } from './offline-cache.ts'

const site = 'https://example.org/sub/'

/** Like the browser's, what is kept can be read again and again. */
function keptFiles(files: Record<string, string> = {}): KeptFiles & { urls: () => string[] } {
  const all = new Map<string, { text: string; headers: Headers }>()
  for (const [file, text] of Object.entries(files)) all.set(site + file, { text, headers: new Headers() })
  return {
    match: (url) => {
      const found = all.get(url)
      return Promise.resolve(found && new Response(found.text, { headers: found.headers }))
    },
    put: async (url, response) =>
      void all.set(url, { text: await response.text(), headers: response.headers }),
    urls: () => [...all.keys()],
  }
}

const offline = () => Promise.reject(new TypeError('Failed to fetch'))
const serves =
  (text: string, status = 200) =>
  () =>
    Promise.resolve(new Response(text, { status }))

async function ask(
  file: string,
  kept: KeptFiles,
  network: () => Promise<Response>,
  init?: RequestInit,
): Promise<Response> {
  const writing: Promise<unknown>[] = []
  const response = await answer(new Request(site + file, init), kept, network, (p) => writing.push(p))
  await Promise.all(writing)
  return response
}

describe('answers to the page', () => {
  it('are the network’s while there is one, and kept for when there is none', async () => {
    const kept = keptFiles({ 'data/manifest.json': 'old' })
    expect(await (await ask('data/manifest.json', kept, serves('new'))).text()).toBe('new')
    expect(await (await ask('data/manifest.json', kept, offline)).text()).toBe('new')
  })

  it('come from what is kept for files named by their content', async () => {
    const kept = keptFiles({ 'assets/main-B3x_-f9a.js': 'kept' })
    expect(await (await ask('assets/main-B3x_-f9a.js', kept, serves('never asked'))).text()).toBe('kept')
    expect(await (await ask('assets/main-C3x_-f9a.js', kept, serves('asked'))).text()).toBe('asked')
  })

  it('are one page for all hashes', async () => {
    const kept = keptFiles()
    await ask('#view=fit', kept, serves('page'))
    expect(await (await ask('#view=train', kept, offline)).text()).toBe('page')
    expect(kept.urls()).toEqual([site])
  })

  it('keep no parts and no refusals', async () => {
    const kept = keptFiles()
    await ask('data/rows.npy', kept, serves('ab', 206), { headers: { range: 'bytes=0-1' } })
    await ask('data/gone.npy', kept, serves('not found', 404))
    expect(kept.urls()).toEqual([])
    await expect(ask('data/rows.npy', kept, offline)).rejects.toThrow('Failed to fetch')
  })

  it.each([
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/8'],
    ['bytes=6-', 206, 'gh', 'bytes 6-7/8'],
    ['bytes=6-99', 206, 'gh', 'bytes 6-7/8'],
    ['bytes=8-9', 416, '', 'bytes */8'],
    ['bytes=-3', 416, '', 'bytes */8'],
  ])('cut %s out of a kept file', async (range, status, text, told) => {
    const kept = keptFiles({ 'data/rows.npy': 'abcdefgh' })
    const response = await ask('data/rows.npy', kept, offline, { headers: { range } })
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(text)
    expect(response.headers.get('content-range')).toBe(told)
  })

  it('survive a full disk', async () => {
    const kept = { ...keptFiles(), put: () => Promise.reject(new Error('QuotaExceededError')) }
    expect(await (await ask('data/manifest.json', kept, serves('new'))).text()).toBe('new')
  })
})

it('whole copies are fetched once, and one that fails does not stop the others', async () => {
  const kept = keptFiles({ 'data/a': 'kept' })
  const asked: string[] = []
  await keepWhole(
    ['data/a', 'data/b', 'data/c'].map((file) => site + file),
    kept,
    (url) => {
      asked.push(url.slice(site.length))
      return url.endsWith('b') ? offline() : Promise.resolve(new Response('new'))
    },
  )
  expect(asked).toEqual(['data/b', 'data/c'])
  expect(kept.urls()).toEqual([site + 'data/a', site + 'data/c'])
})
