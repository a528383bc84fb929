import { rowOf, rowsOf, topClass, type Predictions } from './predictions.ts'
import { applyTemperature } from './temperature.ts'

/** Predictions of rows that do not count alike. */
export interface WeightedPredictions extends Predictions {
  weights: ArrayLike<number> // [rows] not negative
}

/** By weight, of each true class the share that each class was given. @returns [classes, classes], rows sum to 1 */
export function confusionMatrix(predictions: WeightedPredictions): Float64Array {
  const { classes, labels, weights } = predictions
  const matrix = new Float64Array(classes * classes)
  const totals = new Float64Array(classes)
  for (let r = 0; r < rowsOf(predictions); r++) {
    matrix[labels[r] * classes + topClass(rowOf(predictions, r))] += weights[r]
    totals[labels[r]] += weights[r]
  }
  return matrix.map((sum, at) => sum / totals[Math.floor(at / classes)])
}

/**
 * Expected calibration error of the top class in bins of equal weight, Σ_b W_b/W |accuracy − confidence|. Bins whose weight lies
 * in few rows are off by counting alone.
 */
export function weightedCalibrationError(predictions: WeightedPredictions, bins = 15): number {
  const rows = rowsOf(predictions)
  const confidence = Float64Array.from({ length: rows }, (_, r) => Math.max(...rowOf(predictions, r)))
  const order = Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => confidence[a] - confidence[b])
  let total = 0
  for (let r = 0; r < rows; r++) total += predictions.weights[r]
  let [below, difference, bin, ece] = [0, 0, 0, 0]
  for (const row of order) {
    const now = Math.min(bins - 1, Math.floor((below / total) * bins))
    if (now !== bin) {
      ece += Math.abs(difference) / total
      difference = 0
      bin = now
    }
    const weight = predictions.weights[row]
    const correct = topClass(rowOf(predictions, row)) === predictions.labels[row] ? 1 : 0
    difference += weight * (correct - confidence[row])
    below += weight
  }
  return ece + Math.abs(difference) / total
}

const temperatures = { from: 0.02, to: 50, steps: 40 }

/**
 * The temperature of least weighted −ln p on rows that were not trained on (Guo et al. 1706.04599): the likelihood is convex in
 * 1/T, so the sign of its slope is followed.
 */
export function fitWeightedTemperature(predictions: WeightedPredictions): number {
  let [low, high] = [Math.log(temperatures.from), Math.log(temperatures.to)]
  for (let step = 0; step < temperatures.steps; step++) {
    const middle = 0.5 * (low + high)
    if (slope(predictions, Math.exp(middle)) < 0) low = middle
    else high = middle
  }
  return Math.exp(0.5 * (low + high))
}

/** T² d(−ln p)/dT: Σ w (ln p(true) − Σ_c p_T(c) ln p(c)). */
function slope(predictions: WeightedPredictions, temperature: number): number {
  const scaled = new Float64Array(predictions.classes)
  let sum = 0
  for (let r = 0; r < rowsOf(predictions); r++) {
    const row = rowOf(predictions, r)
    applyTemperature(row, temperature, scaled)
    let own = Math.log(Math.max(row[predictions.labels[r]], 1e-300))
    for (let c = 0; c < row.length; c++)
      if (scaled[c] > 0) own -= scaled[c] * Math.log(Math.max(row[c], 1e-300))
    sum += predictions.weights[r] * own
  }
  return sum
}
