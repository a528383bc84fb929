import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryRecords, deferredRecords, openRecords, type RecordStore } from './record-store.ts'

interface Entry {
  key: string
  value: number
}

afterEach(() => vi.unstubAllGlobals())

it('a store that is still being opened keeps what is put meanwhile', async () => {
  let open: (store: RecordStore<Entry>) => void = () => undefined
  const deferred = deferredRecords<Entry>(new Promise((resolve) => (open = resolve)))
  expect(deferred.durable).toBe(false)
  const put = deferred.put({ key: 'a', value: 3 })
  const inner = createMemoryRecords<Entry>()
  open({ ...inner, durable: true })
  await put
  expect(await inner.all()).toEqual([{ key: 'a', value: 3 }])
  expect(deferred.durable).toBe(true)
})

// IndexedDB itself is tested in the browser; here only what happens where it does not work.
describe('without working IndexedDB', () => {
  it.each([
    ['absent', undefined],
    [
      'blocked by the browser',
      {
        open() {
          throw new DOMException('denied', 'SecurityError')
        },
      },
    ],
    [
      'failing to open',
      {
        open() {
          const request = { error: new DOMException('no', 'UnknownError'), onerror: () => undefined }
          queueMicrotask(() => request.onerror())
          return request
        },
      },
    ],
    [
      'held by another tab',
      {
        open() {
          const request = { onblocked: () => undefined }
          queueMicrotask(() => request.onblocked())
          return request
        },
      },
    ],
  ])('%s: memory is used, and says that it does not last', async (_, indexedDB) => {
    vi.stubGlobal('indexedDB', indexedDB)
    const store = await openRecords<Entry>('some', 'table')
    expect(store.durable).toBe(false)
    await store.put({ key: 'a', value: 1 })
    expect(await store.get('a')).toEqual({ key: 'a', value: 1 })
    await store.delete('a')
    expect(await store.all()).toEqual([])
  })
})

it('a storage that does not answer has failed after a while, sooner once it is known, and counts again when it answers', async () => {
  vi.useFakeTimers()
  let stuck = false
  const aborted: string[] = []
  /** Whether it has come to its end, which only its event tells. */
  let ended = false
  let told: (() => void) | undefined
  const database = {
    transaction(_: string, mode: string) {
      const transaction = {
        error: null,
        oncomplete: () => undefined,
        onabort: () => undefined,
        abort() {
          if (ended) throw new DOMException('The transaction has finished.', 'InvalidStateError')
          aborted.push(mode)
          // As in a browser, after the script that asked for it.
          queueMicrotask(() => transaction.onabort())
        },
        objectStore: () => ({ get: (key: string) => ({ result: { key, value: 7 } }) }),
      }
      told = () => transaction.oncomplete()
      if (!stuck) queueMicrotask(told)
      return transaction
    },
  }
  vi.stubGlobal('indexedDB', {
    open() {
      const request = { result: database, onsuccess: () => undefined }
      queueMicrotask(() => request.onsuccess())
      return request
    },
  })
  const store = await openRecords<Entry>('some', 'table')
  expect(await store.get('a')).toEqual({ key: 'a', value: 7 })
  /** Whether a read has failed after so long [ms]. */
  const failsWithin = async (time: number): Promise<boolean> => {
    let failed = false
    store.get('a').catch((thrown: unknown) => {
      expect(String(thrown)).toMatch(/does not answer/)
      failed = true
    })
    await vi.advanceTimersByTimeAsync(time)
    return failed
  }
  stuck = true
  expect(await failsWithin(9_999)).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(aborted).toEqual(['readonly'])
  expect(await failsWithin(1_000)).toBe(true)
  stuck = false
  expect(await store.get('a')).toEqual({ key: 'a', value: 7 })
  stuck = true
  expect(await failsWithin(1_000)).toBe(false)
  await vi.advanceTimersByTimeAsync(9_000)
  // One that has ended on a busy page is waited for, however late that is told.
  stuck = false
  await store.get('a')
  ;[stuck, ended] = [true, true]
  const late = store.get('a')
  await vi.advanceTimersByTimeAsync(10_000)
  told!()
  expect(await late).toEqual({ key: 'a', value: 7 })
  expect(aborted).toHaveLength(3)
  vi.useRealTimers()
})

it('what a later version of the page wrote is left alone, and that is said', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      const error = new DOMException('version 2 is there', 'VersionError')
      const request = { error, onerror: () => undefined }
      queueMicrotask(() => request.onerror())
      return request
    },
  })
  const told: string[] = []
  const news = {
    created: () => told.push('created'),
    newer: () => told.push('newer'),
    kept: () => told.push('kept'),
  }
  const store = await openRecords<Entry>('some', 'table', news)
  expect(told).toEqual(['newer'])
  expect(store.durable).toBe(false)
})
