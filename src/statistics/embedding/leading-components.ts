import { drain } from '../../numerics/drain.ts'
import { multiply, symmetricEigen } from '../../numerics/linear-algebra.ts'
import type { Rng } from '../../numerics/rng.ts'
import type { PointTable } from './distances.ts'

export interface LeadingComponents {
  mean: Float64Array // [dimensions]
  /** [found, dimensions] orthonormal rows by falling variance */
  axes: Float64Array
  /** [found] */
  variance: Float64Array
  /** Components: the number asked for, or what points and dimensions allow. */
  found: number
  /** [n, found] of the points */
  coordinates: Float64Array
}

/** More directions than asked for, and rounds, after which the subspace no longer turns. */
const extra = 8
const rounds = 8

/**
 * The first principal components of many columns, by subspace iteration from random directions: n × dimensions × components a
 * round, where the full problem takes dimensions³.
 *
 * Source: N. Halko, P. G. Martinsson, J. A. Tropp, SIAM Rev. 53 (2011) 217, algorithms 4.4 and 5.1.
 */
export const leadingComponents = (points: PointTable, components: number, rng: Rng): LeadingComponents =>
  drain(findingComponents(points, components, rng))

/** The same as a job that tells the fraction done. */
export function* findingComponents(
  points: PointTable,
  components: number,
  rng: Rng,
): Generator<number, LeadingComponents, void> {
  const { n, dimensions: d } = points
  const mean = new Float64Array(d)
  for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) mean[k] += points.values[i * d + k] / n
  const centred = Float64Array.from({ length: n * d }, (_, at) => points.values[at] - mean[at % d])
  const width = Math.min(components + extra, d, n)
  let basis: Float64Array = Float64Array.from({ length: width * d }, () => rng.normal())
  orthonormalise(basis, width, d)
  for (let round = 0; round < rounds; round++) {
    basis = backward(centred, forward(centred, basis, n, d, width), n, d, width)
    orthonormalise(basis, width, d)
    yield (round + 1) / (rounds + 1)
  }
  // The small problem within the subspace.
  const inside = forward(centred, basis, n, d, width) // [n, width]
  const scatter = new Float64Array(width * width)
  for (let i = 0; i < n; i++)
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++)
        scatter[a * width + b] += (inside[i * width + a] * inside[i * width + b]) / n
  const { values, vectors } = symmetricEigen(scatter, width)
  const found = Math.min(components, width)
  const axes = multiply(vectors.slice(0, found * width), basis, found, width, d)
  return {
    ...{ mean, axes, variance: values.slice(0, found), found },
    coordinates: forward(centred, axes, n, d, found),
  }
}

/** X basisᵀ, four directions at a time: each sum waits for its last addition, four do not wait for one another. @returns [n, width] */
function forward(x: Float64Array, basis: Float64Array, n: number, d: number, width: number): Float64Array {
  const out = new Float64Array(n * width)
  const whole = width - (width % 4)
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < whole; a += 4) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0]
      const [b0, b1, b2, b3] = [a * d, (a + 1) * d, (a + 2) * d, (a + 3) * d]
      for (let k = 0; k < d; k++) {
        const own = x[i * d + k]
        s0 += own * basis[b0 + k]
        s1 += own * basis[b1 + k]
        s2 += own * basis[b2 + k]
        s3 += own * basis[b3 + k]
      }
      out[i * width + a] = s0
      out[i * width + a + 1] = s1
      out[i * width + a + 2] = s2
      out[i * width + a + 3] = s3
    }
    for (let a = whole; a < width; a++) {
      let sum = 0
      for (let k = 0; k < d; k++) sum += x[i * d + k] * basis[a * d + k]
      out[i * width + a] = sum
    }
  }
  return out
}

/** Yᵀ X, four points at a time: what is summed is fetched and put back once for all four. @returns [width, d] */
function backward(x: Float64Array, y: Float64Array, n: number, d: number, width: number): Float64Array {
  const out = new Float64Array(width * d)
  const whole = n - (n % 4)
  for (let i = 0; i < whole; i += 4) {
    const [x0, x1, x2, x3] = [i * d, (i + 1) * d, (i + 2) * d, (i + 3) * d]
    for (let a = 0; a < width; a++) {
      const [y0, y1, y2, y3] = [0, 1, 2, 3].map((j) => y[(i + j) * width + a])
      const to = a * d
      for (let k = 0; k < d; k++)
        out[to + k] = out[to + k] + y0 * x[x0 + k] + y1 * x[x1 + k] + y2 * x[x2 + k] + y3 * x[x3 + k]
    }
  }
  for (let i = whole; i < n; i++)
    for (let a = 0; a < width; a++) {
      const factor = y[i * width + a]
      for (let k = 0; k < d; k++) out[a * d + k] += factor * x[i * d + k]
    }
  return out
}

/** Gram-Schmidt, twice for accuracy; a row that is nothing beside the others becomes 0. */
function orthonormalise(rows: Float64Array, count: number, d: number): void {
  for (let a = 0; a < count; a++) {
    const own = rows.subarray(a * d, (a + 1) * d)
    const before = length(own)
    for (let pass = 0; pass < 2; pass++)
      for (let b = 0; b < a; b++) {
        const other = rows.subarray(b * d, (b + 1) * d)
        let dot = 0
        for (let k = 0; k < d; k++) dot += own[k] * other[k]
        for (let k = 0; k < d; k++) own[k] -= dot * other[k]
      }
    const after = length(own)
    const scale = after > 1e-12 * before ? 1 / after : 0
    for (let k = 0; k < d; k++) own[k] *= scale
  }
}

function length(row: Float64Array): number {
  let sum = 0
  for (const x of row) sum += x * x
  return Math.sqrt(sum)
}
