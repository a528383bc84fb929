import { expect, it } from 'vitest'
import { visiblePoints, withHidden } from './shown-events.ts'

const points = { x: Float32Array.of(1, 2, 3), y: Float32Array.of(4, 5, 6), count: 3, version: 0 }

it('dots of hidden classes lose their place and keep their number', () => {
  const names = ['0 tops', '4 tops']
  const seen = visiblePoints(points, Uint8Array.of(0, 1, 0), ['4-tops'], names)
  expect([Array.from(seen.x), Array.from(seen.y), seen.count]).toEqual([[1, NaN, 3], [4, NaN, 6], 3])
  expect(visiblePoints(points, Uint8Array.of(0, 1, 0), [], names)).toBe(points)
})

it('the legend calls classes as links do', () => {
  const entries = ['0 tops', '4 tops'].map((label) => ({ label, colour: '#000', shape: 'disc' as const }))
  expect(withHidden({ kind: 'classes', entries }, ['4-tops'])).toMatchObject({
    entries: [
      { id: '0-tops', hidden: false },
      { id: '4-tops', hidden: true },
    ],
  })
})
