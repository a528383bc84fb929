import { chi2Quantile, toyPValue, type ToyPValue } from '../../../../statistics/posterior/delta-chi2.ts'

/** Probability within one standard deviation of a Gaussian. */
const oneSigma = 0.682689492137086

/**
 * Central interval of a Poisson mean for an observed count: quantiles of chi^2 with 2n and 2n + 2 degrees of freedom,
 * halved (Garwood, Biometrika 28 (1936) 437).
 */
export function poissonInterval(count: number): [low: number, high: number] {
  const tail = 0.5 * (1 - oneSigma)
  return [count > 0 ? 0.5 * chi2Quantile(tail, 2 * count) : 0, 0.5 * chi2Quantile(1 - tail, 2 * count + 2)]
}

export function toySignificance(observed: number, toys: ArrayLike<number>): ToyPValue {
  return toyPValue(observed, toys)
}
