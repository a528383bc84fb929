import { describe, expect, it } from 'vitest'
import { memoryLocks } from '../testing/memory-locks.ts'
import { createTabLocks } from './tab-locks.ts'

/** Two tabs of one browser. */
function tabs() {
  const browser = memoryLocks()
  return [createTabLocks(browser), createTabLocks(browser)] as const
}
const never = new AbortController().signal
const silent = () => undefined

describe('a lock', () => {
  it('is held by one tab at a time, and free for another once its release has resolved', async () => {
    const [a, b] = tabs()
    const release = await a.tryTake('x')
    expect(release).not.toBeNull()
    expect(await b.tryTake('x')).toBeNull()
    expect(await a.tryTake('x')).toBeNull()
    expect(await b.tryTake('y')).not.toBeNull()
    await release?.()
    expect(await b.tryTake('x')).not.toBeNull()
  })

  it('is waited for, which is told; a free one is not waited for', async () => {
    const [a, b] = tabs()
    let waits = 0
    const release = await a.take('x', never, () => waits++)
    expect(waits).toBe(0)
    const second = b.take('x', never, () => waits++)
    await expect.poll(() => waits).toBe(1)
    await release()
    await (
      await second
    )()
    expect(await a.tryTake('x')).not.toBeNull()
  })

  it('is not had by one who gave up waiting', async () => {
    const [a, b] = tabs()
    const release = await a.take('x', never, silent)
    const abort = new AbortController()
    const second = b.take('x', abort.signal, () => abort.abort())
    await expect(second).rejects.toMatchObject({ code: 'job/cancelled' })
    await release()
    expect(await a.tryTake('x')).not.toBeNull()
    await expect(a.take('y', abort.signal, silent)).rejects.toMatchObject({ code: 'job/cancelled' })
  })
})

it('a browser without locks lets everybody through', async () => {
  const locks = createTabLocks(undefined)
  expect(await locks.tryTake('x')).not.toBeNull()
  expect(await locks.tryTake('x')).not.toBeNull()
  await (
    await locks.take('x', never, silent)
  )()
})
