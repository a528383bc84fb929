import type { Estimate } from '../gaussian-limit.ts'
import { confidences, rowOf, rowsOf, type Predictions } from './predictions.ts'

/** A probability of zero for what then happened would cost infinitely much; it is counted as this. */
const smallestProbability = 1e-300

/** Share of rows whose most probable class is the true one; binomial error. */
export function accuracy(predictions: Predictions): Estimate {
  return mean(Float64Array.from(confidences(predictions).correct))
}

/** Mean -ln p(true class). */
export function negativeLogLikelihood(predictions: Predictions): Estimate {
  return mean(perRow(predictions, (row, label) => -Math.log(Math.max(row[label], smallestProbability))))
}

/** Mean sum_c (p_c - y_c)^2, between 0 and 2. */
export function brierScore(predictions: Predictions): Estimate {
  return mean(
    perRow(predictions, (row, label) => {
      let sum = 0
      for (let c = 0; c < row.length; c++) sum += (row[c] - (c === label ? 1 : 0)) ** 2
      return sum
    }),
  )
}

/**
 * Mean KL(Bayes || learned) over rows [nats]: how much the learned probabilities lose beside those of the Bayes posterior, for every
 * row and not only on average as calibration does. Zero only where they are equal.
 */
export function meanKl(bayes: Predictions, learned: Predictions): Estimate {
  return mean(
    Float64Array.from({ length: rowsOf(bayes) }, (_, r) => {
      const p = rowOf(bayes, r)
      const q = rowOf(learned, r)
      let sum = 0
      for (let c = 0; c < p.length; c++)
        if (p[c] > smallestProbability) sum += p[c] * Math.log(p[c] / Math.max(q[c], smallestProbability))
      return sum
    }),
  )
}

function perRow(predictions: Predictions, value: (row: Float64Array, label: number) => number): Float64Array {
  return Float64Array.from(predictions.labels, (label, r) => value(rowOf(predictions, r), label))
}

/** Mean with its standard error; never an error of zero, since a rate of 0 or 1 is not known exactly either. */
function mean(values: Float64Array): Estimate {
  const n = values.length
  let sum = 0
  for (const value of values) sum += value
  const centre = sum / n
  let squares = 0
  for (const value of values) squares += (value - centre) ** 2
  return { value: centre, error: Math.sqrt(Math.max(squares / n, 1 / n) / n) }
}
