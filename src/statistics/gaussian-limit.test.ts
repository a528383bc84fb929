import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import '../testing/matchers.ts'
import { bayesAccuracy, principalAxes, project, squaredDistances } from './gaussian-limit.ts'
import { normalCdf } from './special.ts'

describe('exact limits under the Gaussian model', () => {
  it('two universes at distance D are told apart with probability Phi(D/2)', () => {
    for (const D of [0.5, 1, 2, 4]) {
      const means = new Float64Array([0, 0, D, 0])
      const { value, error } = bayesAccuracy(means, 2, 2, 20_000, createRng(7).split(D))
      expect(Math.abs(value - normalCdf(D / 2))).toBeLessThan(4 * error)
    }
  })

  it('identical universes are guessed at chance', () => {
    const { value, error } = bayesAccuracy(new Float64Array(4 * 3), 4, 3, 5000, createRng(1))
    expect(Math.abs(value - 0.25)).toBeLessThan(4 * error)
  })

  it('all principal axes keep every distance; fewer only shrink them', () => {
    const rng = createRng(3)
    const [classes, n, hidden] = [40, 12, 3]
    const basis = Float64Array.from({ length: hidden * n }, () => rng.normal())
    const means = new Float64Array(classes * n)
    for (let c = 0; c < classes; c++)
      for (let h = 0; h < hidden; h++) {
        const weight = rng.normal() * (3 - h)
        for (let k = 0; k < n; k++) means[c * n + k] += weight * basis[h * n + k]
      }
    const axes = principalAxes(means, classes, n)
    expect(axes.rank).toBe(hidden)
    const full = squaredDistances(means, classes, means, classes, n)
    const kept = project(axes, means, classes, n, hidden)
    const two = project(axes, means, classes, n, 2)
    const keptDistances = squaredDistances(kept, classes, kept, classes, hidden)
    const twoDistances = squaredDistances(two, classes, two, classes, 2)
    for (let i = 0; i < full.length; i++) {
      expect(Math.abs(keptDistances[i] - full[i])).toBeLessThan(1e-9 * (1 + full[i]))
      expect(twoDistances[i]).toBeLessThanOrEqual(full[i] * (1 + 1e-9) + 1e-9)
    }
  })
})
