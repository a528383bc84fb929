/** Scores of an embedding against true neighbours; all take squared distances [n, n] with self on the diagonal. */

/** Indices of the k nearest others of row i, ties broken by index. */
export function nearestOthers(distances: ArrayLike<number>, n: number, i: number, k: number): number[] {
  const order: number[] = []
  for (let j = 0; j < n; j++) if (j !== i) order.push(j)
  order.sort((a, b) => distances[i * n + a] - distances[i * n + b] || a - b)
  return order.slice(0, k)
}

/** Fraction of rows whose true nearest neighbour is among the k nearest in the embedding. */
export function recallAt(k: number, truth: ArrayLike<number>, found: ArrayLike<number>, n: number): number {
  let hits = 0
  for (let i = 0; i < n; i++) {
    const [target] = nearestOthers(truth, n, i, 1)
    if (nearestOthers(found, n, i, k).includes(target)) hits++
  }
  return hits / n
}

function ranks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b])
  const rank = new Float64Array(values.length)
  for (let start = 0; start < order.length;) {
    let end = start
    while (end + 1 < order.length && values[order[end + 1]] === values[order[start]]) end++
    for (let i = start; i <= end; i++) rank[order[i]] = (start + end) / 2
    start = end + 1
  }
  return rank
}

/** Spearman rank correlation of the pairwise distances above the diagonal. */
export function distanceCorrelation(truth: ArrayLike<number>, found: ArrayLike<number>, n: number): number {
  const pairs = (n * (n - 1)) / 2
  const a = new Float64Array(pairs)
  const b = new Float64Array(pairs)
  let at = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      a[at] = truth[i * n + j]
      b[at++] = found[i * n + j]
    }
  return distanceCorrelationOf(a, b)
}

/** Spearman rank correlation of two lists. */
export function distanceCorrelationOf(a: Float64Array, b: Float64Array): number {
  const ra = ranks(a)
  const rb = ranks(b)
  const middle = (a.length - 1) / 2
  let [ab, aa, bb] = [0, 0, 0]
  for (let p = 0; p < a.length; p++) {
    const da = ra[p] - middle
    const db = rb[p] - middle
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return ab / Math.sqrt(aa * bb)
}

/**
 * Trustworthiness of `found` as a picture of `truth` (Venna and Kaski 2001, eq. 3): 1 when no stranger appears
 * among the k nearest. Swap the arguments for continuity.
 */
export function trustworthiness(
  k: number,
  truth: ArrayLike<number>,
  found: ArrayLike<number>,
  n: number,
): number {
  let penalty = 0
  for (let i = 0; i < n; i++) {
    const trueOrder = nearestOthers(truth, n, i, n - 1)
    const rank = new Map(trueOrder.map((j, r) => [j, r + 1]))
    for (const j of nearestOthers(found, n, i, k)) penalty += Math.max(0, (rank.get(j) ?? 0) - k)
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1))
}
