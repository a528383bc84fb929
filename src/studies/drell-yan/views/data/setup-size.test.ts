import { expect, it } from 'vitest'
import { setupSize } from './setup-size.ts'

it('counts the rows and refuses what would not fit, with both numbers', () => {
  expect(setupSize({ universes: 2000, replicasPerUniverse: 10 })).toEqual({
    rows: 20_000,
    bytes: 5_840_000,
    complaint: null,
  })
  const { complaint } = setupSize({ universes: 20_000, replicasPerUniverse: 500 })
  expect(complaint).toContain('10000000 spectra')
  expect(complaint).toContain('at most 1838')
})
