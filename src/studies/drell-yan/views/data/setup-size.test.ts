import { expect, it } from 'vitest'
import { setupSize } from './setup-size.ts'

const bins = { bins: 'mll-ptl' as const, yEdges: [0, 1, 2.4] }

it('counts the rows and refuses what would not fit, with both numbers', () => {
  expect(setupSize({ ...bins, universes: 2000, replicasPerUniverse: 10 })).toEqual({
    rows: 20_000,
    bytes: 5_840_000,
    complaint: null,
  })
  const { complaint } = setupSize({ ...bins, universes: 20_000, replicasPerUniverse: 500 })
  expect(complaint).toContain('10000000 spectra')
  expect(complaint).toContain('at most 1838')
})

it('counts forward and backward bins, and those of |y|', () => {
  const size = (of: 'mll-fb' | 'mll-y-fb') =>
    setupSize({ ...bins, bins: of, universes: 100, replicasPerUniverse: 1 }).bytes
  expect(size('mll-fb')).toBe(4 * 100 * (84 + 2))
  expect(size('mll-y-fb')).toBe(4 * 100 * (168 + 2))
})
