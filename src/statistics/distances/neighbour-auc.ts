import { AppError } from '../../errors.ts'
import { distanceBetween } from './energy-distance.ts'

/** Neighbours that vote. */
export const votingNeighbours = 50

/** Points of two classes to be compared with. */
export interface LabelledPoints {
  a: ArrayLike<number> // [n, d]
  b: ArrayLike<number> // [m, d]
}

/**
 * Share of b among the k nearest points, each class counted in proportion to its number: the score of a classifier by
 * neighbours, to be held against points that are not among those compared with.
 *
 * @param points  [rows, d] row-major
 * @returns       [rows] in [0, 1]
 * @throws AppError 'input/invalid' where there are fewer than k points to compare with
 */
export function neighbourScores(
  { a, b }: LabelledPoints,
  points: ArrayLike<number>,
  d: number,
  k = votingNeighbours,
): Float64Array {
  const [n, m] = [a.length / d, b.length / d]
  if (!(n + m >= k && n > 0 && m > 0))
    throw new AppError(
      'input/invalid',
      `${k} nearest neighbours are to be found among ${n} and ${m} points. Form more sets, or smaller ones.`,
    )
  const scores = new Float64Array(points.length / d)
  const distances = new Float64Array(n + m)
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < n; j++) distances[j] = distanceBetween(points, i, a, j, d)
    for (let j = 0; j < m; j++) distances[n + j] = distanceBetween(points, i, b, j, d)
    const radius = smallest(distances, k)
    let [ofA, ofB] = [0, 0]
    for (let j = 0; j < n + m; j++)
      if (distances[j] <= radius) {
        if (j < n) ofA++
        else ofB++
      }
    scores[i] = ofB / m / (ofA / n + ofB / m)
  }
  return scores
}

/** The k-th smallest value, by a heap of the k smallest seen: most values are larger than its top. */
function smallest(values: Float64Array, k: number): number {
  const heap = values.slice(0, k).sort().reverse()
  for (let i = k; i < values.length; i++) {
    const value = values[i]
    if (!(value < heap[0])) continue
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child + 1 < k && heap[child + 1] > heap[child]) child++
      if (child >= k || !(heap[child] > value)) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = value
  }
  return heap[0]
}
