import {
  boostingDefaults,
  trainBoostedTrees,
  treeProbabilities,
  type BoostingReport,
  type LabelledRows,
} from '../../../../ml/trees/boosted-trees.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import {
  rankScores,
  weightedAuc,
  type RankedScores,
} from '../../../../statistics/classification/weighted-auc.ts'
import type { TwoWeights } from './hypotheses.ts'

export interface LimitReport {
  events: { training: number; validation: number; test: number }
  /** Cross-section of the second hypothesis over that of the first, of all events. */
  rate: Estimate
  /** Area under the ROC curve of the ratio of both weights: no function of the same numbers has a larger one. */
  exact: Estimate
  learned: Estimate
  /** Learned less exact, of the same events; above two errors something is wrong. */
  difference: Estimate
}

const shares = { training: 0.5, validation: 0.1 }
const settings = { ...boostingDefaults, rounds: 300, patience: 15, minChildWeight: 20 }

/**
 * Trees that tell two hypotheses apart beside the exact ratio: every event is there once for each, with its weight. Yields after
 * every round.
 *
 * @param values  [events, features]
 * @param seed    of trees and bootstrap
 */
export function* learnedBesideExact(
  values: Float64Array,
  features: number,
  { first, second }: TwoWeights,
  seed: number,
  draws = 200,
): Generator<BoostingReport, LimitReport> {
  const n = first.length
  const from = Math.round(shares.training * n)
  const to = Math.round((shares.training + shares.validation) * n)
  const rowsOf = (start: number, end: number): LabelledRows => {
    const count = end - start
    const scale = [first, second].map((own) => count / own.subarray(start, end).reduce((s, w) => s + w, 0))
    const part = values.subarray(start * features, end * features)
    const both = new Float64Array(2 * part.length)
    both.set(part)
    both.set(part, part.length)
    return {
      values: both,
      labels: Uint8Array.from({ length: 2 * count }, (_, k) => (k < count ? 0 : 1)),
      weights: Float64Array.from({ length: 2 * count }, (_, k) =>
        k < count ? scale[0] * first[start + k] : scale[1] * second[start + k - count],
      ),
    }
  }
  const trees = yield* trainBoostedTrees(rowsOf(0, from), rowsOf(from, to), features, 2, {
    ...settings,
    seed,
  })
  const count = n - to
  const probabilities = treeProbabilities(trees, values.subarray(to * features))
  const scores = [
    Float64Array.from({ length: count }, (_, i) => Math.log(second[to + i] / first[to + i])),
    Float64Array.from({ length: count }, (_, i) => probabilities[2 * i + 1]),
  ]
  const weights = [first.subarray(to), second.subarray(to)]
  const ranked = scores.map((own) => rankScores(Float64Array.from([...own, ...own])))
  const centre = ranked.map((own) => areaOf(own, weights))
  const rng = createRng(seed, 'bootstrap')
  const squares = [0, 0, 0]
  for (let draw = 0; draw < draws; draw++) {
    const times = new Float64Array(count)
    for (let k = 0; k < count; k++) times[rng.integer(count)]++
    const drawn = weights.map((own) => own.map((w, i) => w * times[i]))
    const [exact, learned] = ranked.map((own) => areaOf(own, drawn))
    squares[0] += (exact - centre[0]) ** 2
    squares[1] += (learned - centre[1]) ** 2
    squares[2] += (learned - exact - centre[1] + centre[0]) ** 2
  }
  const [exact, learned, difference] = [centre[0], centre[1], centre[1] - centre[0]].map((value, k) => ({
    ...{ value, error: Math.sqrt(squares[k] / draws) },
  }))
  const rate = rateOf(first, second)
  return { events: { training: from, validation: to - from, test: count }, rate, exact, learned, difference }
}

function rateOf(first: Float64Array, second: Float64Array): Estimate {
  const total = first.reduce((sum, w) => sum + w, 0)
  const value = second.reduce((sum, w) => sum + w, 0) / total
  const square = second.reduce((sum, w, i) => sum + (w - value * first[i]) ** 2, 0)
  return { value, error: Math.sqrt(square) / total }
}

/** Events twice in one order: under the first hypothesis, under the second. */
function areaOf(ranked: RankedScores, [first, second]: readonly Float64Array[]): number {
  const n = first.length
  return weightedAuc(
    ranked,
    Uint8Array.from({ length: 2 * n }, (_, k) => (k < n ? 0 : 1)),
    Float64Array.from({ length: 2 * n }, (_, k) => (k < n ? first[k] : second[k - n])),
  )
}
