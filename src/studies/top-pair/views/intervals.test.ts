import { expect, it } from 'vitest'
import { smallOutcome } from '../../../testing/small-fit.ts'
import { intervalRows } from './intervals.ts'

const binned = smallOutcome('binned', [0.4, -0.6], 0.4)
const exact = smallOutcome('exact', [0.45, -0.65], 0.05)

it('tabulates kinds under each coefficient with widths beside each other', () => {
  const rows = intervalRows([binned, exact])
  expect(rows.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    ...['td8 binned', 'td8 exact', 'tq8 binned', 'tq8 exact'],
  ])
  expect(rows[1].toBinned).toBeCloseTo(rows[1].width / rows[0].width)
  expect(rows[1].toBinned).toBeLessThan(0.3)
  expect(rows[0].toBinned).toBe(1)
  expect(intervalRows([binned])[0].toExact).toBeNull()
})
