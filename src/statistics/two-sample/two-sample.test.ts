import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { crossValidatedAuc } from './cross-validated-auc.ts'
import { areaUnderCurve, kolmogorovSmirnov, median, medianError } from './one-feature.ts'

const gaussians = (count: number, shift: number, stream: string): Float64Array => {
  const rng = createRng(1, stream)
  return Float64Array.from({ length: 2 * count }, (_, k) => rng.normal() + (k % 2 === 0 ? shift : 0))
}

describe('two samples', () => {
  it('one feature: medians, distances and areas by hand', () => {
    expect(median(Float64Array.of(3, 1, 2))).toBe(2)
    expect(median(Float64Array.of(4, 1, 2, 3))).toBe(2.5)
    expect(kolmogorovSmirnov(Float64Array.of(1, 2, 2, 3), Float64Array.of(2, 2, 5, 5))).toBe(0.5)
    expect(kolmogorovSmirnov(Float64Array.of(1, 2), Float64Array.of(1, 2))).toBe(0)
    expect(areaUnderCurve(Float64Array.of(0, 1), Float64Array.of(1, 2)).auc).toBe(0.875)
  })

  it('a median of normals has the error √(π/2n)', () => {
    const rng = createRng(5, 'medians')
    const errors = Array.from({ length: 40 }, () =>
      medianError(Float64Array.from({ length: 900 }, () => rng.normal())),
    )
    const mean = errors.reduce((sum, x) => sum + x, 0) / errors.length
    expect(mean / Math.sqrt(Math.PI / 1800)).toBeCloseTo(1, 1)
  })

  it('alike, they are not told apart', () => {
    const { auc, error } = crossValidatedAuc(gaussians(2000, 0, 'a'), gaussians(1000, 0, 'b'), 2, 1)
    expect(error).toBeLessThan(0.03)
    expect(Math.abs(auc - 0.5)).toBeLessThan(3 * error)
  })

  it('shifted by one deviation they have the area of a normal, Φ(1/√2)', () => {
    const { auc, error } = crossValidatedAuc(gaussians(3000, 0, 'a'), gaussians(3000, 1, 'b'), 2, 1)
    expect(Math.abs(auc - 0.7602499)).toBeLessThan(4 * error)
  })

  it('of different width alone they are told by squares', () => {
    const wide = gaussians(2000, 0, 'b').map((x) => 2 * x)
    // P of a χ² of two degrees, four times as large, being the larger.
    const { auc, error } = crossValidatedAuc(gaussians(2000, 0, 'a'), wide, 2, 1)
    expect(Math.abs(auc - 0.8)).toBeLessThan(4 * error)
  })

  it('far apart they are separate, and features that never change do no harm', () => {
    const far = gaussians(200, 30, 'b').map((x, k) => (k % 2 === 1 ? 5 : x))
    const near = gaussians(200, 0, 'a').map((x, k) => (k % 2 === 1 ? 5 : x))
    expect(crossValidatedAuc(near, far, 2, 1).auc).toBe(1)
  })
})
