import { expect, it } from 'vitest'
import type { ComparedMap, ComparedMaps } from '../../numerics/compared-maps.ts'
import { commonCamera, comparisonSummary, mapPoints, trails } from './compare-figure.ts'

const n = 400
const map = (id: string, shift: number): ComparedMap => ({
  id,
  latentDim: 2,
  xy: Float32Array.from({ length: 2 * n }, (_, i) => i),
  aligned: Float32Array.from({ length: 2 * n }, (_, i) => i + shift),
  fit: { rotation: Float64Array.of(1, 0, 0, 1), mirrored: false, scale: 1, shift: [0, 0], disparity: 0.02 },
  neighbours: new Int32Array(n * 15),
  kept: new Float32Array(n),
  meanKept: 0.451,
  meanTrue: 0.2,
})
const compared: ComparedMaps = {
  maps: [map('a', 0), map('b', 1)],
  neighbours: 15,
  counted: Uint8Array.from({ length: n }, (_, u) => (u % 4 ? 1 : 0)),
  jaccard: Float64Array.of(1, 0.3, 0.3, 1),
  chance: 0.0075,
}

const universes = { many: 'universes', leftOut: 'with a negative linear spectrum' }

it('places points aligned or as they are', () => {
  expect(mapPoints(compared.maps[1], false).y[3]).toBe(7)
  expect(mapPoints(compared.maps[1], true).y[3]).toBe(8)
})

it('frames all aligned maps', () => {
  const { x, y, halfSpan } = commonCamera(compared)
  expect([x, y]).toEqual([399.5, 400.5])
  expect(halfSpan).toBeGreaterThan(399.5)
})

it('draws trails of the selection, or of an even sample', () => {
  const selected = new Uint8Array(n)
  selected[8] = selected[9] = 1
  const chosen = trails(compared, 1, selected)
  expect(chosen.of).toBe(2)
  expect(chosen.paths[0].points).toEqual([
    { x: 16, y: 17 },
    { x: 17, y: 18 },
  ])
  const sample = trails(compared, 1, null)
  expect(sample.of).toBe(300)
  expect(sample.paths).toHaveLength(150)
})

it('says what is kept, and what chance would keep', () => {
  expect(comparisonSummary(compared, universes)).toBe(
    'Of the 15 nearest neighbours on a, b keeps 45 % (disparity 0.020); by chance 0.8 %. Averages over 300 universes; 100 with a negative linear spectrum are left out.',
  )
})
