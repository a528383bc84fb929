import { describe, expect, it } from 'vitest'
import { normalCdf } from '../special.ts'
import '../../testing/matchers.ts'
import { normalQuantile } from './normal-quantile.ts'
import { createPrior, flatPrior, logPrior, posteriorProblem, transformPrior } from './prior.ts'
import { toyLikelihood } from './toy-exponential.ts'

describe('priors', () => {
  it('refuse an empty range and name the parameter', () => {
    expect(() => flatPrior(['td8', 'tq8'], 2, 2)).toThrow(/prior of td8 runs from 2 to 2/)
    expect(() => createPrior(['tq8'], [{ kind: 'normal', mean: 0, sigma: 0 }])).toThrow(
      /width must be positive/,
    )
    expect(() => createPrior(['a', 'b'], [{ kind: 'uniform', min: 0, max: 1 }])).toThrow(/2 parameters but 1/)
    const likelihood = toyLikelihood(Float64Array.of(1), 1)
    expect(() => posteriorProblem(likelihood, flatPrior(['c', 'd'], 0, 1))).toThrow(
      /1 parameters \(c\), the prior 2/,
    )
  })

  it('transform and density belong together', () => {
    const prior = flatPrior(['c', 'luminosity'], -2, 3)
    const out = new Float64Array(2)
    transformPrior(prior, [0.4, 0.975], out)
    expect(out[0]).toBeCloseTo(0, 14)
    expect(normalCdf(out[1])).toBeCloseToRel(0.975, 1e-14)
    expect(logPrior(prior, out)).toBeCloseToRel(
      -Math.log(5) - 0.5 * out[1] ** 2 - 0.5 * Math.log(2 * Math.PI),
      1e-12,
    )
    expect(logPrior(prior, [3.1, 0])).toBe(Number.NEGATIVE_INFINITY)
  })

  it('the normal quantile inverts the distribution far into the tails', () => {
    for (const p of [1e-300, 1e-100, 1e-12, 1e-3, 0.3, 0.5, 0.8, 0.999999])
      expect(normalCdf(normalQuantile(p))).toBeCloseToRel(p, p < 1e-50 ? 1e-11 : 1e-13)
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
  })
})
