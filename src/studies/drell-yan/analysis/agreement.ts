import { chi2Test, type Chi2Test } from '../../../statistics/anomaly/template-span.ts'
import { chi2Survival } from '../../../statistics/special.ts'
import type { UniverseModel } from './universes.ts'

/** How a spectrum agrees with a prediction under the full covariance, all bins and all correlations. */
export interface Agreement extends Chi2Test {
  /** The bin most at odds with what all other bins predict for it. */
  worst: {
    bin: number
    /** In units of how well they predict it; standard normal where the prediction is true. */
    pull: number
    /** That the largest of all bins' pulls is as large: at most this, whatever their correlation (union bound). */
    pValue: number
  }
  bins: number
}

/**
 * @param difference  [bins] whitened spectrum less whitened prediction; it carries noise
 * @param absorbed    degrees of freedom that the covariance has absorbed (free K factor of a measurement)
 */
export function agreementOf(
  model: Pick<UniverseModel, 'whitening'>,
  difference: Float64Array,
  absorbed: number,
): Agreement {
  const bins = difference.length
  const pulls = conditionalPulls(model, difference)
  let bin = 0
  pulls.forEach((pull, b) => Math.abs(pull) > Math.abs(pulls[bin]) && (bin = b))
  const pull = pulls[bin]
  return {
    ...chi2Test(
      difference.reduce((sum, d) => sum + d * d, 0),
      bins - absorbed,
    ),
    worst: { bin, pull, pValue: largestPValue(pull, bins) },
    bins,
  }
}

/** That the largest of so many pulls, however correlated, is as large: at most this (union bound). */
export function largestPValue(pull: number, bins: number): number {
  return Math.min(1, bins * chi2Survival(pull * pull, 1))
}

/** How well each bin is known when all the others are given, pb: 1 / sqrt of the diagonal of the inverse covariance. */
export function conditionalErrors({
  whitening: { inverse, reference },
}: Pick<UniverseModel, 'whitening'>): Float64Array {
  const bins = reference.length
  return Float64Array.from({ length: bins }, (_, b) => {
    let sum = 0
    for (let k = b; k < bins; k++) sum += inverse[k * bins + b] ** 2
    return 1 / Math.sqrt(sum)
  })
}

/** What is known of each bin alone, pb: sqrt of the diagonal of the covariance. */
export function totalErrors({ covariance }: Pick<UniverseModel, 'covariance'>): Float64Array {
  const bins = Math.sqrt(covariance.length)
  return Float64Array.from({ length: bins }, (_, b) => Math.sqrt(covariance[b * bins + b]))
}

/**
 * A difference per bin as a pull: the bin against what all other bins predict for it, in units of how well they do.
 * What moves all bins together (luminosity, PDF, scale, a free K factor) drops out, so a bump stands where it is.
 * Pulls are correlated: their squares do not add up to chi2.
 *
 * @param difference  [bins] whitened
 */
export function conditionalPulls(
  model: Pick<UniverseModel, 'whitening'>,
  difference: ArrayLike<number>,
): Float64Array {
  const { inverse } = model.whitening
  const bins = difference.length
  return conditionalErrors(model).map((error, b) => {
    let sum = 0
    for (let k = b; k < bins; k++) sum += inverse[k * bins + b] * difference[k]
    return sum * error
  })
}
