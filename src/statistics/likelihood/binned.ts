import { AppError } from '../../errors.ts'
import type { Likelihood, LuminosityNuisance } from './likelihood.ts'
import { checkLuminosity, luminosityName, profileScale } from './luminosity.ts'
import { checkTerms, dotTerms, pullBack, termsFor, termValues, type PolynomialOrder } from './terms.ts'

/**
 * 'poisson': the default. 'gauss-expected': variance nu, ln nu included; 'gauss-observed': variance n, the thesis's.
 * 'barlow-beeston': Poisson with one Gaussian nuisance per bin for the finite simulated sample.
 */
export type BinnedKind = 'poisson' | 'gauss-expected' | 'gauss-observed' | 'barlow-beeston'

export interface BinnedInput {
  names: readonly string[]
  order: PolynomialOrder
  kind: BinnedKind
  counts: Float64Array // [bins]; may be fractional (Asimov)
  /** Expected events per bin and term: nu_b(c) = sum_k templates[b, k] term_k(c) */
  templates: Float64Array // [bins, terms]
  /** Only for 'barlow-beeston': sum over simulated events of w_k w_l, so that the variance of nu_b is b^T V b */
  covariances?: Float64Array // [bins, terms, terms]
  luminosity?: LuminosityNuisance | null
}

/**
 * Binned likelihood, each bin relative to its best possible value (nu = n): -2 ln L is the deviance for 'poisson'
 * and chi^2 for the Gaussian ones ('gauss-expected' adds -ln(nu / n) / 2). -Infinity where a bin's expectation is
 * not positive.
 */
export function createBinnedLikelihood(input: BinnedInput): Likelihood {
  const { names, order, kind, counts, templates, covariances, luminosity = null } = input
  const n = names.length
  const bins = counts.length
  const terms = termsFor(n, order)
  checkTerms('The table of templates', templates.length, bins, n, order)
  checkBins(input, terms)
  checkLuminosity(luminosity)
  const sampled = luminosity?.treatment === 'sampled'
  const delta = luminosity?.relativeError ?? 0
  const profiled = luminosity !== null && !sampled
  if (profiled && kind !== 'poisson')
    throw new AppError(
      'input/invalid',
      `The luminosity can be profiled only in the Poisson likelihood, not in "${kind}". Sample it instead.`,
    )
  const total = counts.reduce((sum, count) => sum + count, 0)
  const b = new Float64Array(terms)
  const byTerm = new Float64Array(terms)
  const byVarianceTerm = new Float64Array(terms)

  function evaluate(theta: Float64Array, gradient: Float64Array | null): number {
    gradient?.fill(0)
    termValues(theta, n, order, b)
    const scale = sampled ? 1 + delta * theta[n] : 1
    if (!(scale > 0)) return Number.NEGATIVE_INFINITY
    byTerm.fill(0)
    let value = 0
    let sum = 0
    let byScale = 0
    for (let bin = 0; bin < bins; bin++) {
      const plain = dotTerms(templates, bin * terms, b)
      if (!(plain > 0)) return Number.NEGATIVE_INFINITY
      sum += plain
      const nu = scale * plain
      const count = counts[bin]
      let slope: number // d value / d nu
      if (kind === 'poisson') {
        value += poissonGain(count, nu)
        slope = count / nu - 1
      } else if (kind === 'barlow-beeston' && covariances) {
        const variance = varianceOf(covariances, bin, b, byVarianceTerm) / (plain * plain)
        const { factor, gain } = profileScale(count, nu, Math.sqrt(variance))
        value += poissonGain(count, nu) + gain
        slope = count / nu - factor
        if (gradient && variance > 0) {
          // Explicit dependence on the variance: d/dv of -(x - 1)^2 / (2 v), v = (b^T V b) / nu_b^2.
          const byVariance = (0.5 * (factor - 1) ** 2) / (variance * variance)
          for (let k = 0; k < terms; k++)
            byTerm[k] +=
              byVariance *
              (byVarianceTerm[k] / (plain * plain) - (2 * variance * templates[bin * terms + k]) / plain)
        }
      } else if (kind === 'gauss-observed') {
        value -= (0.5 * (count - nu) ** 2) / count
        slope = (count - nu) / count
      } else {
        value -= (0.5 * (count - nu) ** 2) / nu + 0.5 * Math.log(nu / Math.max(count, 1))
        slope = (0.5 * (count * count - nu * nu)) / (nu * nu) - 0.5 / nu
      }
      if (gradient) {
        for (let k = 0; k < terms; k++) byTerm[k] += slope * scale * templates[bin * terms + k]
        byScale += slope * plain
      }
    }
    if (profiled) {
      const { factor, gain } = profileScale(total, sum, delta)
      value += gain
      if (gradient)
        for (let bin = 0; bin < bins; bin++)
          for (let k = 0; k < terms; k++) byTerm[k] += (1 - factor) * templates[bin * terms + k]
    }
    if (gradient) {
      pullBack(theta, n, order, byTerm, gradient)
      if (sampled) gradient[n] = delta * byScale
    }
    return value
  }

  return {
    dimensions: n + (sampled ? 1 : 0),
    names: sampled ? [...names, luminosityName] : names,
    logLikelihood: (theta) => evaluate(theta, null),
    withGradient: evaluate,
    events: total,
  }
}

/** n ln(nu / n) - (nu - n): ln of the Poisson probability over its largest value. */
function poissonGain(count: number, nu: number): number {
  return count > 0 ? count * Math.log(nu / count) - (nu - count) : -nu
}

/** b^T V b; `work` [terms] receives its derivative 2 V b. */
function varianceOf(covariances: Float64Array, bin: number, b: Float64Array, work: Float64Array): number {
  const terms = b.length
  const at = bin * terms * terms
  let sum = 0
  for (let k = 0; k < terms; k++) {
    const row = dotTerms(covariances, at + k * terms, b)
    work[k] = 2 * row
    sum += b[k] * row
  }
  return Math.max(0, sum)
}

function checkBins({ kind, counts, templates, covariances }: BinnedInput, terms: number): void {
  const bins = counts.length
  if (bins === 0) throw new AppError('input/invalid', 'A binned fit needs at least one bin, got 0.')
  if (kind === 'barlow-beeston' && covariances?.length !== bins * terms * terms)
    throw new AppError(
      'data/mismatch',
      `Barlow-Beeston needs ${bins} matrices of ${terms} x ${terms} simulation variances, got ${covariances?.length ?? 0} numbers. Sum w_k w_l over the simulated events of each bin.`,
    )
  for (let bin = 0; bin < bins; bin++) {
    if (!(counts[bin] >= 0 && Number.isFinite(counts[bin])))
      throw new AppError(
        'data/corrupt',
        `Bin ${bin} holds ${counts[bin]} events; counts must be finite and not negative. Check the data for NaN and negative total weights.`,
      )
    const expected = templates[bin * terms]
    if (!(expected > 0 && Number.isFinite(expected)))
      throw new AppError(
        'input/invalid',
        `Bin ${bin} expects ${expected} events at c = 0; every bin needs a positive prediction. Merge it with its neighbour or simulate more events.`,
        { bin, expected },
      )
    if (kind === 'gauss-observed' && counts[bin] < fewestForGauss)
      throw new AppError(
        'input/invalid',
        `Bin ${bin} holds ${counts[bin]} events, too few for the Gaussian likelihood with sigma = sqrt(n), which needs ${fewestForGauss}. Merge bins or choose Poisson.`,
        { bin, count: counts[bin] },
      )
  }
}

const fewestForGauss = 5
