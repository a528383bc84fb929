import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { squaredDistances } from './gaussian-limit.ts'
import { distanceCorrelation, nearestOthers, recallAt, trustworthiness } from './retrieval-metrics.ts'

function cloud(n: number, d: number, seed: number): Float64Array {
  const rng = createRng(seed)
  return Float64Array.from({ length: n * d }, () => rng.normal())
}

describe('retrieval metrics', () => {
  const n = 60
  const points = cloud(n, 3, 1)
  const truth = squaredDistances(points, n, points, n, 3)

  it('are perfect for any rescaled copy', () => {
    const scaled = truth.map((d) => 7 * d)
    expect(recallAt(1, truth, scaled, n)).toBe(1)
    expect(distanceCorrelation(truth, scaled, n)).toBeCloseTo(1, 12)
    expect(trustworthiness(5, truth, scaled, n)).toBe(1)
  })

  it('are at chance for an unrelated cloud', () => {
    const other = cloud(n, 3, 2)
    const found = squaredDistances(other, n, other, n, 3)
    // Chance of a given neighbour among 5 of 59 is 0.085, so 60 rows give 5 +- 2.2 hits.
    expect(recallAt(5, truth, found, n)).toBeLessThan(0.25)
    expect(Math.abs(distanceCorrelation(truth, found, n))).toBeLessThan(0.2)
    expect(trustworthiness(5, truth, found, n)).toBeLessThan(0.75)
  })

  it('orders ties by index', () => {
    expect(nearestOthers([0, 1, 1, 1, 0, 1, 1, 1, 0], 3, 0, 2)).toEqual([1, 2])
  })
})
