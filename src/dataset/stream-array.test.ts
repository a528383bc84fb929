import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { brokenAfter, fakeServer, partOf, wholeOf } from '../testing/fake-server.ts'
import type { Answer, FakeServer } from '../testing/fake-server.ts'
import { smallDataset } from '../testing/small-dataset.ts'
import { loadArray } from './load-array.ts'
import { streamArray } from './stream-array.ts'
import type { StreamOptions } from './stream-array.ts'

const { manifest, files } = await smallDataset()
const entry = manifest.arrays.spectra
const file = files.get('spectra.npy') as Uint8Array
const stale = file.slice()
stale[stale.length - 100] ^= 1 // a number of the first chunk

const url = './data/small/manifest.json?v=1'
const page = '<!doctype html><title>Sign in</title>'
const html = (status = 200) =>
  new Response(page, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })

async function readAll(server: FakeServer, options: StreamOptions = {}, of = entry) {
  const values: number[] = []
  const firstRows: number[] = []
  for await (const chunk of streamArray(of, url, { ...server, ...options })) {
    expect(chunk.data.length).toBe(chunk.rows * 3)
    firstRows.push(chunk.firstRow)
    values.push(...chunk.data)
  }
  return { values, firstRows }
}

async function failureOf(answer: Answer, options: StreamOptions = {}) {
  const server = fakeServer(answer)
  const error = await readAll(server, options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AppError)
  return { error: error as AppError, server }
}

const all = Array.from({ length: 30 }, (_, i) => i + 0.5)

it('streams the rows in order, one request per chunk', async () => {
  const server = fakeServer((request) => partOf(file, request))
  const { values, firstRows } = await readAll(server)
  expect(values).toEqual(all)
  expect(firstRows).toEqual([0, 4, 8])
  const header = file.length - 120
  expect(server.requests.map(({ range }) => range)).toEqual([
    [0, header + 48],
    [header + 48, header + 96],
    [header + 96, header + 120],
  ])
  expect(server.requests[0].url).toBe('./data/small/spectra.npy')
})

it('asks for the first chunk alone, then for several, and delivers them in order whatever comes first', async () => {
  const waiting: (() => void)[] = []
  const server = fakeServer(async (request, count) => {
    if (count > 1) await new Promise<void>((resolve) => waiting.push(resolve))
    return partOf(file, request)
  })
  const rows = streamArray(entry, url, server)
  expect((await rows.next()).value).toMatchObject({ firstRow: 0, rows: 4 })
  expect(server.requests.length).toBe(3)
  waiting[1]()
  const second = rows.next()
  waiting[0]()
  expect((await second).value).toMatchObject({ firstRow: 4 })
  expect((await rows.next()).value).toMatchObject({ firstRow: 8, rows: 2 })
  expect((await rows.next()).done).toBe(true)
})

it('takes the whole file once from a server that ignores Range', async () => {
  const server = fakeServer(() => wholeOf(file))
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests.length).toBe(1)
})

it('hands out the first rows while a whole transfer is still running', async () => {
  let sent = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent < file.length) controller.enqueue(file.slice(sent, (sent += 16)))
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const rows = streamArray(
    entry,
    url,
    fakeServer(() => new Response(body)),
  )
  await rows.next()
  expect(sent).toBeLessThan(file.length)
  await rows.return()
})

it('shares one whole transfer when a server stops serving parts midway', async () => {
  const server = fakeServer((request, count) => (count === 1 ? partOf(file, request) : wholeOf(file)))
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests.length).toBe(3)
})

it('resumes a part that broke off where it stopped', async () => {
  const server = fakeServer((request, count) =>
    count === 1 ? brokenAfter(file.slice(0, 150), 206) : partOf(file, request),
  )
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests[1].range?.[0]).toBe(150)
  expect(server.waits).toEqual([500])
})

it('resumes a part that ended early without an error', async () => {
  const server = fakeServer((request, count) =>
    count === 1 ? new Response(file.slice(0, 130), { status: 206 }) : partOf(file, request),
  )
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests[1].range?.[0]).toBe(130)
})

