import type { NestedProblem } from './problem.ts'
import { checkedLogL } from './problem.ts'
import type { NestedState } from './state.ts'

/** Prior transform, likelihood, check and count in one place. */
export interface Evaluator {
  /** theta is written to `theta` at `offset`. */
  one(u: Float64Array, theta: Float64Array, offset: number): number
  /** Rows of u [count, d]; one call of the batched likelihood where the problem has one. */
  many(u: Float64Array, count: number, theta: Float64Array, logL: Float64Array): void
}

export function createEvaluator(problem: NestedProblem, state: NestedState): Evaluator {
  const d = problem.dimensions
  const u1 = new Float64Array(d)
  const theta1 = new Float64Array(d)
  return {
    one(u, theta, offset) {
      problem.priorTransform(u, theta1)
      state.calls++
      const logL = problem.logLikelihood(theta1)
      if (!(logL < Number.POSITIVE_INFINITY)) checkedLogL(problem, logL, theta1)
      for (let k = 0; k < d; k++) theta[offset + k] = theta1[k]
      return logL
    },
    many(u, count, theta, logL) {
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < d; k++) u1[k] = u[i * d + k]
        problem.priorTransform(u1, theta1)
        theta.set(theta1, i * d)
        if (!problem.logLikelihoods) logL[i] = problem.logLikelihood(theta1)
      }
      problem.logLikelihoods?.(theta, count, logL)
      state.calls += count
      for (let i = 0; i < count; i++)
        if (!(logL[i] < Number.POSITIVE_INFINITY))
          checkedLogL(problem, logL[i], theta.subarray(i * d, i * d + d))
    },
  }
}
