import type { RatioTrainingConfig } from './ratio-config.ts'

/**
 * Weighted loss of logits against targets and its gradient, in float64: what the engines are held against, and what
 * validates where an engine has no loss of its own.
 *
 * Each row counts with its weight, the mean over its outputs; sums are divided by `divisor`. A weighted
 * cross-entropy W (ln(1 + e^z) - y z) is linear in W and W y, so that rows of two classes with weights p and q may be
 * joined into one row of weight p + q and target p/(p + q), also where q is negative: the expectation is the same
 * and drawing a label adds no noise. The minimiser is the ratio E[W y | x]/E[W | x]; it exists where that lies
 * between 0 and 1. Source: Stoye et al. 1808.00973, eq. 2 (cross-entropy on joint ratios).
 *
 * @param logits    [rows, outputs]
 * @param targets   [rows, outputs]
 * @param weights   [rows]
 */
export function ratioLoss(
  kind: RatioTrainingConfig['loss'],
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights: ArrayLike<number>,
  divisor: number,
): { value: number; gradient: Float64Array } {
  const rows = weights.length
  const outputs = logits.length / rows
  const gradient = new Float64Array(logits.length)
  let value = 0
  for (let i = 0; i < rows; i++) {
    const share = weights[i] / divisor / outputs
    for (let q = i * outputs; q < (i + 1) * outputs; q++) {
      const x = logits[q]
      const y = targets[q]
      const e = Math.exp(-Math.abs(x))
      const g = x < 0 ? e / (1 + e) : 1 / (1 + e)
      if (kind === 'cross-entropy') {
        value += share * (Math.max(x, 0) - x * y + Math.log1p(e))
        gradient[q] = share * (g - y)
      } else {
        value += share * (g - y) ** 2
        gradient[q] = share * 2 * (g - y) * g * (1 - g)
      }
    }
  }
  return { value, gradient }
}
