import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { createInProcessJobs } from '../testing/in-process.ts'
import { yieldToEventLoop } from './event-loop.ts'
import type { JobClient } from './job-client.ts'
import type { JobHandlers } from './serve-jobs.ts'
import { transfer } from './transfer.ts'

interface TestJobs {
  count: { request: { to: number }; progress: number; result: string }
  'count-slowly': { request: { to: number }; progress: number; result: string }
  sparse: { request: null; progress: number; result: string }
  endless: { request: null; progress: never; result: never }
  double: { request: Float32Array; progress: Float32Array; result: { values: Float32Array } }
  fail: { request: 'app' | 'plain' | 'context'; progress: never; result: never }
  uncloneable: { request: 'progress' | 'result'; progress: unknown; result: unknown }
  wait: { request: null; progress: never; result: string }
}

/** What the handlers did, as seen from inside. */
const log: string[] = []

const handlers: JobHandlers<TestJobs> = {
  *count({ to }) {
    try {
      for (let i = 1; i <= to; i++) yield i
      return `counted to ${to}`
    } finally {
      log.push('count cleaned up')
    }
  },
  async *'count-slowly'({ to }) {
    for (let i = 1; i <= to; i++) {
      await yieldToEventLoop()
      yield i
    }
    return `counted to ${to}`
  },
  *sparse() {
    yield
    yield 0
    yield
    return 'sparse'
  },
  *endless() {
    log.push('endless started')
    try {
      // Never a pause of its own: only the server's time slices let a cancel in.
      for (;;) yield
    } finally {
      log.push('endless cleaned up')
    }
  },
  *double(values) {
    const half = values.map((x) => 1.5 * x)
    yield transfer(half, [half.buffer])
    log.push(`half has ${half.length} left`)
    const doubled = values.map((x) => 2 * x)
    return transfer({ values: doubled }, [doubled.buffer])
  },
  async fail(how) {
    if (how === 'app') throw new AppError('ml/diverged', 'The loss is NaN at step 3.', { step: 3 })
    if (how === 'context') throw new AppError('data/corrupt', 'Bad.', { row: 2, cure: () => 'uncloneable' })
    throw new RangeError('too long')
  },
  *uncloneable(where) {
    try {
      yield where === 'progress' ? () => 0 : 0
      return () => 0
    } finally {
      log.push(`uncloneable ${where} cleaned up`)
    }
  },
  wait: (_, { signal }) =>
    new Promise((_resolve, reject) => {
      log.push('wait started')
      signal.addEventListener('abort', () => {
        log.push('wait saw the signal')
        reject(new Error('aborted'))
      })
    }),
}

let jobs: JobClient<TestJobs> | undefined

function client(): JobClient<TestJobs> {
  jobs = createInProcessJobs<TestJobs>(handlers)
  return jobs
}

afterEach(() => {
  jobs?.close()
  log.length = 0
})

