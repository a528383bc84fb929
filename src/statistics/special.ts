import erfc from '@stdlib/math-base-special-erfc'
import gammaln from '@stdlib/math-base-special-gammaln'

/** Standard normal cumulative distribution. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2)
}

/**
 * Upper tail of chi-squared with k degrees of freedom: the p-value of x.
 * Regularised incomplete gamma Q(k/2, x/2) by series below the mean and by Lentz's continued fraction above
 * (Abramowitz and Stegun 6.5.29, 6.5.31).
 */
export function chi2Survival(x: number, k: number): number {
  if (!(x > 0)) return 1
  const a = k / 2
  const half = x / 2
  const front = Math.exp(-half + a * Math.log(half) - gammaln(a))
  if (half < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 10_000; n++) {
      term *= half / (a + n)
      sum += term
      if (term < sum * 1e-16) break
    }
    return 1 - front * sum
  }
  let b = half + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return front * h
}

/** Two-sided Gaussian significance of a p-value, by bisection on the exact tail. */
export function significance(pValue: number): number {
  if (!(pValue > 0)) return Number.POSITIVE_INFINITY
  if (pValue >= 1) return 0
  let low = 0
  let high = 40
  for (let i = 0; i < 80; i++) {
    const middle = 0.5 * (low + high)
    if (erfc(middle / Math.SQRT2) > pValue) low = middle
    else high = middle
  }
  return 0.5 * (low + high)
}
