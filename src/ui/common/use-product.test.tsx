// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { idle, type Loadable } from '../../core/loadable.ts'
import { createProduct, type Making } from '../../core/product.ts'
import { useProduct } from './use-product.ts'

afterEach(cleanup)

/** A store of one slot, whose jobs are answered by hand. */
function page() {
  let state: Loadable<string> = idle
  let draw: (state: Loadable<string>) => void = () => undefined
  const set = (next: Loadable<string>) => draw((state = next))
  const product = createProduct({ get: () => state, set })
  const asked: { signal: AbortSignal; answer: (value: string) => void; fail: (error: Error) => void }[] = []
  const make = ({ signal }: Making<string>) =>
    new Promise<string>((answer, fail) => asked.push({ signal, answer, fail }))
  const open = (first: string | null) =>
    renderHook(
      (key: string | null) => {
        const [now, setNow] = useState(state)
        draw = setNow
        return useProduct(product, now, { key, label: 'Working', make })
      },
      { initialProps: first },
    )
  return { open, asked }
}

it('answers, keeps the last answer while it asks again, and cancels what nobody asks for', async () => {
  const { open, asked } = page()
  const { result, rerender } = open('first')
  expect(result.current.result).toMatchObject({ status: 'running', label: 'Working' })
  await act(async () => asked[0].answer('one'))
  expect(result.current.result).toMatchObject({ status: 'ready', value: 'one' })
  rerender('second')
  expect(result.current.result).toMatchObject({ status: 'running', value: 'one' })
  rerender('third')
  expect(asked[1].signal.aborted).toBe(true)
})

it('an answer that comes too late is not told', async () => {
  const { open, asked } = page()
  const { result, rerender } = open('slow')
  rerender('quick')
  await act(async () => asked[1].answer('new'))
  await act(async () => asked[0].answer('old'))
  expect(result.current.result).toMatchObject({ status: 'ready', value: 'new' })
})

it('nothing asked is idle, also after an answer and in the middle of a question', async () => {
  const { open, asked } = page()
  const { result, rerender } = open('first')
  rerender(null)
  expect(asked[0].signal.aborted).toBe(true)
  expect(result.current.result).toEqual({ status: 'idle' })
  rerender('first')
  await act(async () => asked[1].answer('one'))
  rerender(null)
  expect(result.current.result).toEqual({ status: 'idle' })
})

it('a retry clears the error at once', async () => {
  const { open, asked } = page()
  const { result } = open('first')
  await act(async () => asked[0].fail(new AppError('data/not-found', 'gone')))
  expect(result.current.result).toMatchObject({ status: 'failed', error: { code: 'data/not-found' } })
  act(() => result.current.retry())
  expect(result.current.result.status).toBe('running')
  await act(async () => asked[1].answer('here'))
  expect(result.current.result).toMatchObject({ status: 'ready', value: 'here' })
})

it('the view left and opened again has its answer at once, also one that came meanwhile', async () => {
  const { open, asked } = page()
  open('first').unmount()
  expect(asked[0].signal.aborted).toBe(false)
  await act(async () => asked[0].answer('one'))
  const { result } = open('first')
  expect(result.current).toMatchObject({ result: { status: 'ready', value: 'one' } })
  expect(asked).toHaveLength(1)
})
