import { AppError } from '../../errors.ts'
import type { NestedProblem } from '../nested-sampling/problem.ts'
import type { Likelihood } from './likelihood.ts'
import { luminosityName } from './luminosity.ts'
import { normalQuantile } from './normal-quantile.ts'

export type PriorAxis =
  { kind: 'uniform'; min: number; max: number } | { kind: 'normal'; mean: number; sigma: number }

/** Independent priors, one axis per parameter. */
export interface Prior {
  names: readonly string[]
  axes: readonly PriorAxis[]
}

/** @throws AppError 'input/invalid' for min >= max, a width that is not positive, or a number that is not finite */
export function createPrior(names: readonly string[], axes: readonly PriorAxis[]): Prior {
  if (names.length !== axes.length)
    throw new AppError(
      'input/invalid',
      `There are ${names.length} parameters but ${axes.length} priors. Give one prior per parameter.`,
    )
  axes.forEach((axis, i) => {
    if (axis.kind === 'uniform' && !(axis.min < axis.max && Number.isFinite(axis.max - axis.min)))
      throw new AppError(
        'input/invalid',
        `The prior of ${names[i]} runs from ${axis.min} to ${axis.max}; the minimum must lie below the maximum, both finite. Exchange or widen them.`,
        { name: names[i], ...axis },
      )
    if (axis.kind === 'normal' && !(axis.sigma > 0 && Number.isFinite(axis.sigma + axis.mean)))
      throw new AppError(
        'input/invalid',
        `The normal prior of ${names[i]} has mean ${axis.mean} and width ${axis.sigma}; the width must be positive, both finite.`,
        { name: names[i], ...axis },
      )
  })
  return { names, axes }
}

/** The same flat range for every coefficient; the standard normal for a sampled luminosity. */
export function flatPrior(names: readonly string[], min: number, max: number): Prior {
  return createPrior(
    names,
    names.map((name) =>
      name === luminosityName ? { kind: 'normal', mean: 0, sigma: 1 } : { kind: 'uniform', min, max },
    ),
  )
}

/** From the unit cube to the parameters. */
export function transformPrior({ axes }: Prior, u: ArrayLike<number>, out: Float64Array): void {
  for (let k = 0; k < axes.length; k++) {
    const axis = axes[k]
    out[k] =
      axis.kind === 'uniform'
        ? axis.min + (axis.max - axis.min) * u[k]
        : axis.mean + axis.sigma * normalQuantile(u[k])
  }
}

/** ln of the prior density; -Infinity outside. */
export function logPrior({ axes }: Prior, theta: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < axes.length; k++) {
    const axis = axes[k]
    if (axis.kind === 'uniform') {
      if (theta[k] < axis.min || theta[k] > axis.max) return Number.NEGATIVE_INFINITY
      sum -= Math.log(axis.max - axis.min)
    } else
      sum -=
        0.5 * ((theta[k] - axis.mean) / axis.sigma) ** 2 + Math.log(axis.sigma) + 0.5 * Math.log(2 * Math.PI)
  }
  return sum
}

/** A likelihood and a prior as one problem for nested sampling. */
export function posteriorProblem(likelihood: Likelihood, prior: Prior): NestedProblem {
  if (likelihood.dimensions !== prior.axes.length)
    throw new AppError(
      'data/mismatch',
      `The likelihood has ${likelihood.dimensions} parameters (${likelihood.names.join(', ')}), the prior ${prior.axes.length}. Give one prior per parameter.`,
    )
  return {
    dimensions: likelihood.dimensions,
    names: prior.names,
    priorTransform: (u, out) => transformPrior(prior, u, out),
    logLikelihood: (theta) => likelihood.logLikelihood(theta),
    logLikelihoods: likelihood.logLikelihoods,
  }
}
