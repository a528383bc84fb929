import { symmetricEigen } from '../numerics/linear-algebra.ts'

/** How the latent space is used: a contrastive map can collapse to a point or a line without a high loss. */
export interface LatentSpread {
  /** Sum of the variances of all latent axes. */
  variance: number
  /** (Σλ)²/Σλ² over the eigenvalues of the latent covariance: 1 is a line, latentDim is round. */
  effectiveRank: number
  /** Variance between universes' means over the mean variance within them. */
  separation: number
  collapsed: boolean
}

/** @param z [rows, dim], labels one per row */
export function latentSpread(z: Float32Array, labels: Int32Array, dim: number): LatentSpread {
  const rows = labels.length
  const mean = new Float64Array(dim)
  const groups = new Map<number, { count: number; sum: Float64Array }>()
  for (let i = 0; i < rows; i++) {
    let group = groups.get(labels[i])
    if (!group) groups.set(labels[i], (group = { count: 0, sum: new Float64Array(dim) }))
    group.count++
    for (let k = 0; k < dim; k++) {
      group.sum[k] += z[i * dim + k]
      mean[k] += z[i * dim + k] / rows
    }
  }
  const covariance = new Float64Array(dim * dim)
  let within = 0
  for (let i = 0; i < rows; i++) {
    const group = groups.get(labels[i])
    for (let k = 0; k < dim; k++) {
      const a = z[i * dim + k] - mean[k]
      for (let l = 0; l < dim; l++) covariance[k * dim + l] += (a * (z[i * dim + l] - mean[l])) / rows
      if (group) within += (z[i * dim + k] - group.sum[k] / group.count) ** 2 / rows
    }
  }
  let variance = 0
  let squares = 0
  for (const value of symmetricEigen(covariance, dim).values) {
    variance += value
    squares += value * value
  }
  const effectiveRank = squares > 0 ? (variance * variance) / squares : 0
  const between = Math.max(0, variance - within)
  const separation = within > 0 ? between / within : between > 0 ? Infinity : 0
  return {
    variance,
    effectiveRank,
    separation,
    collapsed: !(variance > 1e-8) || separation < 0.01 || (dim > 1 && effectiveRank < 1.02),
  }
}
