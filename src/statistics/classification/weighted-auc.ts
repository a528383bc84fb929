import { AppError } from '../../errors.ts'
import { createRng } from '../../numerics/rng.ts'
import type { Estimate } from '../gaussian-limit.ts'

/** Rows by rising score, with the ends of groups of equal scores: ranks once, areas for any weights. */
export interface RankedScores {
  readonly order: Uint32Array
  /** [rows] 1 where a row is the last of those with its score */
  readonly ends: Uint8Array
}

/** @throws AppError 'input/invalid' where a score is not a number */
export function rankScores(scores: ArrayLike<number>): RankedScores {
  const n = scores.length
  for (let i = 0; i < n; i++)
    if (Number.isNaN(scores[i]))
      throw new AppError(
        'input/invalid',
        `Score ${i} of ${n} is not a number and has no rank. Leave its row out.`,
      )
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[a] - scores[b])
  const ends = Uint8Array.from(order, (row, k) =>
    k === n - 1 || scores[order[k + 1]] !== scores[row] ? 1 : 0,
  )
  return { order, ends }
}

/**
 * Chance that a row of the signal scores above one of the rest, by weight, ties half. NaN where either weighs nothing.
 *
 * @param signal  [rows] 1 for the signal
 */
export function weightedAuc(
  { order, ends }: RankedScores,
  signal: ArrayLike<number>,
  weights: ArrayLike<number>,
): number {
  let [below, area, total] = [0, 0, 0]
  let [own, rest] = [0, 0]
  for (let k = 0; k < order.length; k++) {
    const row = order[k]
    if (signal[row] === 1) own += weights[row]
    else rest += weights[row]
    if (ends[k] === 0) continue
    area += own * (below + 0.5 * rest)
    total += own
    below += rest
    own = rest = 0
  }
  return area / (total * below)
}

/** Scores of a classifier for many rows. */
export interface ClassScores {
  readonly classes: number
  readonly scores: ArrayLike<number> // [rows, classes]
  readonly labels: ArrayLike<number> // [rows]
  readonly weights: ArrayLike<number> // [rows]
}

/** Areas under ROC curves of each class against the rest, and their mean, with bootstrap errors. */
export interface OneVersusRest {
  readonly perClass: Estimate[]
  readonly mean: Estimate
  /** [draws, classes + 1] of each draw the classes' areas, then their mean */
  readonly draws: Float64Array
}

/**
 * One-against-rest areas with the bootstrap over rows. The rows of a draw depend on seed and number of rows alone, so that two
 * classifiers of the same rows are compared pair by pair.
 */
export function oneVersusRest(
  { classes, scores, labels, weights }: ClassScores,
  seed: number,
  draws = 200,
): OneVersusRest {
  const rows = labels.length
  const own = Array.from({ length: classes }, (_, c) => ({
    ranked: rankScores(Float64Array.from({ length: rows }, (_, r) => scores[r * classes + c])),
    signal: Uint8Array.from({ length: rows }, (_, r) => (labels[r] === c ? 1 : 0)),
  }))
  const areas = (now: ArrayLike<number>): number[] => {
    const each = own.map(({ ranked, signal }) => weightedAuc(ranked, signal, now))
    return [...each, each.reduce((sum, auc) => sum + auc, 0) / classes]
  }
  const width = classes + 1
  const drawn = new Float64Array(draws * width)
  const rng = createRng(seed, 'bootstrap')
  const now = new Float64Array(rows)
  for (let draw = 0; draw < draws; draw++) {
    now.fill(0)
    for (let k = 0; k < rows; k++) {
      const row = rng.integer(rows)
      now[row] += weights[row]
    }
    drawn.set(areas(now), draw * width)
  }
  const estimates = areas(weights).map((value, k) => ({ value, error: spreadOf(drawn, k, width) }))
  return { perClass: estimates.slice(0, classes), mean: estimates[classes], draws: drawn }
}

/** How much larger the areas of b are, by the paired bootstrap: each class, then the mean, with an interval of 95 %. */
export function areaDifferences(
  a: OneVersusRest,
  b: OneVersusRest,
): (Estimate & { interval: [number, number] })[] {
  const width = a.perClass.length + 1
  const difference = b.draws.map((auc, at) => auc - a.draws[at])
  return [...b.perClass, b.mean].map(({ value }, k) => {
    const column = difference.filter((_, at) => at % width === k).sort()
    const at = (share: number): number => column[Math.round(share * (column.length - 1))]
    return {
      value: value - [...a.perClass, a.mean][k].value,
      error: spreadOf(difference, k, width),
      interval: [at(0.025), at(0.975)] as [number, number],
    }
  })
}

/** Standard deviation of column k. */
function spreadOf(table: Float64Array, k: number, width: number): number {
  const n = table.length / width
  let [sum, squares] = [0, 0]
  for (let at = k; at < table.length; at += width) sum += table[at] / n
  for (let at = k; at < table.length; at += width) squares += (table[at] - sum) ** 2 / Math.max(1, n - 1)
  return Math.sqrt(squares)
}

/** False and true positive rates by falling score, both ascending from 0 to 1, thinned to about `points`. */
export function weightedRoc(
  scores: ArrayLike<number>,
  signal: ArrayLike<number>,
  weights: ArrayLike<number>,
  points = 200,
): { falsePositives: Float64Array; truePositives: Float64Array } {
  const { order, ends } = rankScores(scores)
  const n = order.length
  const [falses, trues] = [[0], [0]]
  const totals = [0, 0]
  for (let r = 0; r < n; r++) totals[signal[r]] += weights[r]
  const sums = [0, 0]
  for (let k = n - 1; k >= 0; k--) {
    const row = order[k]
    sums[signal[row]] += weights[row]
    // The last of the equal ones, from above: the one before it has another score.
    if (k > 0 && ends[k - 1] === 0) continue
    const [x, y] = [sums[0] / totals[0], sums[1] / totals[1]]
    const last = falses.length - 1
    if (k > 0 && x - falses[last] < 1 / points && y - trues[last] < 1 / points) continue
    falses.push(Math.min(1, x))
    trues.push(Math.min(1, y))
  }
  return { falsePositives: Float64Array.from(falses), truePositives: Float64Array.from(trues) }
}
