import { expect, it } from 'vitest'
import { selectionParts } from './use-selection.ts'

it('both captions of a selection count the same replicas, and the parts sum to the points', () => {
  // Rows 0 to 9 are shipped, 12 was drawn in the page; two more points are universes' own dots.
  const rows = Int32Array.of(0, 3, 9, 12)
  expect(selectionParts({ points: 6, rows }, 10)).toBe(
    '3 replicas, 1 drawn in the page, 2 universes without noise',
  )
  expect(selectionParts({ points: 3, rows: rows.subarray(0, 3) }, 10)).toBe('3 replicas')
})
