import { chi2Survival } from '../special.ts'

/** p-value that counts come from equally likely cells, by Pearson's chi^2. */
export function uniformChi2(counts: ArrayLike<number>): { chi2: number; pValue: number } {
  const cells = counts.length
  let total = 0
  for (let i = 0; i < cells; i++) total += counts[i]
  const expected = total / cells
  let chi2 = 0
  for (let i = 0; i < cells; i++) chi2 += (counts[i] - expected) ** 2 / expected
  return { chi2, pValue: chi2Survival(chi2, cells - 1) }
}

/**
 * Kolmogorov-Smirnov test of values against the uniform distribution on [0, 1]; the series with Stephens's
 * correction for small samples (J. R. Stat. Soc. B 32 (1970) 115).
 */
export function uniformKs(values: ArrayLike<number>): { distance: number; pValue: number } {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  let distance = 0
  for (let i = 0; i < n; i++) distance = Math.max(distance, sorted[i] - i / n, (i + 1) / n - sorted[i])
  const root = Math.sqrt(n)
  const lambda = (root + 0.12 + 0.11 / root) * distance
  if (lambda < 0.2) return { distance, pValue: 1 } // the series does not converge there, and p is 1 to 12 digits
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda)
  return { distance, pValue: Math.min(1, Math.max(0, sum)) }
}
