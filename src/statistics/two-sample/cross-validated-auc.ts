import { createRng, shuffle } from '../../numerics/rng.ts'
import { cholesky, solveLower } from '../../numerics/linear-algebra.ts'
import { areaUnderCurve } from './one-feature.ts'

const folds = 5
const steps = 12
/** Of squared coefficients, in events: keeps a perfect separation finite. */
const ridge = 1

/** Two samples behind each other, every feature with mean 0 and deviation 1, those that never change as 0. */
export interface StandardisedRows {
  rows: Float64Array // [events, features]
  features: number
  /** Events of the first sample, which come first. */
  first: number
}

/** Learns to score rows: higher where they are rather of the second sample. */
export type TwoSampleClassifier = (
  samples: StandardisedRows,
) => (training: Int32Array, fold: number) => (row: number) => number

/**
 * How well two samples are told apart: area under the curve of a classifier of standardised features, each event scored by
 * one that learned from the other four fifths. One half where both are alike.
 *
 * @param a, b        [events, features] row-major
 * @param classifier  default: logistic regression on the features, their squares and products in pairs
 */
export function crossValidatedAuc(
  a: Float64Array,
  b: Float64Array,
  features: number,
  seed: number,
  classifier: TwoSampleClassifier = logisticRegression,
): { auc: number; error: number } {
  const [n, m] = [a.length / features, b.length / features]
  const learn = classifier({ rows: standardised(a, b, features), features, first: n })
  const order = shuffle(
    Int32Array.from({ length: n + m }, (_, i) => i),
    createRng(seed, 'folds'),
  )
  const scores = new Float64Array(n + m)
  for (let fold = 0; fold < folds; fold++) {
    const training = order.filter((_, k) => k % folds !== fold)
    const score = learn(training, fold)
    order.forEach((i, k) => {
      if (k % folds === fold) scores[i] = score(i)
    })
  }
  // Scores of different fits have no common zero; ranks within a fold do, and areas add up as means.
  const areas = Array.from({ length: folds }, (_, fold) => {
    const own = order.filter((_, k) => k % folds === fold)
    const of = (second: boolean) =>
      Float64Array.from(
        own.filter((i) => i >= n === second),
        (i) => scores[i],
      )
    return areaUnderCurve(of(false), of(true))
  })
  return {
    auc: areas.reduce((sum, { auc }) => sum + auc, 0) / folds,
    // Where the samples are alike the folds move together: the error is that of one.
    error: Math.hypot(...areas.map(({ error }) => error)) / Math.sqrt(folds),
  }
}

const logisticRegression: TwoSampleClassifier = ({ rows: plain, features, first }) => {
  const events = plain.length / features
  const rows = expanded(plain, events, features)
  const width = rows.length / events
  return (training) => {
    const weights = fit(rows, width, training, first)
    return (row) => dot(rows, row * width, weights)
  }
}

function standardised(a: Float64Array, b: Float64Array, features: number): Float64Array {
  const all = new Float64Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  const rows = all.length / features
  for (let f = 0; f < features; f++) {
    let [sum, sum2] = [0, 0]
    for (let at = f; at < all.length; at += features) sum += all[at]
    const mean = sum / rows
    for (let at = f; at < all.length; at += features) sum2 += (all[at] - mean) ** 2
    const deviation = Math.sqrt(sum2 / rows)
    for (let at = f; at < all.length; at += features)
      all[at] = deviation > 0 ? (all[at] - mean) / deviation : 0
  }
  return all
}

/** 1, features, and their products in pairs. */
function expanded(all: Float64Array, rows: number, features: number): Float64Array {
  const width = 1 + features + (features * (features + 1)) / 2
  const out = new Float64Array(rows * width)
  for (let i = 0; i < rows; i++) {
    let to = i * width
    out[to++] = 1
    for (let f = 0; f < features; f++) out[to++] = all[i * features + f]
    for (let f = 0; f < features; f++)
      for (let g = 0; g <= f; g++) out[to++] = all[i * features + f] * all[i * features + g]
  }
  return out
}

function dot(rows: Float64Array, at: number, weights: Float64Array): number {
  let sum = 0
  for (let k = 0; k < weights.length; k++) sum += rows[at + k] * weights[k]
  return sum
}

/** Newton's method on the penalised likelihood, both samples of equal weight. */
function fit(rows: Float64Array, width: number, training: Int32Array, n: number): Float64Array {
  const weights = new Float64Array(width)
  const first = training.filter((i) => i < n).length
  const balance = [training.length / (2 * first), training.length / (2 * (training.length - first))]
  for (let step = 0; step < steps; step++) {
    const gradient = weights.map((w) => -ridge * w)
    const hessian = new Float64Array(width * width)
    for (let k = 0; k < width; k++) hessian[k * width + k] = ridge
    for (const i of training) {
      const at = i * width
      const second = i >= n ? 1 : 0
      const p = 1 / (1 + Math.exp(-dot(rows, at, weights)))
      const pull = balance[second] * (second - p)
      const curvature = balance[second] * p * (1 - p)
      for (let k = 0; k < width; k++) {
        gradient[k] += pull * rows[at + k]
        const own = curvature * rows[at + k]
        for (let l = 0; l <= k; l++) hessian[k * width + l] += own * rows[at + l]
      }
    }
    const move = solve(hessian, gradient, width)
    let largest = 0
    for (let k = 0; k < width; k++) {
      // A step of more than 2 comes from a Hessian far from the optimum.
      const own = Math.max(-2, Math.min(2, move[k]))
      weights[k] += own
      largest = Math.max(largest, Math.abs(own))
    }
    if (largest < 1e-5) break
  }
  return weights
}

/** @param lower  [n, n] of which the lower triangle is filled */
function solve(lower: Float64Array, b: Float64Array, n: number): Float64Array {
  const l = cholesky(lower, n)
  const y = solveLower(l, b, n)
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) y[i] -= l[k * n + i] * y[k]
    y[i] /= l[i * n + i]
  }
  return y
}
