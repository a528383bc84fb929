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

it('leaves out what only a few samples stand for, and keeps a light mode', () => {
  const modes = (light: number) => {
    const values = new Float64Array(64)
    values.set([3, 9, 3], 9)
    values.set([9, 40, 9], 17)
    values.set([3, 9, 3], 25)
    values[54] = light
    const { x } = massRegion({ xMin: 0, xMax: 7, yMin: 0, yMax: 7, columns: 8, rows: 8, values }, light / 2)
    return 1 + x.filter((value) => value === null).length
  }
  expect(modes(0.3)).toBe(1) // .3 of 88.3
  expect(modes(1)).toBe(2) // 1 of 89
})

it('keeps separate modes apart', () => {
  const { x } = massRegion(grid([1, 0, 0, 0, 0, 0, 0, 0, 1]), 0.5)
  expect(x.filter((value) => value === null)).toHaveLength(1)
})
