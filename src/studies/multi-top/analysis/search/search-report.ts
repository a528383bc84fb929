import { histogram } from '../../../../numerics/histogram.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { weightedChi2, type WeightedValues } from '../../../../statistics/two-sample/weighted-chi2.ts'
import { searchScores, type SearchScore } from './anomaly-scores.ts'
import type { ScoredRows } from './event-scores.ts'
import { signalEfficiencies, type SearchResult } from './signal-efficiency.ts'

/** Selected events of the Standard Model, with what they count in a mixture. */
export interface Background {
  readonly id: string
  /** Rows of the scored events. */
  readonly rows: ArrayLike<number>
  readonly weights: ArrayLike<number> // [rows]
}

/** Fewer are no background: what is left says so. */
export const fewestRows = 20

export interface SignalReport {
  background: string
  events: number
  effectiveEvents: number
  /** Absent where a background has fewer than 20 events. */
  scores?: Record<SearchScore, Omit<SearchResult, 'effectiveEvents'>>
}

/** Every score of a signal against every background. @param seed of the bootstrap */
export function signalReport(
  standardModel: ScoredRows,
  backgrounds: readonly Background[],
  signal: ScoredRows & { weights: ArrayLike<number> },
  seed: number,
): SignalReport[] {
  return backgrounds.map(({ id, rows, weights }) => {
    const events = rows.length
    if (events < fewestRows) return { background: id, events, effectiveEvents: events }
    let effectiveEvents = 0
    const entries = searchScores.map((score) => {
      const own = Float64Array.from(rows, (row) => standardModel.scores[score][row])
      const other = { scores: signal.scores[score], weights: signal.weights }
      const result = signalEfficiencies({ scores: own, weights }, other, seed)
      effectiveEvents = result.effectiveEvents
      return [score, { auc: result.auc, efficiencies: result.efficiencies }] as const
    })
    const scores = Object.fromEntries(entries) as NonNullable<SignalReport['scores']>
    return { background: id, events, effectiveEvents, scores }
  })
}

/** Bins of entropy that are drawn and compared. */
export const entropyEdges: readonly number[] = Array.from({ length: 21 }, (_, k) => k / 20)

/** Share of weight in each bin of entropy, with errors. */
export function entropyHistogram({ values, weights }: WeightedValues): Estimate[] {
  const { sumW, sumW2 } = histogram(values, entropyEdges, weights)
  const total = sumW.reduce((sum, w) => sum + w, 0)
  return Array.from(sumW, (w, k) => ({ value: w / total, error: Math.sqrt(sumW2[k]) / total }))
}

/** Whether another generation of the same events has the same entropies. */
export const entropyReproduces = (first: WeightedValues, second: WeightedValues) =>
  weightedChi2(first, second, entropyEdges)

/** Weighted mean with the error of independent events. */
export function weightedMean({ values, weights }: WeightedValues): Estimate {
  let [sum, total] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    sum += weights[i] * values[i]
    total += weights[i]
  }
  const value = sum / total
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (weights[i] * (values[i] - value)) ** 2
  return { value, error: Math.sqrt(squares) / total }
}
