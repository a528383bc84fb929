import { cholesky, invertLower } from '../../numerics/linear-algebra.ts'

/** An affine map that makes the live points round: w = inverse (u - centre). */
export interface Metric {
  centre: Float64Array // [d]
  factor: Float64Array // [d, d] lower Cholesky factor of the covariance
  inverse: Float64Array // [d, d] lower
  /** ln |det factor| */
  logVolume: number
}

/**
 * Covariance of the rows about the mean of their group, so that separate modes do not blow up the metric.
 *
 * @param label  group of each row; null: all in one
 */
export function metricOf(
  points: Float64Array,
  n: number,
  d: number,
  label: Int32Array | null = null,
  groups = 1,
): Metric {
  const centre = new Float64Array(d)
  for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) centre[k] += points[i * d + k] / n
  const means = label ? groupMeans(points, n, d, label, groups) : centre
  const covariance = new Float64Array(d * d)
  const gap = new Float64Array(d)
  for (let i = 0; i < n; i++) {
    const from = label ? label[i] * d : 0
    for (let k = 0; k < d; k++) gap[k] = points[i * d + k] - means[from + k]
    for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) covariance[a * d + b] += gap[a] * gap[b]
  }
  return metricFromCovariance(centre, covariance, d, Math.max(1, n - groups))
}

function metricFromCovariance(
  centre: Float64Array,
  sums: Float64Array,
  d: number,
  degreesOfFreedom: number,
): Metric {
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++) sums[b * d + a] = sums[a * d + b] = sums[a * d + b] / degreesOfFreedom
  // Rounding, or a direction in which all points agree, must not stop the run.
  for (let a = 0; a < d; a++) sums[a * d + a] = sums[a * d + a] * (1 + 1e-10) + 1e-30
  const factor = cholesky(sums, d)
  let logVolume = 0
  for (let a = 0; a < d; a++) logVolume += Math.log(factor[a * d + a])
  return { centre, factor, inverse: invertLower(factor, d), logVolume }
}

function groupMeans(points: Float64Array, n: number, d: number, label: Int32Array, groups: number) {
  const means = new Float64Array(groups * d)
  const sizes = new Float64Array(groups)
  for (let i = 0; i < n; i++) {
    sizes[label[i]]++
    for (let k = 0; k < d; k++) means[label[i] * d + k] += points[i * d + k]
  }
  for (let g = 0; g < groups; g++) for (let k = 0; k < d; k++) means[g * d + k] /= sizes[g]
  return means
}

/** w = inverse (u - centre) for one row. */
export function whiten(
  metric: Metric,
  d: number,
  u: Float64Array,
  offset: number,
  out: Float64Array,
  at: number,
): void {
  const { centre, inverse } = metric
  for (let a = 0; a < d; a++) {
    let sum = 0
    for (let b = 0; b <= a; b++) sum += inverse[a * d + b] * (u[offset + b] - centre[b])
    out[at + a] = sum
  }
}

/** u = origin + factor w for one row. */
export function unwhiten(
  factor: Float64Array,
  d: number,
  w: Float64Array,
  origin: Float64Array,
  out: Float64Array,
): void {
  for (let a = 0; a < d; a++) {
    let sum = origin[a]
    for (let b = 0; b <= a; b++) sum += factor[a * d + b] * w[b]
    out[a] = sum
  }
}
