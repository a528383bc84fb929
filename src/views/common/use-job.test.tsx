// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { useJob } from './use-job.ts'

afterEach(cleanup)

/** A question whose answers are given by hand. */
function question() {
  const asked: { signal: AbortSignal; answer: (value: string) => void; fail: (error: Error) => void }[] = []
  const ask = ({ signal }: { signal: AbortSignal }) =>
    new Promise<string>((answer, fail) => asked.push({ signal, answer, fail }))
  return { ask, asked }
}

type Ask = ReturnType<typeof question>['ask']
const started = (ask: Ask | null) =>
  renderHook((asking: Ask | null) => useJob('Working', asking), { initialProps: ask })

it('answers, keeps the last answer while it asks again, and cancels what nobody waits for', async () => {
  const [first, second] = [question(), question()]
  const { result, rerender, unmount } = started(first.ask)
  expect(result.current.result).toMatchObject({ status: 'running', label: 'Working' })
  await act(async () => first.asked[0].answer('one'))
  expect(result.current.result).toEqual({ status: 'ready', value: 'one' })
  rerender(second.ask)
  expect(result.current.result).toMatchObject({ status: 'running', value: 'one' })
  expect(first.asked[0].signal.aborted).toBe(true)
  unmount()
  expect(second.asked[0].signal.aborted).toBe(true)
})

it('an answer that comes too late is not told', async () => {
  const [slow, quick] = [question(), question()]
  const { result, rerender } = started(slow.ask)
  rerender(quick.ask)
  await act(async () => quick.asked[0].answer('new'))
  await act(async () => slow.asked[0].answer('old'))
  expect(result.current.result).toEqual({ status: 'ready', value: 'new' })
})

it('nothing asked is idle, also after an answer and in the middle of a question', async () => {
  const { ask, asked } = question()
  const { result, rerender } = started(ask)
  rerender(null)
  expect(asked[0].signal.aborted).toBe(true)
  expect(result.current.result).toEqual({ status: 'idle' })
  rerender(ask)
  await act(async () => asked[1].answer('one'))
  rerender(null)
  expect(result.current.result).toEqual({ status: 'idle' })
})

it('a retry clears the error at once', async () => {
  const { ask, asked } = question()
  const { result } = started(ask)
  await act(async () => asked[0].fail(new AppError('data/not-found', 'gone')))
  expect(result.current.result).toMatchObject({ status: 'failed', error: { code: 'data/not-found' } })
  act(() => result.current.retry())
  expect(result.current.result.status).toBe('running')
  await act(async () => asked[1].answer('here'))
  expect(result.current.result).toEqual({ status: 'ready', value: 'here' })
})
