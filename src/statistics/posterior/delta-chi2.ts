import { chi2Survival, significance } from '../special.ts'

export interface DeltaChi2 {
  /** 2 (ln L at the best fit - ln L at the hypothesis) */
  value: number
  degreesOfFreedom: number
  /** By Wilks' theorem; wrong where the quadratic terms dominate: compare with toys */
  pValue: number
  /** Two-sided Gaussian equivalent of the p-value */
  sigma: number
  /** Standard deviation of the value over repeated data: one data set is not typical by itself */
  spread: number
}

export function deltaChi2(logLBest: number, logLHypothesis: number, degreesOfFreedom: number): DeltaChi2 {
  const value = Math.max(0, 2 * (logLBest - logLHypothesis))
  const pValue = chi2Survival(value, degreesOfFreedom)
  return {
    value,
    degreesOfFreedom,
    pValue,
    sigma: significance(pValue),
    spread: deltaChi2Spread(value, degreesOfFreedom),
  }
}

/**
 * How much Delta chi2 of a hypothesis varies from one data set to the next: it is then distributed as noncentral chi2
 * (Wald, Trans. Amer. Math. Soc. 54 (1943) 426; Cowan, Cranmer, Gross, Vitells, arXiv:1007.1727), of variance 2 (k + 2 lambda)
 * with lambda the value less its k degrees of freedom, not below zero.
 */
export function deltaChi2Spread(value: number, degreesOfFreedom: number): number {
  const lambda = Math.max(0, value - degreesOfFreedom)
  return Math.sqrt(2 * (degreesOfFreedom + 2 * lambda))
}

/** The value whose p-value is `1 - probability`: contours at 68.27, 95, 99 %. */
export function chi2Quantile(probability: number, degreesOfFreedom: number): number {
  let low = 0
  let high = 1
  while (chi2Survival(high, degreesOfFreedom) > 1 - probability) high *= 2
  for (let i = 0; i < 100; i++) {
    const middle = 0.5 * (low + high)
    if (chi2Survival(middle, degreesOfFreedom) > 1 - probability) low = middle
    else high = middle
  }
  return 0.5 * (low + high)
}

export interface ToyPValue {
  pValue: number
  /** Binomial standard error */
  error: number
  sigma: number
  toys: number
  /** No toy reached the observed value: the p-value is an upper limit */
  isLimit: boolean
}

/** Share of toys under the hypothesis at least as far out as observed, (k + 1) / (n + 1), which is never zero. */
export function toyPValue(observed: number, toys: ArrayLike<number>): ToyPValue {
  let beyond = 0
  for (let i = 0; i < toys.length; i++) if (toys[i] >= observed) beyond++
  const pValue = (beyond + 1) / (toys.length + 1)
  return {
    pValue,
    error: Math.sqrt((pValue * (1 - pValue)) / (toys.length + 1)),
    sigma: significance(pValue),
    toys: toys.length,
    isLimit: beyond === 0,
  }
}
