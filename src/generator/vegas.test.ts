import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { integrateVegas, mapPoint, refineGrid, uniformGrid } from './vegas.ts'
import { drain } from '../numerics/drain.ts'

/** Narrow Gaussian in the middle of the unit cube, normalised. */
function peak(x: Float64Array): number {
  let exponent = 0
  for (const value of x) exponent += ((value - 0.4) / 0.02) ** 2
  return Math.exp(-0.5 * exponent) / (0.02 * Math.sqrt(2 * Math.PI)) ** x.length
}

describe('VEGAS', () => {
  it('integrates a narrow peak with an honest error', () => {
    const result = drain(
      integrateVegas(peak, { dimensions: 3, points: 8000, iterations: 8, rng: createRng(1), warmup: 4 }),
    )
    expect(Math.abs(result.value - 1) / result.error).toBeLessThan(4)
    // Plain Monte Carlo with as many points has an error of about 0.4.
    expect(result.error).toBeLessThan(0.01)
    expect(result.chi2PerDof).toBeLessThan(4)
  })

  it('keeps volume: the mean Jacobian is 1 whatever the grid', () => {
    let grid = uniformGrid(2, 8)
    const importance = Float64Array.from({ length: 16 }, (_, i) => (i % 8 === 3 ? 1 : 0))
    for (let k = 0; k < 3; k++) grid = refineGrid(grid, importance)
    const rng = createRng(2)
    const [u, x, cells] = [new Float64Array(2), new Float64Array(2), new Int32Array(2)]
    let sum = 0
    const n = 20_000
    for (let i = 0; i < n; i++) {
      u[0] = rng.uniform()
      u[1] = rng.uniform()
      sum += mapPoint(grid, u, x, cells) / n
      expect(x[0] >= 0 && x[0] <= 1).toBe(true)
    }
    expect(sum).toBeCloseTo(1, 1)
    const widths = Array.from({ length: 8 }, (_, b) => grid.edges[b + 1] - grid.edges[b])
    expect(Math.min(...widths)).toBeGreaterThan(0)
    expect(Math.max(...widths)).toBeGreaterThan(0.2)
  })

  it('leaves a grid alone where nothing was found', () => {
    const grid = uniformGrid(1, 4)
    expect(refineGrid(grid, new Float64Array(4)).edges).toEqual(grid.edges)
  })
})
