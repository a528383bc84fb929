import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  createCheckpointStore,
  createMemoryCheckpointStore,
  deferredCheckpointStore,
} from './checkpoint-store.ts'

afterEach(() => vi.unstubAllGlobals())

describe('checkpoints in memory', () => {
  it('keep the newest of each training until it is removed', async () => {
    const store = createMemoryCheckpointStore()
    expect(store.durable).toBe(false)
    expect(await store.load('a')).toBeNull()
    await store.save('a', 1, Uint8Array.of(1))
    await store.save('a', 2, Uint8Array.of(2))
    await store.save('b', 9, Uint8Array.of(9))
    expect(await store.load('a')).toEqual({ step: 2, checkpoint: Uint8Array.of(2) })
    await store.remove('a')
    expect(await store.load('a')).toBeNull()
    expect(await store.load('b')).toEqual({ step: 9, checkpoint: Uint8Array.of(9) })
  })
})

it('a store that is still being opened keeps what is saved meanwhile', async () => {
  let open: (store: ReturnType<typeof createMemoryCheckpointStore>) => void = () => undefined
  const deferred = deferredCheckpointStore(new Promise((resolve) => (open = resolve)))
  expect(deferred.durable).toBe(false)
  const saved = deferred.save('a', 3, Uint8Array.of(3))
  const inner = createMemoryCheckpointStore()
  open({ ...inner, durable: true })
  await saved
  expect(await inner.load('a')).toEqual({ step: 3, checkpoint: Uint8Array.of(3) })
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
    const store = await createCheckpointStore(() => 0)
    expect(store.durable).toBe(false)
    await store.save('a', 1, Uint8Array.of(1))
    expect((await store.load('a'))?.step).toBe(1)
  })
})
