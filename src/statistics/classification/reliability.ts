import { confidences, type Predictions } from './predictions.ts'

/** Rows of about equal confidence. */
export interface ReliabilityBin {
  rows: number
  /** Mean confidence of its rows. */
  confidence: number
  accuracy: number
  /** Binomial standard deviation of the accuracy that a calibrated classifier would have here. */
  expectedError: number
}

export interface Reliability {
  bins: ReliabilityBin[]
  /** Expected calibration error sum_b (n_b / N) |accuracy - confidence|. */
  ece: number
  /** The mean ECE of a perfectly calibrated classifier with these confidences: what counting alone makes of zero. */
  floor: number
}

export const reliabilityBins = 15

/**
 * Reliability of the top class in bins of equal numbers of rows (Naeini et al. 2015; equal mass as in Nguyen,
 * O'Connor 1508.05154): equal widths would leave most bins empty when nearly all rows are certain.
 */
export function reliability(predictions: Predictions, bins = reliabilityBins): Reliability {
  const { confidence, correct } = confidences(predictions)
  const rows = confidence.length
  const order = Array.from(confidence.keys()).sort((a, b) => confidence[a] - confidence[b] || a - b)
  const result: ReliabilityBin[] = []
  let ece = 0
  let floor = 0
  for (let b = 0; b < bins; b++) {
    const from = Math.round((b * rows) / bins)
    const to = Math.round(((b + 1) * rows) / bins)
    const n = to - from
    if (n === 0) continue
    let sum = 0
    let hits = 0
    let variance = 0
    for (let i = from; i < to; i++) {
      const p = confidence[order[i]]
      sum += p
      hits += correct[order[i]]
      variance += p * (1 - p)
    }
    const expectedError = Math.sqrt(Math.max(variance, 0)) / n
    result.push({ rows: n, confidence: sum / n, accuracy: hits / n, expectedError })
    ece += Math.abs(hits - sum) / rows
    floor += (n / rows) * Math.sqrt(2 / Math.PI) * expectedError
  }
  return { bins: result, ece, floor }
}
