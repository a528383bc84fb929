import { AppError } from '../../errors.ts'
import { createRng } from '../../numerics/rng.ts'
import { binned, quantileBins, type FeatureBins } from './feature-bins.ts'
import { growTree, treeValue, type Tree, type TreeSettings } from './grow-tree.ts'

export interface BoostingSettings extends TreeSettings {
  rounds: number
  /** Share of rows of each tree. */
  subsample: number
  /** Rounds without a lower loss on the validation rows after which it stops; 0 never. */
  patience: number
  /** Of the rows of each tree. */
  seed: number
}

export const boostingDefaults: BoostingSettings = {
  ...{ rounds: 200, maxDepth: 5, learningRate: 0.1, minChildWeight: 1, lambda: 1, gamma: 0 },
  ...{ subsample: 1, patience: 20, seed: 1 },
}

/** Rows with classes from 0 on and weights. */
export interface LabelledRows {
  readonly values: ArrayLike<number> // [rows, features]
  readonly labels: ArrayLike<number> // [rows]
  readonly weights: ArrayLike<number> // [rows]
}

export interface BoostedTrees {
  readonly classes: number
  readonly bins: FeatureBins
  /** Round by round one tree a class. */
  readonly trees: readonly (readonly Tree[])[]
}

export interface BoostingReport {
  round: number // done
  rounds: number
  /** Weighted mean −ln p(true class) on the validation rows [nats]. */
  validationLoss: number
}

/** Second derivatives are at least this: a leaf of certain rows stays finite. */
const leastHessian = 1e-16

/**
 * Gradient-boosted trees for several classes: softmax, second derivatives 2 p (1 − p) as xgboost has them. Stops early on the
 * validation rows and keeps the rounds up to the best. Yields after every round.
 *
 * @throws AppError 'input/invalid' for rows that do not fit together, 'data/corrupt' for values that are not finite
 */
export function* trainBoostedTrees(
  training: LabelledRows,
  validation: LabelledRows,
  features: number,
  classes: number,
  settings: BoostingSettings,
): Generator<BoostingReport, BoostedTrees> {
  const n = training.labels.length
  if (n === 0 || training.values.length !== n * features || training.weights.length !== n)
    throw new AppError(
      'input/invalid',
      `${n} rows of ${features} features need ${n * features} values and ${n} weights, got ${training.values.length} and ${training.weights.length}.`,
    )
  const { rounds, subsample, patience, seed } = settings
  const bins = quantileBins(training.values, features)
  const inTraining = scoreTable(bins, training, classes)
  const inValidation = scoreTable(bins, validation, classes)
  const gradient = new Float64Array(n)
  const hessian = new Float64Array(n)
  const trees: Tree[][] = []
  let best = { loss: Infinity, round: 0 }
  for (let round = 1; round <= rounds; round++) {
    const probabilities = softmaxRows(inTraining.scores, classes)
    const rng = createRng(seed, `trees/${round}`)
    const chosen: number[] = []
    for (let r = 0; r < n; r++) if (subsample === 1 || rng.uniform() < subsample) chosen.push(r)
    const now = Array.from({ length: classes }, (_, c) => {
      for (let r = 0; r < n; r++) {
        const p = probabilities[r * classes + c]
        gradient[r] = training.weights[r] * (p - (training.labels[r] === c ? 1 : 0))
        hessian[r] = training.weights[r] * Math.max(2 * p * (1 - p), leastHessian)
      }
      return growTree(inTraining.bins, features, Uint32Array.from(chosen), gradient, hessian, settings)
    })
    trees.push(now)
    inTraining.add(now)
    inValidation.add(now)
    const validationLoss = meanLoss(softmaxRows(inValidation.scores, classes), validation, classes)
    if (validationLoss < best.loss) best = { loss: validationLoss, round }
    yield { round, rounds, validationLoss }
    if (patience > 0 && round - best.round >= patience) break
  }
  return { classes, bins, trees: trees.slice(0, best.round) }
}

/** Class probabilities. @param values [rows, features] @returns [rows, classes] */
export function treeProbabilities(
  { classes, bins, trees }: BoostedTrees,
  values: ArrayLike<number>,
): Float64Array {
  const rows = values.length / bins.edges.length
  const table = scoreTable(bins, { values, labels: new Uint8Array(rows) }, classes)
  for (const round of trees) table.add(round)
  return softmaxRows(table.scores, classes)
}

/** Scores of rows as trees are added. */
function scoreTable(
  bins: FeatureBins,
  { values, labels }: Pick<LabelledRows, 'values' | 'labels'>,
  classes: number,
) {
  const rows = labels.length
  const own = binned(bins, values)
  const scores = new Float64Array(rows * classes)
  return {
    bins: own,
    scores,
    add(trees: readonly Tree[]): void {
      trees.forEach((tree, c) => {
        for (let r = 0; r < rows; r++) scores[r * classes + c] += treeValue(tree, own, rows, r)
      })
    },
  }
}

/** @param scores [rows, classes] */
export function softmaxRows(scores: ArrayLike<number>, classes: number): Float64Array {
  const out = new Float64Array(scores.length)
  for (let start = 0; start < out.length; start += classes) {
    let largest = -Infinity
    for (let c = 0; c < classes; c++) largest = Math.max(largest, scores[start + c])
    let sum = 0
    for (let c = 0; c < classes; c++) sum += out[start + c] = Math.exp(scores[start + c] - largest)
    for (let c = 0; c < classes; c++) out[start + c] /= sum
  }
  return out
}

/** Weighted mean −ln p(true class) [nats]. */
export function meanLoss(
  probabilities: Float64Array,
  { labels, weights }: Pick<LabelledRows, 'labels' | 'weights'>,
  classes: number,
): number {
  let [sum, total] = [0, 0]
  for (let r = 0; r < labels.length; r++) {
    sum -= weights[r] * Math.log(Math.max(probabilities[r * classes + labels[r]], 1e-300))
    total += weights[r]
  }
  return sum / total
}
