import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createRng } from '../../numerics/rng.ts'
import { normalCdf } from '../special.ts'
import { adaptiveGrid } from './adaptive-grid.ts'

type Function2 = (x: number, y: number) => number

const rows = (f: Function2) => (thetas: Float64Array, count: number, out: Float64Array) => {
  for (let i = 0; i < count; i++) out[i] = f(thetas[2 * i], thetas[2 * i + 1])
}
const box = { min: [-2, -2], max: [2, 2] }

/** A correlated Gaussian much narrower than a cell of the first grid. */
function gaussian(sigma: number, rho: number, at: [number, number]): Function2 {
  return (x, y) => {
    const [a, b] = [(x - at[0]) / sigma, (y - at[1]) / (0.5 * sigma)]
    return -(a * a - 2 * rho * a * b + b * b) / (2 * (1 - rho * rho))
  }
}
/** Share of a normal distribution that lies within the box, along one axis. */
const inside = (mean: number, sigma: number) => normalCdf((2 - mean) / sigma) - normalCdf((-2 - mean) / sigma)
const logZOf = (sigma: number, rho: number) =>
  Math.log((2 * Math.PI * 0.5 * sigma * sigma * Math.sqrt(1 - rho * rho)) / 16)

describe('adaptive grid', () => {
  it.each([
    [0.5, 0],
    [0.1, 0.9],
    [0.02, -0.8],
    [0.03, 0.95],
  ])('evidence and moments of a Gaussian of width %f, correlation %f', (sigma, rho) => {
    const grid = adaptiveGrid(rows(gaussian(sigma, rho, [0.137, -0.391])), box)
    expect(grid.resolved).toBe(true)
    // The widest one is cut by the box: its share inside is a product, as it is uncorrelated.
    const cut = rho === 0 ? Math.log(inside(0.137, sigma) * inside(-0.391, 0.5 * sigma)) : 0
    expect(grid.logZ).toBeCloseTo(logZOf(sigma, rho) + cut, 4)
    expect(grid.evaluations).toBeLessThan(30_000)
    const count = 20_000
    const { theta: draws } = grid.draw(count, createRng(1))
    let [mean, variance] = [0, 0]
    for (let i = 0; i < count; i++) mean += draws[2 * i] / count
    for (let i = 0; i < count; i++) variance += (draws[2 * i] - mean) ** 2 / count
    if (sigma < 0.3) {
      expect(Math.abs(mean - 0.137)).toBeLessThan((4 * sigma) / Math.sqrt(count))
      // Interpolation inside cells widens the variance by less than 2 %; four standard errors of it are 4 %.
      expect(variance / sigma ** 2).toBeGreaterThan(0.96)
      expect(variance / sigma ** 2).toBeLessThan(1.06)
    }
  })

  it('keeps both hills and their shares', () => {
    const [left, right] = [gaussian(0.05, 0, [-1.2, 0.3]), gaussian(0.05, 0, [1.4, -0.8])]
    const f: Function2 = (x, y) => Math.log(3 * Math.exp(left(x, y)) + Math.exp(right(x, y)) + 1e-300)
    const grid = adaptiveGrid(rows(f), box)
    expect(grid.logZ).toBeCloseTo(Math.log(4) + logZOf(0.05, 0), 4)
    const { theta: draws } = grid.draw(4000, createRng(2))
    let onTheLeft = 0
    for (let i = 0; i < 4000; i++) if (draws[2 * i] < 0) onTheLeft++
    expect(Math.abs(onTheLeft / 4000 - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 4000))
  })

  it('counts forbidden corners as nothing and follows a wall', () => {
    const grid = adaptiveGrid(
      rows((x, y) => (x > 0 ? -0.5 * ((x / 0.1) ** 2 + (y / 0.1) ** 2) : Number.NEGATIVE_INFINITY)),
      { min: [0, -2], max: [2, 2] },
    )
    // Only the nodes on the wall itself are forbidden: half a cell of the half Gaussian is missing.
    expect(Math.abs(grid.logZ - Math.log((0.5 * 2 * Math.PI * 0.01) / 8))).toBeLessThan(0.15)
    expect(grid.evaluations).toBeLessThan(10_000)
  })

  it('does one parameter', () => {
    const grid = adaptiveGrid(
      (thetas, count, out) => {
        for (let i = 0; i < count; i++) out[i] = -0.5 * ((thetas[i] - 0.3) / 0.02) ** 2
      },
      { min: [-2], max: [2] },
    )
    expect(grid.logZ).toBeCloseTo(Math.log((Math.sqrt(2 * Math.PI) * 0.02) / 4), 5)
    expect(grid.evaluations).toBeLessThan(300)
  })

  it('refuses what is forbidden everywhere, NaN, and an empty axis', () => {
    expect(() =>
      adaptiveGrid(
        rows(() => Number.NEGATIVE_INFINITY),
        box,
      ),
    ).toThrow(/-Infinity on all/)
    expect(() =>
      adaptiveGrid(
        rows(() => NaN),
        box,
      ),
    ).toThrow(/NaN at/)
    expect(() =>
      adaptiveGrid(
        rows(() => 0),
        { min: [1, 0], max: [1, 2] },
      ),
    ).toThrow(/runs from 1 to 1/)
  })
})
