import { distanceCorrelationOf } from './retrieval-metrics.ts'

/** Squared distances from each query to each gallery entry, row-major. */
export interface QueryDistances {
  queries: number
  gallery: number
  /** [queries, gallery] the true ones, in noise units */
  truth: ArrayLike<number>
  /** [queries, gallery] those of the representation that is judged */
  found: ArrayLike<number>
}

export interface RetrievalScores {
  /** Share of queries whose true nearest entry is among the k first. */
  recall: { k: number; value: number; error: number }[]
  /** Mean average precision; relevant are the `relevant` truly nearest entries. */
  meanAveragePrecision: number
  /** Normalised discounted cumulative gain of the whole list, relevance exp(-D^2 / 2). */
  ndcg: number
  /** Spearman correlation of all distances. */
  distanceCorrelation: number
}

/** Neighbours that count as relevant in the mean average precision. */
export const relevantNeighbours = 10

/**
 * How well a ranking by one set of distances serves for that by another.
 *
 * Sources: C. D. Manning, P. Raghavan, H. Schuetze, Introduction to Information Retrieval, 8.4 (average precision);
 * K. Jaervelin, J. Kekaelaeinen, ACM Trans. Inf. Syst. 20 (2002) 422 (discounted gain, base 2).
 */
export function retrievalScores(
  distances: QueryDistances,
  ks: readonly number[],
  relevant = relevantNeighbours,
): RetrievalScores {
  const { queries, gallery, truth, found } = distances
  const hits = new Float64Array(ks.length)
  let precision = 0
  let gain = 0
  for (let q = 0; q < queries; q++) {
    const right = ranking(truth, q * gallery, gallery)
    const given = ranking(found, q * gallery, gallery)
    const place = given.indexOf(right[0])
    ks.forEach((k, i) => (hits[i] += place < k ? 1 : 0))
    precision += averagePrecision(given, new Set(right.slice(0, relevant)))
    gain += discountedGain(truth, q * gallery, given) / discountedGain(truth, q * gallery, right)
  }
  return {
    recall: ks.map((k, i) => {
      const value = hits[i] / queries
      return { k, value, error: Math.sqrt(Math.max(value * (1 - value), 1 / queries) / queries) }
    }),
    meanAveragePrecision: precision / queries,
    ndcg: gain / queries,
    distanceCorrelation: distanceCorrelationOf(Float64Array.from(truth), Float64Array.from(found)),
  }
}

/** Columns of one row by rising distance, ties by index. */
export function ranking(distances: ArrayLike<number>, start: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => distances[start + a] - distances[start + b] || a - b,
  )
}

/** Mean over the relevant entries of the precision at their place. */
function averagePrecision(given: Int32Array, relevant: ReadonlySet<number>): number {
  let seen = 0
  let sum = 0
  given.forEach((entry, place) => {
    if (relevant.has(entry)) sum += ++seen / (place + 1)
  })
  return sum / relevant.size
}

/** sum exp(-(D^2 - D_min^2) / 2) / log2(place + 1): the common factor drops out of the ratio to the ideal order. */
function discountedGain(truth: ArrayLike<number>, start: number, order: Int32Array): number {
  let nearest = Number.POSITIVE_INFINITY
  for (let i = 0; i < order.length; i++) nearest = Math.min(nearest, truth[start + i])
  let sum = 0
  for (let place = 0; place < order.length; place++)
    sum += Math.exp(-0.5 * (truth[start + order[place]] - nearest)) / Math.log2(place + 2)
  return sum
}
