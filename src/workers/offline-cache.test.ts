import { describe, expect, it } from 'vitest'
import { answer, keepWhole, type KeptFiles, type KnownFiles, type OfflineCopy } from './offline-cache.ts'

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

const offline: OfflineCopy['network'] = () => Promise.reject(new TypeError('Failed to fetch'))

const hashOf = async (bytes: ArrayBuffer): Promise<string> =>
  `sha256-${Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64')}`

/** A network that compares hashes as a browser's fetch does. */
function serves(text: string, status = 200, type = 'text/javascript; charset=utf-8'): OfflineCopy['network'] {
  return async (_input, init) => {
    const response = new Response(text, { status, headers: { 'content-type': type } })
    const found = await hashOf(await response.clone().arrayBuffer())
    if (init?.integrity && init.integrity !== found) throw new TypeError('Failed integrity')
    return response
  }
}
const html = (text: string) => serves(text, 200, 'text/html; charset=utf-8')

/** A build in which each of these files has this text. */
async function build(text: string, ...files: string[]): Promise<KnownFiles> {
  const hash = await hashOf(new TextEncoder().encode(text).buffer)
  return new Map(files.map((file) => [site + file, hash]))
}

async function ask(file: string, copy: OfflineCopy, init?: RequestInit): Promise<Response> {
  const writing: Promise<unknown>[] = []
  const response = await answer(new Request(site + file, init), copy, (p) => writing.push(p))
  await Promise.all(writing)
  return response
}

const script = 'assets/main-B3x_-f9a.js'

describe('answers to the page', () => {
  it('are the network’s while there is one, and kept for when there is none', async () => {
    const copy = { kept: keptFiles(), known: await build('{}', 'data/manifest.json') }
    const network = serves('{}', 200, 'application/json')
    expect(await (await ask('data/manifest.json', { ...copy, network })).text()).toBe('{}')
    expect(await (await ask('data/manifest.json', { ...copy, network: offline })).text()).toBe('{}')
  })

  it('are those of a newer build, which is not kept among the files of this one', async () => {
    const known = await build('old', 'data/manifest.json')
    const kept = keptFiles({ 'data/manifest.json': 'old' })
    const network = serves('new', 200, 'application/json')
    expect(await (await ask('data/manifest.json', { kept, known, network })).text()).toBe('new')
    expect(await (await ask('data/manifest.json', { kept, known, network: offline })).text()).toBe('old')
  })

  it('come from what is kept for files named by their content', async () => {
    const copy = { kept: keptFiles({ [script]: 'kept' }), known: await build('kept', script) }
    expect(await (await ask(script, { ...copy, network: serves('never asked') })).text()).toBe('kept')
    const other = 'assets/main-C3x_-f9a.js'
    expect(await (await ask(other, { ...copy, network: serves('asked') })).text()).toBe('asked')
  })

  it('are one page for all hashes', async () => {
    const kept = keptFiles()
    const known = await build('page', '')
    await ask('#view=fit', { kept, known, network: html('page') })
    expect(await (await ask('#view=train', { kept, known, network: offline })).text()).toBe('page')
    expect(kept.urls()).toEqual([site])
  })

  it('keep no parts, no refusals and nothing that is not of this build', async () => {
    const kept = keptFiles()
    const known = await build('ab', 'data/rows.npy', 'data/gone.npy')
    const headers = { range: 'bytes=0-1' }
    await ask('data/rows.npy', { kept, known, network: serves('ab', 206) }, { headers })
    await ask('data/gone.npy', { kept, known, network: serves('ab', 404) })
    await ask('data/other.npy', { kept, known, network: serves('ab') })
    expect(kept.urls()).toEqual([])
    await expect(ask('data/rows.npy', { kept, known, network: offline })).rejects.toThrow('Failed to fetch')
  })

  it.each([
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/8'],
    ['bytes=6-', 206, 'gh', 'bytes 6-7/8'],
    ['bytes=6-99', 206, 'gh', 'bytes 6-7/8'],
    ['bytes=8-9', 416, '', 'bytes */8'],
    ['bytes=-3', 416, '', 'bytes */8'],
  ])('cut %s out of a kept file', async (range, status, text, told) => {
    const copy = { kept: keptFiles({ 'data/rows.npy': 'abcdefgh' }), known: new Map(), network: offline }
    const response = await ask('data/rows.npy', copy, { headers: { range } })
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(text)
    expect(response.headers.get('content-range')).toBe(told)
  })

  it.each([
    ['a web page', html('<html>')],
    ['the script as a web page', html('code')],
    ['the script as plain text', serves('code', 200, 'text/plain')],
    ['another script', serves('alert(1)')],
    ['half of the script', serves('co')],
    ['nothing', serves('')],
  ])('never keep %s in place of a script, and heal', async (_, wrong) => {
    const kept = keptFiles()
    const known = await build('code', script)
    await keepWhole([site + script], { kept, known, network: wrong })
    await ask(script, { kept, known, network: wrong })
    expect(kept.urls()).toEqual([])
    expect(await (await ask(script, { kept, known, network: serves('code') })).text()).toBe('code')
    expect(await (await ask(script, { kept, known, network: offline })).text()).toBe('code')
  })

  it('are the kept files where a web page comes in their place', async () => {
    const kept = keptFiles({ 'data/manifest.json': '{}', 'data/rows.npy': 'abcd' })
    const known = await build('{}', 'data/manifest.json')
    const copy = { kept, known, network: html('sign in') }
    expect(await (await ask('data/manifest.json', copy)).text()).toBe('{}')
    const headers = { range: 'bytes=1-2' }
    expect(await (await ask('data/rows.npy', copy, { headers })).text()).toBe('bc')
    // Somebody may have to sign in: the page itself is the network's.
    expect(await (await ask('', copy)).text()).toBe('sign in')
  })

  it('heal where the browser’s own cache holds the wrong answer', async () => {
    const kept = keptFiles()
    const known = await build('code', script)
    const right = serves('code')
    const network: OfflineCopy['network'] = (input, init) =>
      (init?.cache === 'reload' ? right : html('<html>'))(input, init)
    await ask(script, { kept, known, network })
    expect(await (await ask(script, { kept, known, network })).text()).toBe('code')
  })

  it('survive a full disk', async () => {
    const kept = { ...keptFiles(), put: () => Promise.reject(new Error('QuotaExceededError')) }
    const known = await build('code', script)
    expect(await (await ask(script, { kept, known, network: serves('code') })).text()).toBe('code')
  })
})

it('whole copies are fetched once, and one that fails does not stop the others', async () => {
  const kept = keptFiles({ 'data/a': 'new' })
  const known = await build('new', 'data/a', 'data/b', 'data/c')
  const asked: string[] = []
  const network: OfflineCopy['network'] = (input, init) => {
    const file = String(input).slice(site.length)
    asked.push(file)
    return file === 'data/b' ? offline(input) : serves('new')(input, init)
  }
  await keepWhole([...known.keys()], { kept, known, network })
  expect(asked).toEqual(['data/b', 'data/b', 'data/c'])
  expect(kept.urls()).toEqual([site + 'data/a', site + 'data/c'])
})
