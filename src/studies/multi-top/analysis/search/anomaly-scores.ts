import { cholesky, solveLower } from '../../../../numerics/linear-algebra.ts'

/** What an event is searched by; all are larger for what looks less like the Standard Model. */
export const searchScores = ['entropy', 'max-softmax', 'energy', 'mahalanobis', 'reconstruction'] as const
export type SearchScore = (typeof searchScores)[number]

/** −Σ p ln p / ln K of each row, between 0 and 1. @param probabilities [rows, classes], after temperature scaling */
export function entropies(probabilities: ArrayLike<number>, classes: number): Float64Array {
  return perRow(probabilities, classes, (row) => {
    let sum = 0
    for (const p of row) if (p > 0) sum -= p * Math.log(p)
    return sum / Math.log(classes)
  })
}

/** 1 − max p of each row. */
export function softmaxDoubts(probabilities: ArrayLike<number>, classes: number): Float64Array {
  return perRow(probabilities, classes, (row) => 1 - Math.max(...row))
}

/** Free energy −ln Σ exp(logit) of each row (W. Liu et al., arXiv:2010.03759). */
export function freeEnergies(logits: ArrayLike<number>, classes: number): Float64Array {
  return perRow(logits, classes, (row) => {
    const most = Math.max(...row)
    let sum = 0
    for (const z of row) sum += Math.exp(z - most)
    return -(most + Math.log(sum))
  })
}

/** Centres of classes and what makes their common covariance the unit matrix. */
export interface ClassGaussians {
  classes: number
  dimensions: number
  means: Float64Array // [classes, dimensions]
  /** [dimensions, dimensions] lower factor of the weighted covariance within classes */
  factor: Float64Array
}

/** Of the trace per dimension, added to the diagonal: columns that hardly move do not decide. */
const shrinkage = 1e-6

/**
 * Means of classes and the covariance that they share.
 *
 * @param features  [rows, dimensions] of training events
 * @throws AppError 'numerics/not-positive-definite'
 */
export function fitClassGaussians(
  features: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  classes: number,
): ClassGaussians {
  const rows = labels.length
  const d = features.length / rows
  const means = new Float64Array(classes * d)
  const totals = new Float64Array(classes)
  for (let r = 0; r < rows; r++) {
    totals[labels[r]] += weights[r]
    for (let k = 0; k < d; k++) means[labels[r] * d + k] += weights[r] * features[r * d + k]
  }
  for (let at = 0; at < means.length; at++) means[at] /= totals[Math.floor(at / d)] || 1
  const covariance = new Float64Array(d * d)
  const total = totals.reduce((sum, own) => sum + own, 0)
  const off = new Float64Array(d)
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < d; k++) off[k] = features[r * d + k] - means[labels[r] * d + k]
    const share = weights[r] / total
    for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) covariance[i * d + j] += share * off[i] * off[j]
  }
  let trace = 0
  for (let k = 0; k < d; k++) trace += covariance[k * d + k] / d
  for (let k = 0; k < d; k++) covariance[k * d + k] += shrinkage * trace
  return { classes, dimensions: d, means, factor: cholesky(covariance, d) }
}

/** Squared Mahalanobis distance to the nearest class of each row (K. Lee et al., arXiv:1807.03888). */
export function mahalanobis(
  { classes, dimensions: d, means, factor }: ClassGaussians,
  features: ArrayLike<number>,
): Float64Array {
  const off = new Float64Array(d)
  return perRow(features, d, (row) => {
    let nearest = Infinity
    for (let c = 0; c < classes; c++) {
      for (let k = 0; k < d; k++) off[k] = row[k] - means[c * d + k]
      const y = solveLower(factor, off, d)
      let square = 0
      for (const x of y) square += x * x
      nearest = Math.min(nearest, square)
    }
    return nearest
  })
}

/**
 * Mean squared error over the masked filled scalars of each event; 0 for one that has none.
 *
 * @param guess  [rows, tokens] standardised, as are `values`
 */
export function reconstructionErrors(
  tokens: number,
  { values, filled, masked }: { values: Float32Array; filled: Uint8Array; masked: Uint8Array },
  guess: Float32Array,
): Float64Array {
  return Float64Array.from({ length: values.length / tokens }, (_, r) => {
    let [sum, count] = [0, 0]
    for (let at = r * tokens; at < (r + 1) * tokens; at++) {
      if (masked[at] === 0 || filled[at] === 0) continue
      sum += (guess[at] - values[at]) ** 2
      count++
    }
    return count > 0 ? sum / count : 0
  })
}

function perRow(table: ArrayLike<number>, width: number, of: (row: Float64Array) => number): Float64Array {
  const row = new Float64Array(width)
  return Float64Array.from({ length: table.length / width }, (_, r) => {
    for (let k = 0; k < width; k++) row[k] = table[r * width + k]
    return of(row)
  })
}
