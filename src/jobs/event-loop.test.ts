import { afterEach, expect, it, vi } from 'vitest'
import { yieldToEventLoop } from './event-loop.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('goes on by the timer where a message to oneself waits for another thread, as in WebKit', async () => {
  let closed = 0
  class SlowChannel {
    port1 = { onmessage: null, close: () => void closed++ }
    port2 = { postMessage: () => undefined }
  }
  vi.stubGlobal('MessageChannel', SlowChannel)
  await yieldToEventLoop()
  expect(closed).toBe(1)
})

it('goes on by the message where timers are held back, and leaves no timer', async () => {
  vi.useFakeTimers()
  await yieldToEventLoop()
  expect(vi.getTimerCount()).toBe(0)
})
