import { mlpOutputs, runMlp, type Mlp } from '../../../../ml/mlp.ts'
import { cholesky, solveLower } from '../../../../numerics/linear-algebra.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { chi2Quantile } from '../../../../statistics/anomaly/noncentral-chi2.ts'
import { normalCdf } from '../../../../statistics/special.ts'

/**
 * What "n sigma" of a region means. 'probability': the region holds as much as n standard deviations of one normal
 * variable (in two dimensions chi2 = 2.30, 11.83, 40.1). 'ellipse': the region is where the distance is n standard
 * deviations (chi2 = 1, 9, 36), which holds less.
 */
export type SigmaConvention = 'probability' | 'ellipse'

export const contourSigmas = [1, 3, 6] as const

/** chi2 of the n sigma contour in d dimensions. */
export function contourChi2(sigmas: number, dimensions: number, convention: SigmaConvention): number {
  return convention === 'ellipse' ? sigmas * sigmas : chi2Quantile(2 * normalCdf(-sigmas), dimensions)
}

export interface SmContours {
  dimensions: number
  /** Squared Mahalanobis distance of each universe to the SM on the map, in units of the SM's replicas */
  latentChi2: Float64Array // [universes]
  /** Squared Fisher distance of each universe to the SM */
  fisherChi2: Float64Array // [universes]
}

/** Replicas behind the covariance: its elements are then known to 3 %. */
const replicas = 2000

/**
 * Distances of universes to the SM: on the map with the covariance of encoded SM replicas, and in the spectra.
 *
 * @param means   [universes, bins] whitened
 * @param latent  [universes, d] the same on the map
 */
export function smContours(
  encoder: Mlp,
  means: Float32Array,
  latent: Float32Array,
  bins: number,
): SmContours {
  const d = mlpOutputs(encoder)
  const rng = createRng(1).split('sm-contours')
  const noise = new Float32Array(replicas * bins)
  for (let i = 0; i < noise.length; i++) noise[i] = rng.normal()
  const z = runMlp(encoder, noise, replicas)
  const centre = new Float64Array(d)
  for (let r = 0; r < replicas; r++) for (let i = 0; i < d; i++) centre[i] += z[r * d + i] / replicas
  const covariance = new Float64Array(d * d)
  for (let r = 0; r < replicas; r++)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        covariance[i * d + j] += ((z[r * d + i] - centre[i]) * (z[r * d + j] - centre[j])) / (replicas - 1)
  const factor = cholesky(covariance, d)
  const universes = means.length / bins
  const latentChi2 = new Float64Array(universes)
  const fisherChi2 = new Float64Array(universes)
  for (let u = 0; u < universes; u++) {
    const place = solveLower(
      factor,
      centre.map((c, i) => latent[u * d + i] - c),
      d,
    )
    for (const value of place) latentChi2[u] += value * value
    for (let b = 0; b < bins; b++) fisherChi2[u] += means[u * bins + b] ** 2
  }
  return { dimensions: d, latentChi2, fisherChi2 }
}

/** Universes within a contour, nearest first. */
export function universesInside(chi2: Float64Array, limit: number): number[] {
  const inside: number[] = []
  chi2.forEach((value, universe) => {
    if (value <= limit) inside.push(universe)
  })
  return inside.sort((a, b) => chi2[a] - chi2[b] || a - b)
}
