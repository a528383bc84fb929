import { expect, it } from 'vitest'
import { createRng } from '../../../numerics/rng.ts'
import { summariseSelection } from './selection-summary.ts'

it('is nothing for an empty selection', () => {
  expect(summariseSelection(new Float32Array(10), 2, [], 5)).toBeNull()
})

it('is the spectrum itself for one row', () => {
  const spectra = Float32Array.of(1, 2, 3, 4)
  expect(summariseSelection(spectra, 2, [1], 1)).toEqual({
    rows: 1,
    universes: 1,
    mean: Float64Array.of(3, 4),
    low: Float64Array.of(3, 4),
    high: Float64Array.of(3, 4),
  })
})

it('counts universes by their rows and gives the mean bin by bin', () => {
  const spectra = Float32Array.from({ length: 12 }, (_, i) => i)
  const summary = summariseSelection(spectra, 2, [0, 1, 5], 2)
  expect(summary).toMatchObject({ rows: 3, universes: 2 })
  expect([...(summary?.mean ?? [])]).toEqual([4, 5])
})

it('has the central 68 % of many normal rows between low and high', () => {
  const rng = createRng(1)
  const rows = 30_000 // more than are read for the percentiles
  const spectra = Float32Array.from({ length: rows }, () => 10 + 2 * rng.normal())
  const summary = summariseSelection(
    spectra,
    1,
    Array.from({ length: rows }, (_, i) => i),
    10,
  )
  if (!summary) throw new Error('not empty')
  // One sigma either side; percentiles of 2000 rows are known to 3 % of sigma.
  expect(Math.abs(summary.mean[0] - 10)).toBeLessThan(0.06)
  expect(Math.abs(summary.low[0] - 8)).toBeLessThan(0.3)
  expect(Math.abs(summary.high[0] - 12)).toBeLessThan(0.3)
})