it('says where a transfer broke off for good', async () => {
  const cut = file.slice(0, 170)
  const { error, server } = await failureOf(() => wholeOf(cut))
  expect(error.code).toBe('data/corrupt')
  expect(error.message).toContain(`broke off after 170 of ${file.length} bytes`)
  expect(server.requests.length).toBe(4)
})

it.each([
  ['compressed on the fly', { 'Content-Encoding': 'gzip' }, (part: Uint8Array) => part.slice(0, 20)],
  ['longer than asked', {}, (part: Uint8Array) => new Uint8Array([...part, 0])],
  ['from another place', { 'Content-Range': `bytes 5-9/${file.length}` }, (part: Uint8Array) => part],
])('falls back to the whole file where a part is %s', async (_, headers, change) => {
  const server = fakeServer(({ range }) =>
    range ? new Response(change(file.slice(...range)).slice(), { status: 206, headers }) : wholeOf(file),
  )
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests.length).toBe(2)
})

it('asks for the whole file at last where every part breaks', async () => {
  const server = fakeServer(({ range }) => {
    if (range) throw new TypeError('net::ERR_CONTENT_DECODING_FAILED')
    return wholeOf(file)
  })
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests.map(({ range }) => Boolean(range))).toEqual([true, true, true, false])
})

it('names a web page that came instead, by its type or by its text', async () => {
  for (const answer of [() => html(), () => new Response(page), () => html(206)]) {
    const { error, server } = await failureOf(answer)
    expect(error.message).toContain('got a web page instead of data from ./data/small/spectra.npy')
    expect(server.requests.length).toBe(1)
  }
})

it('fetches a chunk with a wrong hash once more past the caches', async () => {
  const server = fakeServer((request) => partOf(request.cache === 'reload' ? file : stale, request))
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests.map(({ cache }) => cache)).toEqual(['default', 'reload', 'reload', 'reload'])
})

it('does the same when the whole file came at once', async () => {
  const server = fakeServer((request) => wholeOf(request.cache === 'reload' ? file : stale))
  expect((await readAll(server)).values).toEqual(all)
  expect(server.requests.length).toBe(2)
})

it('refuses a file that stays wrong, with both hashes and no third try', async () => {
  const { error, server } = await failureOf((request) => partOf(stale, request))
  expect(error.code).toBe('data/corrupt')
  expect(error.message).toMatch(
    /SHA-256 of rows 0 to 3 is [0-9a-f]{64}, expected [0-9a-f]{64}; reload the page/,
  )
  expect(error.message).toContain(entry.chunks?.sha256[0] as string)
  expect(server.requests.length).toBe(2)
})

it('notices a file of another length before reading it', async () => {
  const longer = new Uint8Array([...file, 0, 0, 0, 0])
  for (const other of [longer, file.slice(0, 200)]) {
    const { error, server } = await failureOf((request) => partOf(other, request))
    expect(error.message).toContain(`its length in bytes is ${other.length} bytes, expected ${file.length}`)
    expect(server.requests.length).toBe(2)
  }
  const { error } = await failureOf((request) => wholeOf(request.range ? longer : longer))
  expect(error.message).toContain(`more than ${file.length}`)
})

it('takes 416 as a file shorter than its manifest', async () => {
  const { error, server } = await failureOf(() => new Response(null, { status: 416 }))
  expect(error.code).toBe('data/corrupt')
  expect(error.message).toContain(`expected ${file.length}`)
  expect(server.requests.map(({ cache }) => cache)).toEqual(['default', 'reload'])
})

it('waits as told by a busy server and then goes on', async () => {
  const server = fakeServer((request, count) =>
    count === 1
      ? new Response(null, { status: 429, headers: { 'Retry-After': '3' } })
      : count === 2
        ? new Response(null, { status: 503 })
        : partOf(file, request),
  )
  expect((await readAll(server)).values).toEqual(all)
  expect(server.waits).toEqual([3000, 1000])
})

