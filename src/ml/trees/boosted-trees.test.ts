import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import {
  boostingDefaults,
  meanLoss,
  trainBoostedTrees,
  treeProbabilities,
  type BoostedTrees,
  type BoostingReport,
  type BoostingSettings,
  type LabelledRows,
} from './boosted-trees.ts'
import { binned, binOf, quantileBins } from './feature-bins.ts'
import { growTree, treeValue } from './grow-tree.ts'

describe('bins of features', () => {
  it('part different values where these are few, and quantiles else', () => {
    const few = quantileBins([3, 1, 2, 3, 1, 1], 1)
    expect([...few.edges[0]]).toEqual([1.5, 2.5])
    expect([...binned(few, [1, 2, 3, 9, -9])]).toEqual([0, 1, 2, 2, 0])
    const many = quantileBins(
      Float64Array.from({ length: 1000 }, (_, i) => i),
      1,
      4,
    )
    expect([...many.edges[0]]).toEqual([250, 500, 750])
    expect([249.5, 250, 999].map((x) => binOf(many.edges[0], x))).toEqual([0, 1, 3])
    expect(() => quantileBins([1, NaN], 2)).toThrow(/Row 0 has NaN in column 1/)
  })
})

const settings: BoostingSettings = { ...boostingDefaults, rounds: 40, maxDepth: 3, learningRate: 0.3 }

describe('one tree', () => {
  it('has the leaf −G/(H + λ), and the split of largest gain', () => {
    // Two features in bins; the second parts the gradients.
    const bins = Uint8Array.from([0, 1, 0, 1, 0, 0, 1, 1])
    const gradient = Float64Array.from([1, 1, -2, -2])
    const hessian = new Float64Array(4).fill(1)
    const tree = growTree(bins, 2, Uint32Array.from([0, 1, 2, 3]), gradient, hessian, {
      ...settings,
      maxDepth: 1,
      learningRate: 1,
    })
    expect([tree.feature[0], tree.threshold[0]]).toEqual([1, 0])
    expect(treeValue(tree, bins, 4, 0)).toBeCloseTo(-2 / 3, 12)
    expect(treeValue(tree, bins, 4, 3)).toBeCloseTo(4 / 3, 12)
  })

  it('is not split where children would weigh too little', () => {
    const bins = Uint8Array.from([0, 1])
    const grown = growTree(
      bins,
      1,
      Uint32Array.from([0, 1]),
      Float64Array.from([5, -5]),
      Float64Array.from([0.4, 0.4]),
      { ...settings, minChildWeight: 0.5 },
    )
    expect([...grown.feature]).toEqual([-1])
  })
})

/** Three classes on the circle, told apart by the product of two coordinates and a third, and weights of class 0. */
function rowsOf(seed: number, rows: number): LabelledRows {
  const rng = createRng(seed)
  const values = Float64Array.from({ length: 3 * rows }, () => rng.normal())
  const labels = Uint8Array.from({ length: rows }, (_, r) => {
    const x = values[3 * r] * values[3 * r + 1] + 0.3 * rng.normal()
    return x > 0.3 ? 2 : values[3 * r + 2] > 0 ? 1 : 0
  })
  return { values, labels, weights: Float64Array.from(labels, (c) => (c === 0 ? 0.5 : 1.5)) }
}

function train(training: LabelledRows, validation: LabelledRows, own: BoostingSettings) {
  const reports: BoostingReport[] = []
  const loop = trainBoostedTrees(training, validation, 3, 3, own)
  for (;;) {
    const next = loop.next()
    if (next.done) return { reports, model: next.value as BoostedTrees }
    reports.push(next.value)
  }
}

describe('boosted trees', () => {
  const [training, validation] = [rowsOf(1, 1500), rowsOf(2, 500)]
  const { reports, model } = train(training, validation, settings)

  it('learn what no single feature tells, and stop at their best', () => {
    const best = Math.min(...reports.map(({ validationLoss }) => validationLoss))
    expect(reports[0].validationLoss).toBeGreaterThan(0.7)
    expect(best).toBeLessThan(0.45)
    const probabilities = treeProbabilities(model, validation.values)
    expect(meanLoss(probabilities, validation, 3)).toBeCloseTo(best, 12)
    expect(model.trees.length).toBeLessThanOrEqual(reports.length)
    expect(probabilities.subarray(0, 3).reduce((sum, p) => sum + p)).toBeCloseTo(1, 12)
  })

  it('are the same for the same seed, rows drawn too', () => {
    const own = { ...settings, rounds: 5, subsample: 0.6 }
    const losses = [1, 1, 2].map((seed) =>
      train(training, validation, { ...own, seed })
        .reports.map(({ validationLoss }) => validationLoss)
        .join(),
    )
    expect(losses[0]).toBe(losses[1])
    expect(losses[0]).not.toBe(losses[2])
  })

  it('refuse rows that do not fit together', () => {
    expect(() => train({ ...training, weights: [1] }, validation, settings)).toThrow(
      /1500 rows of 3 features need 4500 values and 1500 weights, got 4500 and 1/,
    )
  })
})
