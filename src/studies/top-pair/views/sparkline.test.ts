import { expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'

it('draws a falling curve from top to bottom', () => {
  expect(sparkline([3, 2, 1], 100, 28)).toBe('M0.0 1.0L50.0 14.0L100.0 27.0')
  expect(sparkline([], 100, 28)).toBe('')
})
