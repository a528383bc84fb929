import { expect, it } from 'vitest'
import { describeRows } from './dropped-rows.ts'

it('gives latent place and whitened length of the first rows only', () => {
  const file = {
    name: 'two.csv',
    rows: 2,
    spectra: new Float32Array(4),
    latent: Float32Array.of(1, 2, 3, 4, 5, 6),
    whitened: Float32Array.of(3, 4, 0, 1),
    negativeValues: 0,
    notes: [],
  }
  expect(describeRows(file, 5)).toEqual([
    { row: 0, z: [1, 2], distance: 5 },
    { row: 1, z: [4, 5], distance: 1 },
  ])
  expect(describeRows(file, 1)).toHaveLength(1)
  expect(describeRows({ ...file, rows: 0, latent: new Float32Array(0) }, 5)).toEqual([])
})