it.each([
  [404, 1, 'there is no file at'],
  [403, 1, 'does not hand out'],
  [429, 4, 'is busy (429)'],
  [500, 4, 'failed (500)'],
  [400, 1, 'answered 400'],
])('gives up on status %i after %i requests', async (status, requests, words) => {
  const { error, server } = await failureOf(() => new Response(null, { status }))
  expect(error.code).toBe('data/not-found')
  expect(error.message).toContain(words)
  expect(server.requests.length).toBe(requests)
})

it('gives up on a silent connection', async () => {
  const { error } = await failureOf(() => new Promise<Response>(() => undefined), {
    attempts: 1,
    watchdog: (_, onStall) => {
      queueMicrotask(onStall)
      return { touch() {}, stop() {} }
    },
    fetch: (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      }),
  })
  expect(error.message).toContain('went silent for 60 s')
})

it('stops when aborted, between chunks and during a wait', async () => {
  const abort = new AbortController()
  const server = fakeServer((request) => partOf(file, request))
  const rows = streamArray(entry, url, { ...server, signal: abort.signal })
  await rows.next()
  abort.abort()
  await expect(rows.next()).rejects.toMatchObject({ code: 'job/cancelled' })

  const waiting = new AbortController()
  const { error } = await failureOf(() => new Response(null, { status: 503 }), {
    signal: waiting.signal,
    delay: () => {
      queueMicrotask(() => waiting.abort())
      return new Promise<void>(() => undefined)
    },
  })
  expect(error.code).toBe('job/cancelled')

  const { error: early, server: untouched } = await failureOf(() => wholeOf(file), {
    signal: AbortSignal.abort(),
  })
  expect(early.code).toBe('job/cancelled')
  expect(untouched.requests.length).toBe(0)
})

it('cancels what is under way when the reader leaves the loop', async () => {
  const signals: AbortSignal[] = []
  const server = fakeServer((request) => partOf(file, request))
  const spy: typeof fetch = (input, init) => {
    signals.push(init?.signal as AbortSignal)
    return signals.length === 1 ? server.fetch(input, init) : new Promise(() => undefined)
  }
  for await (const chunk of streamArray(entry, url, { fetch: spy })) {
    expect(chunk.firstRow).toBe(0)
    break
  }
  expect(signals.slice(1).map(({ aborted }) => aborted)).toEqual([true, true])
})

it('refuses to stream what is not float32 and takes an array without chunks whole', async () => {
  const server = fakeServer(() => wholeOf(file))
  await expect(readAll(server, {}, { ...entry, dtype: '<f8' })).rejects.toMatchObject({
    code: 'data/unsupported',
  })
  const { chunks, ...whole } = entry
  expect(chunks).toBeDefined()
  expect((await readAll(server, {}, whole)).values).toEqual(all)
  expect(server.requests.length).toBe(1)
})

it('loads a small array whole, retries a stale one, refuses a wrong one', async () => {
  const small = manifest.arrays.coefficients
  const bytes = files.get('coefficients.npy') as Uint8Array
  const good = await loadArray(
    small,
    url,
    fakeServer(() => wholeOf(bytes)),
  )
  expect(Array.from(good.data)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5])
  expect(good).toMatchObject({ dtype: '<f8', shape: [5, 1] })

  const old = bytes.slice()
  old[bytes.length - 1] ^= 1
  const server = fakeServer((request) => wholeOf(request.cache === 'reload' ? bytes : old))
  await loadArray(small, url, server)
  expect(server.requests.length).toBe(2)

  await expect(
    loadArray(
      small,
      url,
      fakeServer(() => wholeOf(old)),
    ),
  ).rejects.toThrow(/its SHA-256 is/)
  await expect(
    loadArray(
      small,
      url,
      fakeServer(() => wholeOf(bytes.slice(0, 99))),
    ),
  ).rejects.toThrow(`is 99, expected ${bytes.length}`)
  await expect(
    loadArray(
      small,
      url,
      fakeServer(() => new Response(page)),
    ),
  ).rejects.toThrow(/got a web page/)
})
