import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { gaussianPosterior } from './gaussian-posterior.ts'
import { dirichletUncertainty, ensembleUncertainty, entropy, singleUncertainty } from './uncertainty.ts'

describe('uncertainty of a Dirichlet', () => {
  it('flat over two classes: total ln 2, data 1/2 nat', () => {
    const { total, data, knowledge, vacuity } = dirichletUncertainty([1, 1])
    expect(total).toBeCloseToRel(Math.LN2, 1e-14)
    expect(data).toBeCloseToRel(0.5, 1e-13) // the mean binary entropy of a uniform p
    expect(knowledge).toBeCloseToRel(Math.LN2 - 0.5, 1e-12)
    expect(vacuity).toBe(1)
  })
  it('agrees with Monte Carlo over its probabilities', () => {
    const alpha = [3, 1, 2]
    const rng = createRng(4)
    let sum = 0
    const draws = 40_000
    for (let i = 0; i < draws; i++) {
      // Gamma variates of whole shape: sums of exponentials.
      const g = alpha.map((a) =>
        Array.from({ length: a }, () => -Math.log(1 - rng.uniform())).reduce((s, e) => s + e),
      )
      const all = g.reduce((s, v) => s + v)
      sum += entropy(g.map((v) => v / all)) / draws
    }
    expect(Math.abs(dirichletUncertainty(alpha).data! - sum)).toBeLessThan(4 * (0.25 / Math.sqrt(draws)))
  })
  it('knowledge grows without bound of evidence to zero at fixed probabilities', () => {
    const at = (scale: number) => dirichletUncertainty([0.7 * scale, 0.3 * scale]).knowledge!
    expect(at(1e6)).toBeLessThan(1e-5)
    expect(at(1)).toBeGreaterThan(0.1)
  })
})

describe('uncertainty of an ensemble', () => {
  it('agreeing members: all of it is data', () => {
    const p = [0.6, 0.4]
    expect(ensembleUncertainty([p, p])).toEqual({ ...singleUncertainty(p), data: entropy(p), knowledge: 0 })
  })
  it('certain members that disagree: all of it is knowledge', () => {
    const { total, data, knowledge } = ensembleUncertainty([
      [1, 0],
      [0, 1],
    ])
    expect([total, data, knowledge]).toEqual([Math.LN2, 0, Math.LN2])
  })
})

describe('the Bayes posterior', () => {
  it('of two classes is the sigmoid of the log-likelihood ratio', () => {
    const { probabilities, nearestChi2 } = gaussianPosterior([0.3], [0, 1], 2)
    expect(probabilities[1]).toBeCloseToRel(1 / (1 + Math.exp(0.5 * (0.49 - 0.09))), 1e-14)
    expect(nearestChi2).toBeCloseToRel(0.09, 1e-14)
  })
  it('counts the degrees of freedom that a covariance has absorbed', () => {
    const x = [1, -2, 0.5, 1.5, 2]
    const far = gaussianPosterior(x, new Float64Array(5), 1)
    expect(gaussianPosterior([...x, 0, 0], new Float64Array(7), 1, 2).nearestPValue).toBe(far.nearestPValue)
  })
  it('far from every class one of them still wins, and the p-value says that none fits', () => {
    const { probabilities, nearestPValue } = gaussianPosterior([100, 0], [0, 0, 1, 0], 2)
    expect(probabilities[1]).toBe(1)
    expect(nearestPValue).toBeLessThan(1e-300)
  })
  it('under its own class the p-value is uniform', () => {
    const rng = createRng(6)
    let below = 0
    const n = 4000
    for (let i = 0; i < n; i++) {
      const x = Array.from({ length: 5 }, () => rng.normal())
      if (gaussianPosterior(x, new Float64Array(5), 1).nearestPValue < 0.3) below++
    }
    expect(Math.abs(below / n - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / n))
  })
})
