import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { flatPrior, posteriorProblem } from '../likelihood/prior.ts'
import { createBinnedLikelihood } from '../likelihood/binned.ts'
import { nestedSampling } from '../nested-sampling/nested-sampling.ts'
import { gridPosterior } from './grid-posterior.ts'
import '../../testing/matchers.ts'

function finish<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

describe('grid and nested sampling', () => {
  it('agree on evidence, means and modes of a bimodal binned fit', () => {
    const likelihood = createBinnedLikelihood({
      names: ['c1', 'c2'],
      order: 'quadratic',
      kind: 'poisson',
      counts: Float64Array.of(230, 120, 60),
      // 1, c1, c2, c1^2, c1 c2, c2^2 per bin
      templates: Float64Array.of(200, 20, 10, 40, 0, 30, 100, 20, 15, 40, 0, 40, 40, 10, 15, 30, 0, 40),
    })
    const grid = finish(gridPosterior(likelihood.logLikelihood, { min: [-2, -2], max: [2, 2] }, 161))
    const nested = finish(
      nestedSampling(posteriorProblem(likelihood, flatPrior(['c1', 'c2'], -2, 2)), {
        rng: createRng(5),
        livePoints: 400,
      }),
    )
    expect(Math.abs(nested.logZ - grid.logZ)).toBeLessThan(3 * nested.logZError)
    for (const k of [0, 1]) {
      const { x, density } = grid.marginals[k]
      const step = x[1] - x[0]
      const mean = density.reduce((sum, value, i) => sum + value * x[i] * step, 0)
      const sampled = nested.weights.reduce((sum, w, i) => sum + w * nested.theta[2 * i + k], 0)
      expect(Math.abs(mean - sampled)).toBeLessThan(0.1)
      expect(density.reduce((sum, value) => sum + value * step, 0)).toBeCloseToRel(1, 0.01)
    }
    expect(grid.best.logL).toBeGreaterThan(Math.max(...nested.logL) - 0.5)
  })

  it('the grid refuses an empty box and a likelihood of nothing', () => {
    expect(() => finish(gridPosterior(() => 0, { min: [0, 1], max: [1, 1] }))).toThrow(/Axis 1.*from 1 to 1/)
    expect(() => finish(gridPosterior(() => -Infinity, { min: [0, 0], max: [1, 1] }, 8))).toThrow(
      /all 64 nodes/,
    )
    expect(() => finish(gridPosterior(() => Number.NaN, { min: [0, 0], max: [1, 1] }, 8))).toThrow(
      /NaN at \(0, 0\)/,
    )
  })
})
