import { describe, expect, it } from 'vitest'

import '../testing/matchers.ts'
import { contourLines } from './contours.ts'
import { enclosedMassLevels, kernelDensity } from './density.ts'
import type { DensityGrid } from './density.ts'
import type { Polygon } from './polygon.ts'
import { containsPoint, polygonArea } from './polygon.ts'
import { createRng } from './rng.ts'

function gaussianCloud(n: number, sx: number, sy: number) {
  const rng = createRng(3)
  const x = Float32Array.from({ length: n }, () => 1 + sx * rng.normal())
  const y = Float32Array.from({ length: n }, () => -2 + sy * rng.normal())
  return { x, y }
}

function mass(grid: DensityGrid): number {
  const cell = ((grid.xMax - grid.xMin) / (grid.columns - 1)) * ((grid.yMax - grid.yMin) / (grid.rows - 1))
  return grid.values.reduce((sum, value) => sum + value, 0) * cell
}

const pairs = (line: Float64Array): Polygon =>
  Array.from({ length: line.length / 2 }, (_, k) => [line[2 * k], line[2 * k + 1]])

describe('kernelDensity', () => {
  it('has unit mass, whatever the number of points, rows that are not finite or a mask', () => {
    const { x, y } = gaussianCloud(500, 1, 3)
    x[7] = NaN
    y[8] = Infinity
    const mask = Uint8Array.from(x, (_, i) => i % 3)
    expect(mass(kernelDensity(x, y, 500)!)).toBeCloseToRel(1, 2e-4)
    expect(mass(kernelDensity(x, y, 500, { mask })!)).toBeCloseToRel(1, 2e-4)
    expect(mass(kernelDensity(x, y, 2)!)).toBeCloseToRel(1, 2e-4)
    expect(kernelDensity(x, y, 1)).toBeNull()
  })

  // Two roads: binned and blurred against the sum over all kernels at the node, Gaussian of the same width.
  // Linear binning widens the kernel by h^2 -> h^2 + O(cell^2) (Wand 1994): below 1 % of the peak here.
  it('equals the direct sum of kernels', () => {
    const { x, y } = gaussianCloud(300, 1, 2)
    const [hx, hy] = [0.4, 0.7]
    const grid = kernelDensity(x, y, 300, { bandwidth: [hx, hy], columns: 160, rows: 160 })!
    const peak = Math.max(...grid.values)
    for (const [column, row] of [
      [80, 80],
      [60, 90],
      [40, 40],
      [100, 75],
    ]) {
      const gx = grid.xMin + (column / 159) * (grid.xMax - grid.xMin)
      const gy = grid.yMin + (row / 159) * (grid.yMax - grid.yMin)
      let direct = 0
      for (let i = 0; i < 300; i++)
        direct += Math.exp(-0.5 * (((x[i] - gx) / hx) ** 2 + ((y[i] - gy) / hy) ** 2))
      direct /= 300 * 2 * Math.PI * hx * hy
      expect(Math.abs(grid.values[row * 160 + column] - direct)).toBeLessThan(0.01 * peak)
    }
  })

  it('gives points on one line a finite density', () => {
    const grid = kernelDensity([0, 1, 2], [5, 5, 5], 3)!
    expect(grid.values.every(Number.isFinite)).toBe(true)
  })
})

describe('contours of enclosed mass', () => {
  // A Gaussian's highest-density region of mass m is the ellipse with -2 ln(1 - m) = r^2: area 2 pi s_x s_y
  // (-ln(1 - m)) and level (1 - m) / (2 pi s_x s_y).
  const [sx, sy] = [1.5, 0.5]
  const grid: DensityGrid = {
    ...{ xMin: -9, xMax: 9, yMin: -3, yMax: 3, columns: 181, rows: 151 },
    values: new Float64Array(181 * 151),
  }
  for (let row = 0; row < 151; row++)
    for (let column = 0; column < 181; column++)
      grid.values[row * 181 + column] =
        Math.exp(-0.5 * (((column - 90) * 0.1) / sx) ** 2 - 0.5 * (((row - 75) * 0.04) / sy) ** 2) /
        (2 * Math.PI * sx * sy)

  it.each([0.3, 0.6827, 0.95])('encloses %f of a Gaussian', (m) => {
    const [level] = enclosedMassLevels(grid, [m])
    expect(level).toBeCloseToRel((1 - m) / (2 * Math.PI * sx * sy), 0.01)
    const lines = contourLines(grid, level)
    expect(lines).toHaveLength(1)
    // Positive: the high side is on the left, so a peak is walked counter-clockwise.
    // One per cent of level is up to three per cent of area at small masses: d ln A = d ln f / ln(1 - m).
    expect(polygonArea(pairs(lines[0]))).toBeCloseToRel(-2 * Math.PI * sx * sy * Math.log(1 - m), 0.03)
  })

  it('encloses the asked share of the points themselves', () => {
    const { x, y } = gaussianCloud(20_000, 1, 2)
    const estimate = kernelDensity(x, y, 20_000)!
    const [line] = contourLines(estimate, enclosedMassLevels(estimate, [0.68])[0])
    const polygon = pairs(line)
    let inside = 0
    for (let i = 0; i < 2000; i++) inside += Number(containsPoint(polygon, x[i], y[i]))
    // The blur widens the contour by (1 + n^(-1/3)): 0.68 -> 0.694; four binomial sigmas of 2,000 are 0.042.
    expect(Math.abs(inside / 2000 - 0.694)).toBeLessThan(0.042)
  })

  it('refuses a mass in per cent', () => {
    expect(() => enclosedMassLevels(grid, [68])).toThrow(/between 0 and 1, got 68/)
  })
})

describe('contourLines', () => {
  const small = (values: number[], columns: number): DensityGrid => ({
    ...{ xMin: 0, xMax: columns - 1, yMin: 0, yMax: values.length / columns - 1 },
    ...{ columns, rows: values.length / columns, values: Float64Array.from(values) },
  })

  it('closes a ring around one high node', () => {
    const [line] = contourLines(small([0, 0, 0, 0, 1, 0, 0, 0, 0], 3), 0.5)
    expect([...line.slice(0, 2)]).toEqual([...line.slice(-2)])
    expect(polygonArea(pairs(line))).toBeCloseTo(0.5, 12)
  })

  it('leaves a line open at the border of the grid', () => {
    const lines = contourLines(small([0, 1, 0, 1, 0, 1], 2), 0.5)
    expect(lines).toHaveLength(1)
    expect([...lines[0]].filter((_, i) => i % 2 === 0)).toEqual([0.5, 0.5, 0.5])
  })

  it('joins or parts a saddle by its centre', () => {
    expect(contourLines(small([1, 0, 0, 1], 2), 0.4)).toHaveLength(2)
    const joined = contourLines(small([1, 0, 0, 1], 2), 0.4).map((line) => line[0] + line[1])
    const parted = contourLines(small([1, 0, 0, 1], 2), 0.6).map((line) => line[0] + line[1])
    expect(joined).not.toEqual(parted)
  })
})
