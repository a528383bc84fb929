import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import '../testing/matchers.ts'
import { retrievalScores } from './retrieval-metrics-gallery.ts'

describe('retrieval from a gallery', () => {
  // One query, four entries, true order 0 1 2 3; the representation orders them 1 0 3 2.
  const small = { queries: 1, gallery: 4, truth: [0, 2, 4, 6], found: [2, 1, 9, 8] }

  it('by hand', () => {
    const scores = retrievalScores(small, [1, 2], 2)
    expect(scores.recall.map(({ value }) => value)).toEqual([0, 1])
    expect(scores.meanAveragePrecision).toBe(1) // the two relevant ones come first, in whatever order
    const gains = [1, Math.exp(-1), Math.exp(-2), Math.exp(-3)]
    const dcg = (order: number[]) => order.reduce((sum, e, p) => sum + gains[e] / Math.log2(p + 2), 0)
    expect(scores.ndcg).toBeCloseToRel(dcg([1, 0, 3, 2]) / dcg([0, 1, 2, 3]), 1e-12)
    expect(scores.distanceCorrelation).toBeCloseToRel(1 - (6 * 4) / (4 * 15), 1e-12) // Spearman, d = 1 four times
  })

  it('average precision of relevant places 1 and 3 is (1 + 2/3) / 2', () => {
    const { meanAveragePrecision } = retrievalScores({ ...small, found: [1, 3, 2, 4] }, [1], 2)
    expect(meanAveragePrecision).toBeCloseToRel((1 + 2 / 3) / 2, 1e-12)
  })

  it('is perfect for the true distances, in any monotone disguise and however far the gallery', () => {
    const rng = createRng(2)
    const truth = Float64Array.from({ length: 30 * 50 }, () => 3000 + 100 * rng.uniform())
    const scores = retrievalScores({ queries: 30, gallery: 50, truth, found: truth.map(Math.sqrt) }, [1])
    expect(scores.recall[0].value).toBe(1)
    expect(scores.meanAveragePrecision).toBe(1)
    expect(scores.ndcg).toBe(1)
    expect(scores.distanceCorrelation).toBeCloseToRel(1, 1e-12)
  })

  it('of random distances has recall k / n', () => {
    const rng = createRng(5)
    const [queries, gallery, k] = [600, 20, 5]
    const draw = () => Float64Array.from({ length: queries * gallery }, () => rng.uniform())
    const { recall } = retrievalScores({ queries, gallery, truth: draw(), found: draw() }, [k])
    expect(Math.abs(recall[0].value - k / gallery) / recall[0].error).toBeLessThan(4)
  })
})
