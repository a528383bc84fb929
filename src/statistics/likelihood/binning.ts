/** Index of the bin that holds x, the last edge included; -1 outside. */
export function binOf(edges: Float64Array, x: number): number {
  const last = edges.length - 1
  if (!(x >= edges[0] && x <= edges[last])) return -1
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x >= edges[middle]) low = middle
    else high = middle
  }
  return low
}

export interface BinnedSums {
  templates: Float64Array // [bins, terms] sums of the polynomial weights
  covariances: Float64Array // [bins, terms, terms] sums of their products
}

/** Sums of per-event polynomial weights [events, terms] by bin: templates and their Monte Carlo covariance. */
export function binWeights(
  edges: Float64Array,
  x: ArrayLike<number>,
  weights: Float64Array,
  terms: number,
): BinnedSums {
  const bins = edges.length - 1
  const templates = new Float64Array(bins * terms)
  const covariances = new Float64Array(bins * terms * terms)
  for (let i = 0; i < x.length; i++) {
    const bin = binOf(edges, x[i])
    if (bin < 0) continue
    for (let k = 0; k < terms; k++) {
      const weight = weights[i * terms + k]
      templates[bin * terms + k] += weight
      for (let l = 0; l < terms; l++)
        covariances[(bin * terms + k) * terms + l] += weight * weights[i * terms + l]
    }
  }
  return { templates, covariances }
}

export function countInBins(edges: Float64Array, x: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(edges.length - 1)
  for (let i = 0; i < x.length; i++) {
    const bin = binOf(edges, x[i])
    if (bin >= 0) counts[bin]++
  }
  return counts
}
