import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { density1d } from './density-1d.ts'
import { density2d } from './density-2d.ts'
import '../../testing/matchers.ts'
import { equalWeights, normalAt, stratified, stratifiedCount } from '../../testing/stratified.ts'

describe('density in one dimension', () => {
  const at = ({ x, density }: { x: Float64Array; density: Float64Array }, value: number) => {
    const position = ((value - x[0]) / (x[x.length - 1] - x[0])) * (x.length - 1)
    const i = Math.min(Math.floor(position), x.length - 2)
    return density[i] + (position - i) * (density[i + 1] - density[i])
  }

  it('of a normal: right height and the width of the optimal kernel', () => {
    const found = density1d(stratified(normalAt), equalWeights)
    expect(at(found, 0)).toBeCloseToRel(1 / Math.sqrt(2 * Math.PI), 0.03)
    expect(at(found, 1)).toBeCloseToRel(Math.exp(-0.5) / Math.sqrt(2 * Math.PI), 0.03)
    // 1.06 n^(-1/5) for a normal; the data-driven width comes within a quarter.
    expect(found.bandwidth).toBeCloseToRel(1.06 * stratifiedCount ** -0.2, 0.25)
  })

  it('keeps two narrow modes apart, which the normal rule would smear', () => {
    const values = stratified(normalAt).map((x, i) => (i % 2 ? 5 : -5) + 0.2 * x)
    const found = density1d(values, equalWeights)
    expect(found.bandwidth).toBeLessThan(0.1)
  })

  it('does not sag at a wall: flat, sloped and exponential densities', () => {
    const flat = density1d(
      stratified((p) => p),
      equalWeights,
      { min: 0, max: 1 },
    )
    for (const x of [0, 0.01, 0.5, 1]) expect(at(flat, x)).toBeCloseToRel(1, 0.02)
    const sloped = density1d(stratified(Math.sqrt), equalWeights, { min: 0, max: 1 })
    expect(at(sloped, 1)).toBeCloseToRel(2, 0.05)
    const exponential = density1d(
      stratified((p) => -Math.log(1 - p)),
      equalWeights,
      { min: 0 },
    )
    expect(at(exponential, 0)).toBeCloseToRel(1, 0.06)
    const withoutWall = density1d(
      stratified((p) => -Math.log(1 - p)),
      equalWeights,
    )
    expect(at(withoutWall, 0)).toBeLessThan(0.7)
  })

  it('uses weights, integrates to one and ignores far points without weight', () => {
    const values = stratified((p) => p).with(0, 1e6)
    const weights = values.map((x) => (x > 10 ? 0 : x))
    const found = density1d(values, weights, { min: 0, max: 1 })
    expect(at(found, 0.5)).toBeCloseToRel(1, 0.05)
    expect(at(found, 0.9)).toBeCloseToRel(1.8, 0.05)
    const step = found.x[1] - found.x[0]
    const sum = found.density.reduce((s, v, i, all) => s + (i === 0 || i === all.length - 1 ? 0.5 : 1) * v, 0)
    expect(sum * step).toBeCloseToRel(1, 1e-12)
  })

  it('refuses NaN', () => {
    expect(() => density1d(equalWeights.with(3, Number.NaN), equalWeights)).toThrow(
      /Sample 3 has the value NaN/,
    )
  })
})

describe('density in two dimensions', () => {
  const rng = createRng(3)
  const x = Float64Array.from({ length: stratifiedCount }, () => rng.normal())
  const y = x.map((value) => 0.8 * value + 0.6 * rng.normal())

  it('of a correlated normal: contours hold 68, 95 and 99 % of fresh draws', () => {
    const { levels, ...grid } = density2d(x, y, equalWeights)
    const inside = [0, 0, 0]
    const draws = 20_000
    for (let i = 0; i < draws; i++) {
      const a = rng.normal()
      const b = 0.8 * a + 0.6 * rng.normal()
      const column = Math.round(((a - grid.xMin) / (grid.xMax - grid.xMin)) * (grid.columns - 1))
      const row = Math.round(((b - grid.yMin) / (grid.yMax - grid.yMin)) * (grid.rows - 1))
      if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue
      levels.forEach((level, k) => {
        if (grid.values[row * grid.columns + column] >= level) inside[k]++
      })
    }
    ;[0.68, 0.95, 0.99].forEach((mass, k) => expect(Math.abs(inside[k] / draws - mass)).toBeLessThan(0.03))
  })

  it('does not sag at the walls of a flat prior', () => {
    const u = Float64Array.from({ length: 20_000 }, () => rng.uniform())
    const v = Float64Array.from({ length: 20_000 }, () => rng.uniform())
    const wall = { min: 0, max: 1 }
    const grid = density2d(u, v, new Float64Array(20_000).fill(1), { x: wall, y: wall })
    const strip = (row: number) =>
      grid.values
        .subarray(row * grid.columns, (row + 1) * grid.columns)
        .reduce((sum, z) => sum + z / grid.columns, 0)
    for (const row of [0, 1, 64, 127]) expect(strip(row)).toBeCloseToRel(1, 0.1)
  })
})
