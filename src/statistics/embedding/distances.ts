import { AppError } from '../../errors.ts'

export const embeddingMetrics = ['euclidean', 'cosine', 'manhattan'] as const
export type EmbeddingMetric = (typeof embeddingMetrics)[number]

/** Rows of numbers, row-major. */
export interface PointTable {
  readonly values: ArrayLike<number> // [n, dimensions]
  readonly n: number
  readonly dimensions: number
}

/**
 * Distances of all pairs: |a − b|, 1 − cos of the angle between a and b, or Σ|a_k − b_k|. @returns [n, n], symmetric
 *
 * @throws AppError 'data/mismatch' for another number of values, 'data/corrupt' with row and column where one is not finite or, for
 *         the cosine, a row is zero
 */
export function pairDistances({ values, n, dimensions }: PointTable, metric: EmbeddingMetric): Float64Array {
  if (values.length !== n * dimensions)
    throw new AppError(
      'data/mismatch',
      `${n} points of ${dimensions} numbers have ${n * dimensions}, got ${values.length}. Give whole rows.`,
    )
  const rows = Float64Array.from(values)
  for (let at = 0; at < rows.length; at++)
    if (!Number.isFinite(rows[at]))
      throw new AppError(
        'data/corrupt',
        `Point ${Math.floor(at / dimensions)} has ${rows[at]} in column ${at % dimensions}, distances need finite numbers. Remove the point.`,
      )
  if (metric === 'cosine') toUnitLength(rows, n, dimensions)
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0
      const [a, b] = [i * dimensions, j * dimensions]
      if (metric === 'manhattan')
        for (let k = 0; k < dimensions; k++) sum += Math.abs(rows[a + k] - rows[b + k])
      else {
        for (let k = 0; k < dimensions; k++) {
          const d = rows[a + k] - rows[b + k]
          sum += d * d
        }
        // On the unit sphere |u − v|² = 2 (1 − u·v).
        sum = metric === 'cosine' ? sum / 2 : Math.sqrt(sum)
      }
      out[i * n + j] = out[j * n + i] = sum
    }
  return out
}

function toUnitLength(rows: Float64Array, n: number, dimensions: number): void {
  for (let i = 0; i < n; i++) {
    const row = rows.subarray(i * dimensions, (i + 1) * dimensions)
    const length = Math.hypot(...row)
    if (!(length > 0))
      throw new AppError(
        'data/corrupt',
        `Point ${i} of ${n} is zero and has no direction to compare by cosine. Remove it or use another metric.`,
      )
    for (let k = 0; k < dimensions; k++) row[k] /= length
  }
}
