import { afterEach, expect, it } from 'vitest'
import { yieldToEventLoop } from './event-loop.ts'
import { createJobClient } from './job-client.ts'
import { createJobPool } from './job-pool.ts'
import type { Port } from './protocol.ts'

interface Jobs {
  work: { request: number; progress: number; result: string }
}

/** A worker played by the test: it records what it is told and says what the test wants. */
class FakeWorker extends EventTarget implements Port {
  static spawned: FakeWorker[] = []
  readonly told: { kind: string; id: number }[] = []
  listeners = 0
  terminated = false

  constructor() {
    super()
    FakeWorker.spawned.push(this)
  }

  override addEventListener(type: string, listener: (event: Event) => void): void {
    this.listeners++
    super.addEventListener(type, listener)
  }

  override removeEventListener(type: string, listener: (event: Event) => void): void {
    this.listeners--
    super.removeEventListener(type, listener)
  }

  postMessage(message: unknown): void {
    this.told.push(message as { kind: string; id: number })
  }

  terminate(): void {
    this.terminated = true
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

afterEach(() => {
  FakeWorker.spawned = []
})

function spawn(): FakeWorker {
  return new FakeWorker()
}

it('spawns at the first run, once', () => {
  const client = createJobClient<Jobs>(spawn)
  expect(FakeWorker.spawned).toHaveLength(0)
  client.run('work', 1)
  client.run('work', 2)
  expect(FakeWorker.spawned).toHaveLength(1)
})

it.each(['error', 'messageerror', 'close'])(
  'after "%s" all jobs have crashed and the next run respawns',
  async (type) => {
    const client = createJobClient<Jobs>(spawn)
    const lost = [client.run('work', 1), client.run('work', 2)]
    const [first] = FakeWorker.spawned
    first.dispatchEvent(
      Object.assign(new Event(type), { message: 'out of memory', lineno: 7, filename: 'w.js' }),
    )
    for (const { promise } of lost)
      await expect(promise).rejects.toMatchObject({ code: 'job/crashed', context: { event: type } })
    expect(first).toMatchObject({ terminated: true, listeners: 0 })
    expect(client.load).toBe(0)

    const next = client.run('work', 3)
    const [, second] = FakeWorker.spawned
    first.say({ kind: 'result', id: second.told[0].id, value: 'from the grave' })
    second.say({ kind: 'result', id: second.told[0].id, value: 'alive' })
    expect(await next.promise).toBe('alive')
  },
)

it('the crash names its cause', async () => {
  const { promise } = createJobClient<Jobs>(spawn).run('work', 1)
  FakeWorker.spawned[0].dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }))
  await expect(promise).rejects.toThrow('The background worker stopped: out of memory.')
})

it('ignores messages that are not of the protocol', async () => {
  const { promise } = createJobClient<Jobs>(spawn).run('work', 1)
  const [worker] = FakeWorker.spawned
  const { id } = worker.told[0]
  for (const data of [
    null,
    'result',
    3,
    {},
    { kind: 'result' },
    { kind: 'other', id },
    { kind: 'result', id: 99 },
  ])
    worker.say(data)
  worker.say({ kind: 'error', id, error: { code: 'no/such-code', message: 'odd', context: 5 } })
  await expect(promise).rejects.toMatchObject({ code: 'job/crashed', message: 'odd', context: {} })
})

it('counts a cancelled job until the worker has let go of it', () => {
  const client = createJobClient<Jobs>(spawn)
  const run = client.run('work', 1)
  const [worker] = FakeWorker.spawned
  run.cancel()
  run.cancel()
  run.pause()
  expect(worker.told.map(({ kind }) => kind)).toEqual(['start', 'cancel'])
  expect(client.load).toBe(1)
  worker.say({
    kind: 'error',
    id: worker.told[0].id,
    error: { code: 'job/cancelled', message: '', context: {} },
  })
  expect(client.load).toBe(0)
})

it('leaves no listener behind', async () => {
  const client = createJobClient<Jobs>(spawn)
  let listening = 0
  const { signal } = new AbortController()
  const { addEventListener: add, removeEventListener: remove } = signal
  signal.addEventListener = (...args: Parameters<typeof add>) => (listening++, add.apply(signal, args))
  signal.removeEventListener = (...args: Parameters<typeof remove>) => (
    listening--,
    remove.apply(signal, args)
  )
  const runs = [1, 2, 3].map((n) => client.run('work', n, { signal }))
  const [worker] = FakeWorker.spawned
  expect(listening).toBe(3)
  worker.say({ kind: 'result', id: worker.told[0].id, value: 'done' })
  await runs[0].promise
  runs[1].cancel()
  expect(listening).toBe(1)
  client.close()
  expect(listening).toBe(0)
  expect(worker).toMatchObject({ listeners: 0, terminated: true })
  await yieldToEventLoop()
})

it('a pool gives each job to the worker with the least to do', () => {
  const pool = createJobPool<Jobs>(spawn, 3)
  for (let n = 0; n < 4; n++) pool.run('work', n)
  const workers = FakeWorker.spawned
  expect(workers.map((worker) => worker.told.length)).toEqual([2, 1, 1])
  workers[1].say({ kind: 'result', id: workers[1].told[0].id, value: 'done' })
  pool.run('work', 4)
  expect(workers.map((worker) => worker.told.length)).toEqual([2, 2, 1])
  expect(pool.load).toBe(4)
  pool.close()
  expect(workers.every((worker) => worker.terminated)).toBe(true)
})
