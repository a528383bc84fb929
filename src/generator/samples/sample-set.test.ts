import { expect, it } from 'vitest'
import { sampleSet } from './sample-set.ts'

it('every sample has shares that fill a block, and a process', () => {
  for (const [id, { parts, events }] of Object.entries(sampleSet)) {
    expect(
      parts.reduce((sum, { share }) => sum + share, 0),
      id,
    ).toBe(1000)
    expect(events, id).toBeLessThanOrEqual(30_000)
  }
  expect(Object.keys(sampleSet)).toHaveLength(33)
})
