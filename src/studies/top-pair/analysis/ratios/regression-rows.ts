import { AppError } from '../../../../errors.ts'
import type { EventTable } from '../../../../generator/event-table.ts'
import { termWeights, type RatioRows } from './ratio-sample.ts'
import { parseRatioTerm, termIndex, type RatioTerm } from './ratio-terms.ts'

/**
 * Targets w_t/ref with ref = w_0/σ_0 + share × sum of w_jj/σ_jj over the operators of the terms, rows weighted by ref. They are
 * bounded: |w_j| <= 2 sqrt(w_0 w_jj) on each event. Each is brought to (0, 1) by its extremes.
 * Source: bounded joint ratios, Stoye et al. 1808.00973; regression converges to E[w_t | x]/E[ref | x], Brehmer et al.
 * 1805.00013.
 */
export function regressionRows(
  events: EventTable,
  terms: RatioTerm[],
  sm: Float64Array,
  share: number,
): RatioRows {
  if (!(share > 0))
    throw new AppError(
      'input/invalid',
      `The share of the squares is ${share}, must be positive: it bounds the targets.`,
    )
  const { rows } = events
  const smTotal = sum(sm)
  const ref = sm.map((w) => w / smTotal)
  for (const { weights, total } of squaresOf(events, terms))
    if (total > 0) weights.forEach((w, i) => (ref[i] += (share * w) / total))
  const heads = [sm, ...terms.map((term) => termWeights(events, termIndex(events.operators, term)))]
  const targets = new Float32Array(rows * heads.length)
  const bounds = heads.map((head, k): [number, number] => {
    const values = head.map((w, i) => (ref[i] > 0 ? w / ref[i] : 0))
    const low = Math.min(0, minimum(values))
    const high = -Math.min(0, minimum(values.map((v) => -v)))
    const width = high > low ? high - low : 1
    values.forEach((value, i) => (targets[i * heads.length + k] = (value - low) / width))
    return [low, low + width]
  })
  const mean = sum(ref) / rows
  const weights = Float32Array.from(ref, (w) => w / mean)
  return { targets, weights, decoder: { kind: 'joint', bounds }, negativeShare: 0 }
}

/** Weights of the squares of all operators in the terms. @throws AppError 'data/corrupt' */
export function squaresOf(
  events: EventTable,
  terms: RatioTerm[],
): { operator: string; weights: Float64Array; total: number }[] {
  return [...new Set(terms.flatMap((term) => term.operators))].map((operator) => {
    const weights = termWeights(events, termIndex(events.operators, parseRatioTerm(`${operator}^2`)))
    const bad = weights.findIndex((w) => w < 0)
    if (bad >= 0)
      throw new AppError(
        'data/corrupt',
        `Event ${bad + 1} has the weight ${weights[bad]} of ${operator}^2: a square cannot be negative. Repair or remove the event.`,
        { row: bad + 1 },
      )
    return { operator, weights, total: sum(weights) }
  })
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
const minimum = (values: Float64Array): number =>
  values.reduce((least, value) => Math.min(least, value), Infinity)
