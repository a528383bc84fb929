import { invariantTestPower } from '../../../../statistics/anomaly/noncentral-chi2.ts'
import { chi2Test } from '../../../../statistics/anomaly/template-span.ts'
import { gaussianPosterior } from '../../../../statistics/classification/gaussian-posterior.ts'
import { entropy } from '../../../../statistics/classification/uncertainty.ts'
import type { Gallery } from './gallery.ts'

/** What is known of a spectrum among the classes without any network: exact under the Gaussian model. */
export interface BayesAnswer {
  /** Posterior of each class, in the order of the gallery. */
  probabilities: Float64Array // [classes]
  /** Its entropy [nat], and ln K: the entropy of knowing nothing. */
  entropy: number
  ignorance: number
  /** Classes that a chi2 test leaves at `falseAlarms`; a spectrum without noise counts as its average measurement. */
  compatible: number
  falseAlarms: number
  /** Goodness of fit of the nearest class. */
  nearest: {
    universe: number
    chi2: number
    degreesOfFreedom: number
    pValue: number
    decided: boolean
    /**
     * Largest chance that the test notices a measurement of a spectrum without noise: that of the nearest class alone
     * (noncentral chi2); another class may fit by chance. null for a spectrum that carries noise.
     */
    power: number | null
  }
}

/**
 * @param whitened  [bins]
 * @param noisy     false for an expectation: its chi2 are those of its average measurement
 * @param absorbed  degrees of freedom that the covariance has already absorbed (free K factor of a measurement)
 * @param falseAlarms  share of spectra of a class that the test may reject
 */
export function bayesAnswer(
  whitened: ArrayLike<number>,
  { universes, means }: Gallery,
  { noisy, absorbed = 0 }: { noisy: boolean; absorbed?: number },
  falseAlarms: number,
): BayesAnswer {
  const classes = universes.length
  const { probabilities, chi2, nearestChi2 } = gaussianPosterior(whitened, means, classes, absorbed)
  const degreesOfFreedom = means.length / classes - absorbed
  const test = (square: number) => chi2Test(square + (noisy ? 0 : degreesOfFreedom), degreesOfFreedom)
  const nearest = test(nearestChi2)
  return {
    probabilities,
    ...{ entropy: entropy(probabilities), ignorance: Math.log(classes) },
    compatible: chi2.filter((square) => test(square).pValue >= falseAlarms).length,
    falseAlarms,
    nearest: {
      ...nearest,
      universe: universes[chi2.indexOf(nearestChi2)],
      decided: nearest.pValue < falseAlarms,
      power: noisy ? null : invariantTestPower(Math.sqrt(nearestChi2), degreesOfFreedom, falseAlarms),
    },
  }
}
