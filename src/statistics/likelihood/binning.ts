import { AppError } from '../../errors.ts'

/**
 * Edges of bins that hold equal numbers of events.
 *
 * @param fewest  events a bin must hold
 * @throws        AppError 'input/invalid' if there are too few events, or too many equal values, for the bins
 */
export function quantileEdges(values: ArrayLike<number>, bins: number, fewest = 10): Float64Array {
  const sorted = Float64Array.from(values).sort()
  const bad = sorted.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new AppError(
      'data/corrupt',
      `${sorted.length - bad > 1 ? 'Several events have' : 'One event has'} the value ${sorted[bad]}; bins need finite values. Remove these events.`,
    )
  if (!Number.isInteger(bins) || bins < 1 || sorted.length < bins * fewest)
    throw new AppError(
      'input/invalid',
      `${bins} bins of at least ${fewest} events need ${bins * fewest} events, there are ${sorted.length}. Use ${Math.max(1, Math.floor(sorted.length / fewest))} bins or fewer.`,
    )
  const edges = new Float64Array(bins + 1)
  for (let k = 0; k <= bins; k++) {
    const position = (k / bins) * (sorted.length - 1)
    const below = Math.floor(position)
    const above = Math.min(below + 1, sorted.length - 1)
    edges[k] = sorted[below] + (position - below) * (sorted[above] - sorted[below])
    if (k > 0 && !(edges[k] > edges[k - 1]))
      throw new AppError(
        'input/invalid',
        `Bins ${k - 1} and ${k} would share the edge ${edges[k]}: too many events have that value. Use fewer bins.`,
      )
  }
  return edges
}

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
