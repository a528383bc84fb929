import type { TransformerCard } from '../../../../ml/transformer/transformer-files.ts'
import type { RawTokens } from './event-tokens.ts'

/** What standardises tokens: mean and standard deviation of filled slots alone. */
export interface TokenScaling {
  readonly mean: Float64Array // [tokens]
  /** [tokens] 1 where a token has no spread, so that it becomes 0 */
  readonly deviation: Float64Array
}

/**
 * Weighted mean and standard deviation of each token over the events that fill it. A token that none fills has 0 and 1.
 *
 * @param rows     events that count: those of the training
 * @param weights  [rows]
 */
export function fitTokenScaling(
  { tokens, values, filled }: RawTokens,
  rows: ArrayLike<number>,
  weights: ArrayLike<number>,
): TokenScaling {
  const mean = new Float64Array(tokens)
  const deviation = new Float64Array(tokens)
  const total = new Float64Array(tokens)
  // Two passes: φ and η have means near zero, counts do not, and one pass would lose digits of pT.
  for (let r = 0; r < rows.length; r++)
    for (let t = 0, at = rows[r] * tokens; t < tokens; t++, at++)
      if (filled[at] === 1) {
        total[t] += weights[r]
        mean[t] += weights[r] * values[at]
      }
  for (let t = 0; t < tokens; t++) mean[t] = total[t] > 0 ? mean[t] / total[t] : 0
  for (let r = 0; r < rows.length; r++)
    for (let t = 0, at = rows[r] * tokens; t < tokens; t++, at++)
      if (filled[at] === 1) deviation[t] += weights[r] * (values[at] - mean[t]) ** 2
  for (let t = 0; t < tokens; t++) deviation[t] = Math.sqrt(total[t] > 0 ? deviation[t] / total[t] : 0) || 1
  return { mean, deviation }
}

/** Standardised tokens: empty slots stay 0, which the mean of a filled one is too. @returns [events, tokens] */
export function standardised(
  { tokens, values, filled }: RawTokens,
  { mean, deviation }: TokenScaling,
): Float32Array {
  const out = new Float32Array(values.length)
  for (let at = 0; at < out.length; at++) {
    const t = at % tokens
    if (filled[at] === 1) out[at] = (values[at] - mean[t]) / deviation[t]
  }
  return out
}

/** A standardised number in its unit again. */
export const inUnit = ({ mean, deviation }: TokenScaling, token: number, value: number): number =>
  mean[token] + deviation[token] * value

/** What a transformer was trained with. */
export const scalingOf = ({ scaling }: Pick<TransformerCard, 'scaling'>): TokenScaling => ({
  mean: Float64Array.from(scaling.mean),
  deviation: Float64Array.from(scaling.deviation),
})
