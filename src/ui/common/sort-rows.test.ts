import { expect, it } from 'vitest'
import { sortRows } from './sort-rows.ts'

const identity = (x: number | string | null) => x

it('sorts numbers by size and leaves the missing last both ways', () => {
  const rows = [10, null, 9, NaN, -1]
  expect(sortRows(rows, identity, false)).toEqual([-1, 9, 10, null, NaN])
  expect(sortRows(rows, identity, true)).toEqual([10, 9, -1, null, NaN])
})

it('sorts text with its numbers and does not touch the input', () => {
  const rows = ['U10', 'U9', 'U1']
  expect(sortRows(rows, identity, false)).toEqual(['U1', 'U9', 'U10'])
  expect(rows).toEqual(['U10', 'U9', 'U1'])
})
