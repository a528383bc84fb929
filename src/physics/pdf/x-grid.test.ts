import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { lagrangeStencil, stencilSize, xGrid } from './x-grid.ts'

const grid = xGrid({ xMin: 1e-5, spacing: 0.4, stretch: 12 })
const y = (x: number) => -Math.log(x) + 12 * (1 - x)

it('nodes are uniform in ln(1/x) + stretch (1 - x), from 1 to xMin', () => {
  expect(grid.x[0]).toBe(1)
  expect(grid.x.at(-1)).toBe(1e-5)
  grid.x.forEach((x, i) => expect(y(x)).toBeCloseTo(i * grid.step, 10))
  expect(grid.step).toBeLessThanOrEqual(0.4)
})

it('interpolates polynomials of degree five in y exactly, at the ends too', () => {
  const f = (x: number) => 1 - y(x) + 0.02 * y(x) ** 3 - 0.0005 * y(x) ** 5
  const weights = new Float64Array(stencilSize)
  for (const x of [1, 0.97, 0.5, 0.013, 2.2e-4, 1.1e-5, 1e-5]) {
    const first = lagrangeStencil(grid, x, weights)
    const value = weights.reduce((sum, w, j) => sum + w * f(grid.x[first + j]), 0)
    expect(value).toBeCloseToRel(f(x), 1e-10)
  }
})

it('is one object per setting, so kernels can be kept on it', () => {
  expect(xGrid({ xMin: 1e-5, spacing: 0.4, stretch: 12 })).toBe(grid)
  expect(xGrid({ xMin: 1e-6, spacing: 0.4, stretch: 12 })).not.toBe(grid)
})

it('refuses settings without a grid', () => {
  expect(() => xGrid({ xMin: 0 })).toThrow(/0 < xMin < 0\.1/)
  expect(() => xGrid({ spacing: NaN })).toThrow(/spacing/)
})
