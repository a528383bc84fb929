import { AppError } from '../../errors.ts'

/** A bin is a byte. */
export const mostBins = 256

/** Where columns are cut; a value in bin b lies from edge b − 1 up to before edge b. */
export interface FeatureBins {
  /** Per feature ascending edges, one fewer than bins. */
  readonly edges: readonly Float64Array[]
}

/**
 * Cuts each column at quantiles of its values, or between all of them where it has no more different ones than bins.
 *
 * @param values  [rows, features]
 * @throws AppError 'data/corrupt' with row and column where a value is not finite
 */
export function quantileBins(values: ArrayLike<number>, features: number, bins = mostBins): FeatureBins {
  const rows = values.length / features
  const edges = Array.from({ length: features }, (_, f) => {
    const column = new Float64Array(rows)
    for (let r = 0; r < rows; r++) {
      column[r] = values[r * features + f]
      if (!Number.isFinite(column[r]))
        throw new AppError(
          'data/corrupt',
          `Row ${r} has ${column[r]} in column ${f}, trees take finite numbers. Remove the row.`,
        )
    }
    column.sort()
    const different = column.filter((x, r) => r === 0 || x !== column[r - 1])
    if (different.length <= bins)
      return Float64Array.from(different.subarray(1), (x, k) => 0.5 * (x + different[k]))
    const cuts = Float64Array.from(
      { length: bins - 1 },
      (_, b) => column[Math.floor(((b + 1) * rows) / bins)],
    )
    return cuts.filter((x, b) => b === 0 || x !== cuts[b - 1])
  })
  return { edges }
}

/** Column by column the bin of each row. @returns [features, rows] */
export function binned({ edges }: FeatureBins, values: ArrayLike<number>): Uint8Array {
  const features = edges.length
  const rows = values.length / features
  const out = new Uint8Array(features * rows)
  for (let f = 0; f < features; f++)
    for (let r = 0; r < rows; r++) out[f * rows + r] = binOf(edges[f], values[r * features + f])
  return out
}

/** Edges that are not above x. */
export function binOf(edges: Float64Array, x: number): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle] <= x) low = middle + 1
    else high = middle
  }
  return low
}
