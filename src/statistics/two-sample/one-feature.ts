/** Median; the mean of both middle values of an even number. NaN of nothing. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Standard error of the median: half the distance of the order statistics that lie √n/2 to either side of it, between which the
 * true median is with the probability of one standard deviation (binomial).
 */
export function medianError(values: Float64Array): number {
  const sorted = values.slice().sort()
  const [n, half] = [values.length, Math.sqrt(values.length) / 2]
  const at = (place: number) => sorted[Math.max(0, Math.min(n - 1, Math.round(place)))]
  return (at(n / 2 + half - 0.5) - at(n / 2 - half - 0.5)) / 2
}

/** Kolmogorov-Smirnov distance: greatest difference of both cumulative distributions, ties together. */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  const first = a.slice().sort()
  const second = b.slice().sort()
  let [i, j, most] = [0, 0, 0]
  while (i < first.length && j < second.length) {
    const at = Math.min(first[i], second[j])
    while (i < first.length && first[i] === at) i++
    while (j < second.length && second[j] === at) j++
    most = Math.max(most, Math.abs(i / first.length - j / second.length))
  }
  return most
}

/**
 * Probability that a score of the second sample is above one of the first, half for ties, with its error (Hanley,
 * McNeil, Radiology 143 (1982) 29).
 */
export function areaUnderCurve(first: Float64Array, second: Float64Array): { auc: number; error: number } {
  const low = first.slice().sort()
  const [n, m] = [first.length, second.length]
  let sum = 0
  for (const score of second) sum += (count(low, score, false) + count(low, score, true)) / 2
  const auc = sum / (n * m)
  const q1 = auc / (2 - auc)
  const q2 = (2 * auc * auc) / (1 + auc)
  const variance = (auc * (1 - auc) + (m - 1) * (q1 - auc * auc) + (n - 1) * (q2 - auc * auc)) / (n * m)
  return { auc, error: Math.sqrt(Math.max(0, variance)) }
}

/** How many sorted values are below `x`, or not above it. */
function count(sorted: Float64Array, x: number, withEqual: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < x || (withEqual && sorted[middle] === x)) low = middle + 1
    else high = middle
  }
  return low
}
