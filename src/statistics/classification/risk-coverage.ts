import { confidences, type Predictions } from './predictions.ts'

/** What is gained by answering only where the classifier is sure. */
export interface RiskCoverage {
  /** Share of rows answered, and the share of wrong answers among them; coverage ascending. */
  curve: { coverage: Float64Array; risk: Float64Array }
  /** Area under the curve: the mean risk over all coverages (Geifman, El-Yaniv 1705.08500). */
  aurc: number
  /** The least any order of these answers can have: all wrong ones last. */
  oracle: number
}

const drawnPoints = 200

export function riskCoverage(predictions: Predictions): RiskCoverage {
  const { confidence, correct } = confidences(predictions)
  const rows = confidence.length
  const order = Array.from(confidence.keys()).sort((a, b) => confidence[b] - confidence[a] || a - b)
  const risk = new Float64Array(rows)
  let wrong = 0
  for (let i = 0; i < rows; i++) {
    wrong += 1 - correct[order[i]]
    risk[i] = wrong / (i + 1)
  }
  let oracle = 0
  for (let i = rows - wrong; i < rows; i++) oracle += (i + 1 - (rows - wrong)) / (i + 1) / rows
  const points = Math.min(rows, drawnPoints)
  const at = Array.from({ length: points }, (_, k) => Math.round(((k + 1) * rows) / points) - 1)
  return {
    curve: {
      coverage: Float64Array.from(at, (i) => (i + 1) / rows),
      risk: Float64Array.from(at, (i) => risk[i]),
    },
    aurc: risk.reduce((sum, value) => sum + value, 0) / rows,
    oracle,
  }
}
