import { AppError } from '../../errors.ts'
import type { EventLogSum } from './event-sum.ts'
import type { Likelihood, LuminosityNuisance } from './likelihood.ts'
import { checkLuminosity, luminosityName, profileScale } from './luminosity.ts'
import { checkTerms, dotTerms, pullBack, termsFor, termValues, type PolynomialOrder } from './terms.ts'

export interface UnbinnedInput {
  names: readonly string[]
  order: PolynomialOrder
  /** ln-sum over the observed events of r(x, c) = dsigma(x, c) / dsigma(x, 0), from createEventLogSum or a kernel */
  eventSum: EventLogSum
  /** Observed number of events in the counting term; eventSum.events if absent (weighted samples give their sum). */
  observed?: number
  /** Fiducial cross-section (after the same cuts) times luminosity, per term: expected events at c = 0 first */
  expected: Float64Array // [terms]
  luminosity?: LuminosityNuisance | null
}

/**
 * Extended unbinned likelihood: ln L = -nu(c) + sum_i ln r(x_i, c), the densities at c = 0 dropped.
 * Ratios are of unnormalised cross-sections, hence exact polynomials in c.
 * -Infinity where the expected number of events is not positive.
 *
 * Source: extended likelihood, Barlow, Nucl. Instrum. Meth. A 297 (1990) 496; with ratios ML4EFT, arXiv:2211.02058, section 2.
 */
export function createUnbinnedLikelihood(input: UnbinnedInput): Likelihood {
  const { names, order, eventSum, expected, luminosity = null } = input
  const n = names.length
  const terms = termsFor(n, order)
  checkTerms('The expected number of events', expected.length, 1, n, order)
  checkTerms('The event table', eventSum.terms, 1, n, order)
  checkExpected(expected[0])
  checkLuminosity(luminosity)
  const observed = input.observed ?? eventSum.events
  const sampled = luminosity?.treatment === 'sampled'
  const delta = luminosity?.relativeError ?? 0
  const b = new Float64Array(terms)
  const byTerm = new Float64Array(terms)

  /** Scale of nu, what it adds to -nu + sum ln r, and its derivative with respect to the nuisance. */
  function scaleAt(nu: number, theta: Float64Array) {
    if (!sampled) return { ...profileScale(observed, nu, delta), slope: 0 }
    const factor = 1 + delta * theta[n]
    if (!(factor > 0)) return { factor, gain: Number.NEGATIVE_INFINITY, slope: 0 }
    return {
      factor,
      gain: observed * Math.log(factor) - nu * (factor - 1),
      slope: delta * (observed / factor - nu),
    }
  }

  function logLikelihood(theta: Float64Array): number {
    termValues(theta, n, order, b)
    const nu = dotTerms(expected, 0, b)
    if (!(nu > 0)) return Number.NEGATIVE_INFINITY
    const { gain } = scaleAt(nu, theta)
    return gain === Number.NEGATIVE_INFINITY ? gain : eventSum.value(b) - nu + gain
  }

  const dimensions = n + (sampled ? 1 : 0)
  function logLikelihoods(thetas: Float64Array, count: number, out: Float64Array): void {
    const rows = new Float64Array(count * terms)
    for (let i = 0; i < count; i++)
      termValues(thetas.subarray(i * dimensions), n, order, rows.subarray(i * terms, (i + 1) * terms))
    eventSum.values?.(rows, count, out)
    for (let i = 0; i < count; i++) {
      const nu = dotTerms(expected, 0, rows.subarray(i * terms, (i + 1) * terms))
      const { gain } =
        nu > 0 ? scaleAt(nu, thetas.subarray(i * dimensions)) : { gain: Number.NEGATIVE_INFINITY }
      out[i] = gain === Number.NEGATIVE_INFINITY ? gain : out[i] - nu + gain
    }
  }

  function withGradient(theta: Float64Array, gradient: Float64Array): number {
    termValues(theta, n, order, b)
    const nu = dotTerms(expected, 0, b)
    gradient.fill(0)
    if (!(nu > 0)) return Number.NEGATIVE_INFINITY
    const { factor, gain, slope } = scaleAt(nu, theta)
    if (gain === Number.NEGATIVE_INFINITY) return gain
    const sum = eventSum.gradient(b, byTerm)
    // A profiled scale sits at its maximum, so only the explicit dependence on nu counts.
    for (let k = 0; k < terms; k++) byTerm[k] -= factor * expected[k]
    pullBack(theta, n, order, byTerm, gradient)
    if (sampled) gradient[n] = slope
    return sum - nu + gain
  }

  return {
    dimensions,
    names: sampled ? [...names, luminosityName] : names,
    logLikelihood,
    logLikelihoods: eventSum.values ? logLikelihoods : undefined,
    withGradient,
    events: observed,
  }
}

function checkExpected(atZero: number): void {
  if (!(atZero > 0 && Number.isFinite(atZero)))
    throw new AppError(
      'input/invalid',
      `The expected number of events at c = 0 is ${atZero}; it must be positive. Check the sign of the total event weight and the cuts.`,
      { expected: atZero },
    )
}
