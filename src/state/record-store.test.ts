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