/** Long enough for anything on its way between the two ends to arrive. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await yieldToEventLoop()
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await yieldToEventLoop()
}

describe('running', () => {
  it.each(['count', 'count-slowly'] as const)('%s reports in order and returns', async (job) => {
    const seen: number[] = []
    const run = client().run(job, { to: 500 }, { onProgress: (i) => seen.push(i) })
    expect(await run.promise).toBe('counted to 500')
    expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => i + 1))
  })

  it('moves buffers both ways without a copy', async () => {
    const values = Float32Array.of(1, 2, 3)
    const reports: Float32Array[] = []
    const run = client().run('double', values, {
      transfer: [values.buffer],
      onProgress: (half) => reports.push(half),
    })
    expect(values.length).toBe(0)
    expect([...(await run.promise).values]).toEqual([2, 4, 6])
    expect(reports.map((r) => [...r])).toEqual([[1.5, 3, 4.5]])
    expect(log).toEqual(['half has 0 left'])
  })

  it('interleaves two jobs', async () => {
    const order: string[] = []
    const both = client()
    const a = both.run('count-slowly', { to: 20 }, { onProgress: () => order.push('a') })
    const b = both.run('count-slowly', { to: 20 }, { onProgress: () => order.push('b') })
    expect(both.load).toBe(2)
    await Promise.all([a.promise, b.promise])
    expect(both.load).toBe(0)
    expect(order.indexOf('b')).toBeLessThan(order.lastIndexOf('a'))
    expect(order.indexOf('a')).toBeLessThan(order.lastIndexOf('b'))
  })

  it('a short job passes an endless one', async () => {
    const both = client()
    both.run('endless', null)
    expect(await both.run('count', { to: 5 }).promise).toBe('counted to 5')
  })
})

it('a bare yield is a step without a report', async () => {
  const seen: unknown[] = []
  const run = client().run('sparse', null, { startPaused: true, onProgress: (i) => seen.push(i) })
  for (let i = 0; i < 4; i++) run.step()
  expect(await run.promise).toBe('sparse')
  expect(seen).toEqual([0])
})

describe('cancelling', () => {
  it('stops a generator that never waits, and cleans up', async () => {
    const one = client()
    const run = one.run('endless', null)
    await until(() => log.includes('endless started'))
    run.cancel()
    await expect(run.promise).rejects.toMatchObject({ code: 'job/cancelled' })
    await until(() => one.load === 0)
    expect(log).toEqual(['endless started', 'endless cleaned up'])
  })

  it('by signal, ignoring what arrives later', async () => {
    const abort = new AbortController()
    const seen: number[] = []
    const one = client()
    const run = one.run(
      'count-slowly',
      { to: 1e6 },
      {
        signal: abort.signal,
        onProgress: (i) => {
          seen.push(i)
          if (i === 3) abort.abort()
        },
      },
    )
    await expect(run.promise).rejects.toMatchObject({ code: 'job/cancelled' })
    await until(() => one.load === 0)
    expect(seen).toEqual([1, 2, 3])
  })

  it('reaches a promise through the signal of its context', async () => {
    const one = client()
    const run = one.run('wait', null)
    await until(() => log.includes('wait started'))
    run.cancel()
    await until(() => one.load === 0)
    expect(log).toEqual(['wait started', 'wait saw the signal'])
  })

  it('a paused job', async () => {
    const one = client()
    const seen: number[] = []
    const run = one.run('count', { to: 5 }, { startPaused: true, onProgress: (i) => seen.push(i) })
    run.step()
    await until(() => seen.length === 1)
    run.cancel()
    await until(() => one.load === 0)
    expect(log).toEqual(['count cleaned up'])
  })

  it('right behind the start costs no step', async () => {
    const one = client()
    one.run('count', { to: 5 }).cancel()
    await until(() => one.load === 0)
    expect(log).toEqual([])
  })

  it('with a signal already aborted sends nothing', async () => {
    const one = client()
    const run = one.run('count', { to: 5 }, { signal: AbortSignal.abort() })
    await expect(run.promise).rejects.toMatchObject({ code: 'job/cancelled' })
    expect(one.load).toBe(0)
  })

  it('by closing the client, which then refuses', async () => {
    const one = client()
    const run = one.run('endless', null)
    await until(() => log.includes('endless started'))
    one.close()
    await expect(run.promise).rejects.toMatchObject({ code: 'job/cancelled' })
    await expect(one.run('count', { to: 1 }).promise).rejects.toMatchObject({ code: 'job/cancelled' })
    await until(() => log.includes('endless cleaned up'))
  })
})

describe('pausing', () => {
  it('takes exactly the steps asked for', async () => {
    const seen: number[] = []
    const run = client().run('count', { to: 5 }, { startPaused: true, onProgress: (i) => seen.push(i) })
    await settle()
    expect(seen).toEqual([])
    run.step()
    await until(() => seen.length > 0)
    await settle()
    expect(seen).toEqual([1])
    run.step()
    run.step()
    await until(() => seen.length > 2)
    await settle()
    expect(seen).toEqual([1, 2, 3])
    run.resume()
    expect(await run.promise).toBe('counted to 5')
    expect(seen).toEqual([1, 2, 3, 4, 5])
  })

  it('holds a running job until it is resumed', async () => {
    const seen: number[] = []
    const run = client().run('count-slowly', { to: 1000 }, { onProgress: (i) => seen.push(i) })
    await until(() => seen.length >= 3)
    run.pause()
    await settle()
    const held = seen.length
    await settle()
    expect(seen.length).toBe(held)
    expect(held).toBeLessThan(1000)
    run.step()
    await until(() => seen.length > held)
    await settle()
    expect(seen.length).toBe(held + 1)
    run.resume()
    expect(await run.promise).toBe('counted to 1000')
    expect(seen.length).toBe(1000)
  })

  it('a step of a running job leaves it paused', async () => {
    const seen: number[] = []
    const one = client()
    const run = one.run('count', { to: 3 }, { onProgress: (i) => seen.push(i) })
    run.step()
    await until(() => seen.length > 0)
    await settle()
    expect(seen).toEqual([1])
    expect(one.load).toBe(1)
  })

  it('the last step is the one that returns', async () => {
    const run = client().run('count', { to: 2 }, { startPaused: true })
    for (let i = 0; i < 3; i++) run.step()
    expect(await run.promise).toBe('counted to 2')
  })
})

describe('failing', () => {
  it('keeps code, message and context of an error', async () => {
    const failure = client().run('fail', 'app').promise
    await expect(failure).rejects.toBeInstanceOf(AppError)
    await expect(failure).rejects.toMatchObject({
      code: 'ml/diverged',
      message: 'The loss is NaN at step 3.',
      context: { step: 3 },
    })
  })

  it('names an unknown error a crash and keeps its message', async () => {
    await expect(client().run('fail', 'plain').promise).rejects.toMatchObject({
      code: 'job/crashed',
      message: 'too long',
    })
  })

  it('leaves out what of the context cannot be cloned', async () => {
    await expect(client().run('fail', 'context').promise).rejects.toMatchObject({
      code: 'data/corrupt',
      context: { row: 2 },
    })
  })

  it.each(['progress', 'result'] as const)('ends a job whose %s cannot be cloned', async (where) => {
    const failure = client().run('uncloneable', where).promise
    await expect(failure).rejects.toMatchObject({ code: 'job/crashed' })
    await expect(failure).rejects.toThrow('could not be cloned')
    expect(log).toEqual([`uncloneable ${where} cleaned up`])
  })

  it('refuses a request that cannot be cloned', async () => {
    const one = client()
    const failure = one.run('count', { to: (() => 1) as unknown as number }).promise
    await expect(failure).rejects.toMatchObject({ code: 'input/invalid', context: { job: 'count' } })
    expect(one.load).toBe(0)
  })

  it.each(['nap', 'toString'])('knows no job called %s', async (name) => {
    const failure = client().run(name as 'count', { to: 1 }).promise
    await expect(failure).rejects.toThrow(`No job is called "${name}" here; this worker knows count,`)
  })

  it('cancels a job whose onProgress throws', async () => {
    const one = client()
    const run = one.run(
      'count-slowly',
      { to: 1e6 },
      {
        onProgress: () => {
          throw new Error('no such panel')
        },
      },
    )
    await expect(run.promise).rejects.toThrow('no such panel')
    await until(() => one.load === 0)
  })
})
