import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { idle, type Loadable } from './loadable.ts'
import { createProduct, type Making } from './product.ts'

/** A product whose jobs are answered by hand. */
function product() {
  let state: Loadable<string> = idle
  const asked: (Making<string> & { answer: (value: string | null) => void; fail: (error: Error) => void })[] =
    []
  const make = (making: Making<string>) =>
    new Promise<string | null>((answer, fail) => asked.push({ ...making, answer, fail }))
  const slot = { get: () => state, set: (value: Loadable<string>) => void (state = value) }
  return { ...createProduct(slot), job: make, asked, state: () => state }
}

describe('a product', () => {
  it('runs with real progress, is ready, and stays beside a failure', async () => {
    const { make, job, asked, state } = product()
    const first = make('Working', job)
    expect(state()).toEqual({ status: 'running', value: undefined, label: 'Working', fraction: 0 })
    asked[0].onProgress(0.4)
    expect(state().fraction).toBe(0.4)
    asked[0].answer('one')
    expect(await first).toBe('ready')
    expect(state()).toEqual({ status: 'ready', value: 'one' })
    const second = make('Working', job)
    expect(state()).toMatchObject({ status: 'running', value: 'one' })
    asked[1].fail(new AppError('data/not-found', 'gone'))
    expect(await second).toBe('failed')
    expect(state()).toMatchObject({ status: 'failed', value: 'one', error: { code: 'data/not-found' } })
    expect(asked[1].signal.aborted).toBe(true) // and with it whatever else it had begun
  })

  it('the latest wins: the job before is ended, its news and its answer are not heard', async () => {
    const { make, job, asked, state } = product()
    const slow = make('Slow', job)
    const quick = make('Quick', job)
    expect(asked[0].signal.aborted).toBe(true)
    asked[0].onProgress(0.9)
    expect(state()).toMatchObject({ label: 'Quick', fraction: 0 })
    asked[1].answer('new')
    asked[0].answer('old')
    expect([await slow, await quick]).toEqual(['ended', 'ready'])
    expect(state().value).toBe('new')
  })

  it('a cancel brings back what was there, at once, however many jobs ago', async () => {
    const { make, cancel, job, asked, state } = product()
    const first = make('First', job)
    cancel()
    expect(state()).toEqual({ status: 'idle' })
    expect(await (asked[0].fail(new AppError('job/cancelled', '')), first)).toBe('ended')
    const good = make('Good', job)
    asked[1].answer('good')
    await good
    void make('Second', job)
    asked[2].tell(() => ({ value: 'half' }))
    void make('Third', job)
    expect(state()).toMatchObject({ status: 'running', value: 'half' })
    cancel()
    expect(state()).toEqual({ status: 'ready', value: 'good' })
    cancel() // nothing is under way
    expect(state()).toEqual({ status: 'ready', value: 'good' })
  })

  it('ends with the undertaking that it belongs to, and is not begun when that has ended', async () => {
    const { make, job, asked, state } = product()
    const whole = new AbortController()
    const made = make('Part', job, { signal: whole.signal })
    whole.abort()
    expect(asked[0].signal.aborted).toBe(true)
    expect(state()).toEqual({ status: 'idle' })
    asked[0].fail(new AppError('job/cancelled', ''))
    expect(await made).toBe('ended')
    expect(await make('Part', job, { signal: whole.signal })).toBe('ended')
    expect(asked).toHaveLength(1)
  })

  it('a job that is cancelled from below, or comes to nothing, is no failure', async () => {
    const { make, job, asked, state, put } = product()
    put('there')
    const cancelled = make('Working', job)
    asked[0].fail(new AppError('job/cancelled', 'by the worker'))
    expect(await cancelled).toBe('ended')
    const nothing = make('Working', job)
    asked[1].answer(null)
    expect(await nothing).toBe('ended')
    expect(state()).toEqual({ status: 'ready', value: 'there' })
  })

  it('may begin with nothing shown, and is emptied with its job', async () => {
    const { make, job, asked, state, put, clear } = product()
    put('of other settings')
    void make('Working', job, { shown: { value: undefined }, fraction: null })
    expect(state()).toEqual({ status: 'running', value: undefined, label: 'Working', fraction: null })
    clear()
    expect(asked[0].signal.aborted).toBe(true)
    expect(state()).toEqual({ status: 'idle' })
  })
})

describe('a product with a key', () => {
  it('is made once per key, and again after a failure', async () => {
    const { ensure, job, asked, state } = product()
    void ensure('a', 'A', job)
    void ensure('a', 'A', job)
    expect(asked).toHaveLength(1)
    asked[0].answer('a')
    await Promise.resolve()
    void ensure('a', 'A', job)
    expect(asked).toHaveLength(1)
    expect(state()).toEqual({ status: 'ready', value: 'a', key: 'a' })
    void ensure('b', 'B', job)
    expect(state()).toMatchObject({ status: 'running', value: 'a', key: 'b' })
    asked[1].fail(new AppError('data/not-found', 'gone'))
    await Promise.resolve()
    expect(state()).toMatchObject({ status: 'failed', value: 'a', key: 'b' })
    void ensure('b', 'B', job)
    expect(asked).toHaveLength(3)
  })

  it('going back to what is there ends what was begun, without another job', async () => {
    const { ensure, job, asked, state } = product()
    void ensure('a', 'A', job)
    asked[0].answer('a')
    await Promise.resolve()
    void ensure('b', 'B', job)
    void ensure('a', 'A', job)
    expect(asked[1].signal.aborted).toBe(true)
    expect(asked).toHaveLength(2)
    expect(state()).toEqual({ status: 'ready', value: 'a', key: 'a' })
  })
})

describe('a product with a place', () => {
  const kept: string[] = []
  const place = { keep: (value: string) => void kept.push(value) }

  it('is looked for before it is made, and kept after', async () => {
    const { make, job, asked, state } = product()
    expect(await make('Working', job, { kept: { ...place, find: async () => 'found' } })).toBe('ready')
    expect([asked.length, kept.length]).toEqual([0, 0])
    expect(state().value).toBe('found')
    const made = make('Working', job, { kept: { ...place, find: async () => null } })
    await Promise.resolve()
    await Promise.resolve()
    asked[0].answer('made')
    expect(await made).toBe('ready')
    expect(kept).toEqual(['made'])
  })
})
