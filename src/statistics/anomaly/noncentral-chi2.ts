import { AppError } from '../../errors.ts'
import gammaln from '@stdlib/math-base-special-gammaln'
import { chi2Survival } from '../special.ts'

/** Poisson weights below this share of the largest are left out: far under the rounding of a double. */
const smallest = 1e-18

/**
 * Upper tail of the noncentral chi-squared distribution with k degrees of freedom and noncentrality lambda, as the
 * Poisson mixture of central tails, P = sum_j e^(-lambda/2) (lambda/2)^j / j! Q(k/2 + j, x/2).
 *
 * The central tails go up by one term of the recurrence per step, starting at the Poisson mode, so that neither end
 * underflows for large noncentralities.
 *
 * Source: N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions 2, eq. 29.2-29.3.
 */
export function noncentralChi2Survival(x: number, k: number, lambda: number): number {
  if (!(x > 0)) return 1
  if (!(lambda > 0)) return chi2Survival(x, k)
  if (surelyAbove(x, k, lambda)) return 1
  const half = lambda / 2
  const mode = Math.floor(half)
  const weight = Math.exp(-half + mode * Math.log(half) - gammaln(mode + 1))
  let sum = weight * chi2Survival(x, k + 2 * mode)
  for (let j = mode, w = weight; w > smallest * weight;) {
    w *= half / ++j
    sum += w * chi2Survival(x, k + 2 * j)
  }
  for (let j = mode, w = weight; j > 0 && w > smallest * weight;) {
    w *= j-- / half
    sum += w * chi2Survival(x, k + 2 * j)
  }
  return Math.min(sum, 1)
}

/**
 * Whether the lower tail is below the rounding of 1: P(X <= k + lambda - 2 sqrt((k + 2 lambda) t)) <= e^-t. The mixture above would
 * walk over sqrt(lambda) terms, and never end where j + 1 = j.
 *
 * Source: L. Birge, An alternative point of view on Lepski's method (2001), lemma 8.1.
 */
function surelyAbove(x: number, k: number, lambda: number): boolean {
  const gap = k + lambda - x
  // With 8 (k + lambda) for 4 (k + 2 lambda), which is no more and does not overflow: t > 40.
  return lambda === Infinity || (gap > 0 && gap * (gap / (k + lambda)) > 320)
}

/** Generalised Marcum Q_M(a, b): the chance that a noncentral chi of 2M degrees and noncentrality a exceeds b. */
export function marcumQ(order: number, a: number, b: number): number {
  return noncentralChi2Survival(b * b, 2 * order, a * a)
}

/**
 * The x with upper tail `p`, central chi-squared with k degrees of freedom: bisection on that tail.
 * @throws AppError 'input/invalid' unless 0 < p < 1
 */
export function chi2Quantile(p: number, k: number): number {
  if (!(p > 0 && p < 1))
    throw new AppError(
      'input/invalid',
      `A tail probability lies between 0 and 1, got ${p}. Write 0.01 for one in a hundred.`,
      { p },
    )
  let low = 0
  let high = k + 10
  while (chi2Survival(high, k) > p) high *= 2
  for (let i = 0; i < 100 && high - low > 1e-14 * high; i++) {
    const middle = 0.5 * (low + high)
    if (chi2Survival(middle, k) > p) low = middle
    else high = middle
  }
  return 0.5 * (low + high)
}

/**
 * Power of the optimal invariant test for a deviation of length D in a space of `rank` directions whose direction is
 * unknown: |x|^2 against its quantile, Q_{r/2}(D, sqrt(c_alpha)).
 *
 * It is uniformly most powerful among tests that treat all directions alike; a test that knows the direction, a
 * matched filter, does better: Phi(distance - z).
 *
 * Source: E. L. Lehmann, J. P. Romano, Testing Statistical Hypotheses, 7.1 (the canonical linear hypothesis with
 * known variance).
 */
export function invariantTestPower(distance: number, rank: number, falseAlarms: number): number {
  return marcumQ(rank / 2, distance, Math.sqrt(chi2Quantile(falseAlarms, rank)))
}
