// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { sameItems, useSame } from './use-same.ts'

it('keeps the list of before while its items are the same, and takes the new one when one changes', () => {
  const [a, b] = [{}, {}]
  const lists = [[a, b], [a, b], [b, a], [b], [b]]
  const seen: unknown[] = []
  const { rerender } = renderHook(
    ({ list }) => {
      const same = useSame(list, sameItems)
      seen.push(same)
      return same
    },
    { initialProps: { list: lists[0] } },
  )
  const kept = lists.map((list) => {
    rerender({ list })
    return seen.at(-1)
  })
  expect(kept.map((list) => lists.indexOf(list as object[]))).toEqual([0, 0, 2, 3, 3])
  // Never a render with what is over: each list is first seen with its own items.
  expect(seen.every((list) => lists.includes(list as object[]))).toBe(true)
})
