import { expect, it } from 'vitest'
import type { DensityGrid } from '../../../numerics/density.ts'
import { massRegion } from './mass-regions.ts'

const grid = (values: number[]): DensityGrid => ({
  ...{ xMin: 0, xMax: 2, yMin: 0, yMax: 2, columns: 3, rows: 3 },
  values: Float64Array.from(values),
})

it('is a closed polygon around a peak inside', () => {
  const { x, y, top } = massRegion(grid([0, 0, 0, 0, 1, 0, 0, 0, 0]), 0.5)
  expect([x[0], y[0]]).toEqual([x.at(-1), y.at(-1)])
  expect(top).toEqual({ x: 1, y: 1.5 })
})

it('follows the wall where the density does not fall to zero before it', () => {
  const { x, y } = massRegion(grid([1, 0, 0, 1, 0, 0, 1, 0, 0]), 0.5)
  expect(Math.min(...x.map(Number))).toBe(0)
  expect(Math.max(...x.map(Number))).toBe(0.5)
  expect([x[0], y[0]]).toEqual([x.at(-1), y.at(-1)])
  expect([Math.min(...y.map(Number)), Math.max(...y.map(Number))]).toEqual([0, 2])
})

it('keeps separate modes apart', () => {
  const { x } = massRegion(grid([1, 0, 0, 0, 0, 0, 0, 0, 1]), 0.5)
  expect(x.filter((value) => value === null)).toHaveLength(1)
})
