import { expect, it } from 'vitest'
import type { Mlp } from '../../../../ml/mlp.ts'
import { describeRows } from './dropped-rows.ts'

/** Two bins to z = (sum, difference). */
const encoder: Mlp = {
  layers: [
    {
      inputs: 2,
      outputs: 2,
      kernel: Float32Array.of(1, 1, 1, -1),
      bias: Float32Array.of(0, 0),
      activation: 'linear',
    },
  ],
}

it('gives latent place and whitened length of the first rows only', () => {
  const file = { rows: 2, whitened: Float32Array.of(3, 4, 0, 1) }
  expect(describeRows(file, encoder, 5)).toEqual([
    { row: 0, z: [7, -1], distance: 5 },
    { row: 1, z: [1, -1], distance: 1 },
  ])
  expect(describeRows(file, encoder, 1)).toHaveLength(1)
  expect(describeRows({ rows: 0, whitened: new Float32Array(0) }, encoder, 5)).toEqual([])
})
