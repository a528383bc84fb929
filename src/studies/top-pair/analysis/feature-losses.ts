import type { EventTable } from '../../../generator/event-table.ts'
import { smWeights, termWeights } from './ratios/ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratios/ratio-terms.ts'

/** A decision function is kept so far from 0 and 1. */
const edge = 1e-3

export interface LearnedLoss {
  loss: number
  /** Of the mean over these events, one standard deviation. */
  error: number
}

/**
 * Cross-entropy of SM against one term, both classes normalised to one half, of the classifier that a learned ratio is:
 * g = 1 / (1 + r), r the ratio of normalised densities. A ratio from a regression may be 0 or negative somewhere, where no
 * density is: g is therefore kept within [0.001, 0.999], which is a classifier all the same. Events where the term's weight
 * is negative count negatively, so that the mean is that of the density the features have.
 *
 * @param learned  of the term to the SM, in units of the weights, [events]; no event that it was trained on
 */
export function learnedLoss(events: EventTable, learned: ArrayLike<number>, term: string): LearnedLoss {
  const ofTerm = termWeights(events, termIndex(events.operators, parseRatioTerm(term)))
  return limitedLoss(smWeights(events), ofTerm, learned)
}

/** The same for weights at hand, of events or of the points of a quadrature (which has no such error). */
export function limitedLoss(
  sm: ArrayLike<number>,
  ofTerm: ArrayLike<number>,
  learned: ArrayLike<number>,
): LearnedLoss {
  const sum = (value: (i: number) => number): number => {
    let total = 0
    for (let i = 0; i < sm.length; i++) total += value(i)
    return total
  }
  const smTotal = sum((i) => sm[i])
  const termTotal = sum((i) => ofTerm[i])
  const rate = termTotal / smTotal
  const odds = Float64Array.from({ length: sm.length }, (_, i) =>
    Math.min((1 - edge) / edge, Math.max(edge / (1 - edge), learned[i] / rate)),
  )
  const ofSm = sum((i) => sm[i] * Math.log1p(odds[i])) / smTotal
  const ofOther = sum((i) => ofTerm[i] * Math.log1p(1 / odds[i])) / termTotal
  const squares = sum((i) => {
    const own =
      (sm[i] * (Math.log1p(odds[i]) - ofSm)) / smTotal +
      (ofTerm[i] * (Math.log1p(1 / odds[i]) - ofOther)) / termTotal
    return own * own
  })
  return { loss: 0.5 * (ofSm + ofOther), error: 0.5 * Math.sqrt(squares) }
}
