import { chi2Survival } from '../special.ts'

/** The Bayes posterior, in closed form: the answer to a classification among universes with Gaussian noise of one known covariance. */
export interface GaussianPosterior {
  /** [classes] */
  probabilities: Float64Array
  /** [classes] Squared distance to every class mean, in units of the noise. */
  chi2: Float64Array
  /** The smallest of them. */
  nearestChi2: number
  /** P(chi2 > nearestChi2) with as many degrees of freedom as bins, less the absorbed ones: is the nearest class tenable at all? */
  nearestPValue: number
}

/**
 * p_k proportional to exp(-|x - mu_k|^2 / 2) for equally likely classes (drell-yan limit 7.4). It is perfectly
 * calibrated, and no classifier has a higher accuracy or a lower NLL.
 *
 * @param x      [bins] whitened
 * @param means  [classes, bins] whitened
 * @param absorbed  degrees of freedom that the covariance has already absorbed (free K factor of a measurement)
 */
export function gaussianPosterior(
  x: ArrayLike<number>,
  means: ArrayLike<number>,
  classes: number,
  absorbed = 0,
): GaussianPosterior {
  const bins = means.length / classes
  const chi2 = new Float64Array(classes)
  let nearest = Number.POSITIVE_INFINITY
  for (let k = 0; k < classes; k++) {
    let sum = 0
    for (let b = 0; b < bins; b++) {
      const d = x[b] - means[k * bins + b]
      sum += d * d
    }
    chi2[k] = sum
    nearest = Math.min(nearest, sum)
  }
  let total = 0
  const probabilities = chi2.map((value) => Math.exp(0.5 * (nearest - value)))
  for (let k = 0; k < classes; k++) total += probabilities[k]
  for (let k = 0; k < classes; k++) probabilities[k] /= total
  return { probabilities, chi2, nearestChi2: nearest, nearestPValue: chi2Survival(nearest, bins - absorbed) }
}
