import { rowOf, rowsOf, type Predictions } from './predictions.ts'

/** ln p of a class that was given no probability at all. */
const smallestLog = -700

/** p_c^(1/T) normalised: softer for T > 1. On softmax outputs this is the division of the logits by T. */
export function applyTemperature(
  probabilities: ArrayLike<number>,
  temperature: number,
  out: Float64Array = new Float64Array(probabilities.length),
): Float64Array {
  let largest = Number.NEGATIVE_INFINITY
  for (let c = 0; c < out.length; c++) {
    out[c] = Math.max(Math.log(probabilities[c]), smallestLog) / temperature
    largest = Math.max(largest, out[c])
  }
  let sum = 0
  for (let c = 0; c < out.length; c++) sum += out[c] = Math.exp(out[c] - largest)
  for (let c = 0; c < out.length; c++) out[c] /= sum
  return out
}

export function scaledPredictions(predictions: Predictions, temperature: number): Predictions {
  const { classes, probabilities, labels } = predictions
  const scaled = new Float64Array(probabilities.length)
  for (let r = 0; r < labels.length; r++)
    applyTemperature(rowOf(predictions, r), temperature, scaled.subarray(r * classes, (r + 1) * classes))
  return { classes, probabilities: scaled, labels }
}

const range: [number, number] = [0.02, 50]

/**
 * The temperature of least negative log-likelihood on a calibration set (Guo et al. 1706.04599). The likelihood is
 * convex in 1/T, so its slope has one zero, found by bisection in ln T.
 */
export function fitTemperature(calibration: Predictions): number {
  let [low, high] = range.map(Math.log)
  if (slope(calibration, range[0]) >= 0) return range[0]
  if (slope(calibration, range[1]) <= 0) return range[1]
  for (let i = 0; i < 40; i++) {
    const middle = 0.5 * (low + high)
    if (slope(calibration, Math.exp(middle)) < 0) low = middle
    else high = middle
  }
  return Math.exp(0.5 * (low + high))
}

/** T^2 d NLL / d T, summed over rows: ln p(true) - sum_c p_T(c) ln p(c). */
function slope(predictions: Predictions, temperature: number): number {
  const scaled = new Float64Array(predictions.classes)
  let sum = 0
  for (let r = 0; r < rowsOf(predictions); r++) {
    const row = rowOf(predictions, r)
    applyTemperature(row, temperature, scaled)
    sum += Math.max(Math.log(row[predictions.labels[r]]), smallestLog)
    for (let c = 0; c < row.length; c++)
      if (scaled[c] > 0) sum -= scaled[c] * Math.max(Math.log(row[c]), smallestLog)
  }
  return sum
}
