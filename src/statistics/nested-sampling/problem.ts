import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'

/** What a nested run needs to know; nothing about physics. */
export interface NestedProblem {
  dimensions: number
  /** One per dimension, for chains and plots. */
  names?: readonly string[]
  /** From the unit cube to the parameters; must leave u alone. */
  priorTransform(u: Float64Array, out: Float64Array): void
  /** Minus infinity is allowed (a forbidden region), NaN and plus infinity are not. */
  logLikelihood(theta: Float64Array): number
  /** Optional: the same for `count` rows of thetas [count, dimensions] at once. */
  logLikelihoods?(thetas: Float64Array, count: number, out: Float64Array): void
}

export function nameOf(problem: NestedProblem, i: number): string {
  return problem.names?.[i] ?? `theta${i + 1}`
}

/** Two prior draws, before an hour is spent: shape, finiteness, input unchanged, batch equal to one by one. */
export function checkProblem(problem: NestedProblem, rng: Rng): void {
  const d = problem.dimensions
  if (!Number.isInteger(d) || d < 1)
    throw new AppError(
      'input/invalid',
      `A nested run needs a whole number of dimensions >= 1, got ${d}. Free at least one parameter.`,
    )
  if (problem.names && problem.names.length !== d)
    throw new AppError(
      'input/invalid',
      `The problem has ${d} dimensions but ${problem.names.length} names. Name each parameter once.`,
    )
  const thetas = new Float64Array(2 * d)
  const single = new Float64Array(2)
  for (let draw = 0; draw < 2; draw++) {
    const u = Float64Array.from({ length: d }, () => rng.uniform())
    const before = Float64Array.from(u)
    const theta = new Float64Array(d).fill(Number.NaN)
    problem.priorTransform(u, theta)
    refuseChanged(u, before, 'priorTransform')
    const bad = theta.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0)
      throw new AppError(
        'statistics/bad-likelihood',
        `priorTransform left ${nameOf(problem, bad)} = ${theta[bad]} at u = (${list(u)}). It must write ${d} finite numbers; check the limits of the prior.`,
        { u: Array.from(u) },
      )
    const kept = Float64Array.from(theta)
    single[draw] = checkedLogL(problem, problem.logLikelihood(theta), theta)
    refuseChanged(theta, kept, 'logLikelihood')
    thetas.set(theta, draw * d)
  }
  if (!problem.logLikelihoods) return
  const batch = new Float64Array(2).fill(Number.NaN)
  problem.logLikelihoods(thetas, 2, batch)
  for (let i = 0; i < 2; i++)
    if (batch[i] !== single[i] && !(Math.abs(batch[i] - single[i]) <= 1e-6 * (1 + Math.abs(single[i]))))
      throw new AppError(
        'statistics/bad-likelihood',
        `The batched likelihood gives ${batch[i]} where the single one gives ${single[i]} at (${list(thetas.subarray(i * d, i * d + d))}). Both must be the same function.`,
      )
}

/** @throws AppError 'statistics/bad-likelihood' naming the point, if the value is NaN, +infinity or no number */
export function checkedLogL(problem: NestedProblem, value: unknown, theta: ArrayLike<number>): number {
  if (typeof value === 'number' && value < Number.POSITIVE_INFINITY) return value
  const at = Array.from(theta, (x, i) => `${nameOf(problem, i)} = ${x.toPrecision(6)}`).join(', ')
  throw new AppError(
    'statistics/bad-likelihood',
    `The log-likelihood is ${String(value)} at ${at}; it must be a finite number, or -Infinity where the point is forbidden. Check the data for NaN, or narrow the prior.`,
    { theta: Array.from(theta), value: String(value) },
  )
}

function refuseChanged(now: Float64Array, before: Float64Array, what: string): void {
  const at = now.findIndex((value, i) => value !== before[i])
  if (at >= 0)
    throw new AppError(
      'statistics/bad-likelihood',
      `${what} changed its argument: entry ${at} went from ${before[at]} to ${now[at]}. Work on a copy.`,
    )
}

function list(values: Float64Array): string {
  return Array.from(values, (x) => x.toPrecision(4)).join(', ')
}
