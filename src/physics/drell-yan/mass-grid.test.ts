import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { massGrid } from './mass-grid.ts'

const request = {
  mMin: 50,
  mMax: 3000,
  breaks: [60, 120, 5000],
  thresholds: [50, 86, 90, 91.5],
  mZ: 91.1876,
  widthZ: 2.4952,
  nodesPerSegment: 6,
}

describe('mass grid', () => {
  const grid = massGrid(request)
  const integral = (f: (m: number) => number) => grid.m.reduce((sum, m, i) => sum + grid.weight[i] * f(m), 0)

  it('integrates the resonance', () => {
    const { mZ, widthZ } = request
    const exact = (m: number) => Math.atan((m * m - mZ * mZ) / (mZ * widthZ)) / (mZ * widthZ)
    const breitWigner = (m: number) => (2 * m) / ((m * m - mZ * mZ) ** 2 + (mZ * widthZ) ** 2)
    expect(integral(breitWigner)).toBeCloseToRel(exact(3000) - exact(50), 1e-6)
  })

  it.each(request.thresholds)('integrates a square root that starts at %s GeV', (threshold) => {
    const root = (m: number) => Math.sqrt(Math.max(0, m - threshold)) * Math.exp(-m / 40)
    const fine = massGrid({ ...request, nodesPerSegment: 30 })
    const exact = fine.m.reduce((sum, m, i) => sum + fine.weight[i] * root(m), 0)
    expect(integral(root)).toBeCloseToRel(exact, 1e-6)
  })

  it('is ascending and lets no segment straddle a break', () => {
    for (let i = 1; i < grid.m.length; i++) expect(grid.m[i]).toBeGreaterThan(grid.m[i - 1])
    const below = grid.m.reduce((sum, m, i) => sum + (m < 120 ? grid.weight[i] : 0), 0)
    expect(below).toBeCloseToRel(70, 1e-13)
  })
})
