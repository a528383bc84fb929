import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import reference from '../reference/ns-evidence.json' with { type: 'json' }
import { nestedSampling } from './nested-sampling.ts'
import { testProblem, testProblemNames } from './problems.ts'

// Seeds per problem: ten where a run takes a fraction of a second, fewer for the large ones. The full table of
// 22 problems x 30 seeds is in docs/validation.md.
const fewer: Record<string, number> = {
  eggbox_2d: 5,
  shells_d2: 5,
  shells_d5: 5,
  'gauss_d16_s0.01': 1,
  corrgauss_d10: 1,
  shells_d20: 1,
  shells_d30: 1,
  shells_d10: 2,
  'gauss_d10_s0.1': 2,
  'loggamma_d10_scale1/30': 1,
  'loggamma_d5_scale1/30': 3,
}
const evidences: Record<string, unknown> = reference

it.each(testProblemNames)(
  '%s: every seed within 3 sigma, mean pull within 0.5 and its own error',
  (name) => {
    const seeds = fewer[name] ?? 10
    const pulls: number[] = []
    for (let seed = 1; seed <= seeds; seed++) {
      const steps = nestedSampling(testProblem(name).problem, { rng: createRng(seed) })
      let step = steps.next()
      while (!step.done) step = steps.next()
      const { logZ, logZError, converged } = step.value
      expect(converged).toBe(true)
      pulls.push((logZ - Number(evidences[name])) / logZError)
    }
    const mean = pulls.reduce((sum, pull) => sum + pull / seeds, 0)
    expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(3)
    expect(Math.abs(mean)).toBeLessThan(Math.max(0.5, 2.5 / Math.sqrt(seeds)))
  },
  120_000,
)
