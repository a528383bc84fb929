import { latentScores, type KnownPlaces } from '../../../../statistics/anomaly/latent-scores.ts'

/** Scores without a known distribution: their p-values are read off other known spectra. */
export const empiricalScores = ['nearest-universe', 'mahalanobis', 'kth-neighbour', 'density'] as const
export type EmpiricalScore = (typeof empiricalScores)[number]

export type Scorer = (
  whitened: ArrayLike<number>,
  latent: ArrayLike<number>,
) => Record<EmpiricalScore, number>

/** All empirical scores of one spectrum; a fraction of a millisecond for thousands of known places. */
export function createScorer(
  bins: number,
  known: { whitened: Float32Array /* [universes, bins] */; places: KnownPlaces },
): Scorer {
  const latent = latentScores(known.places)
  return (whitened, z) => ({
    'nearest-universe': nearest(known.whitened, bins, whitened).square,
    mahalanobis: latent.mahalanobis(z),
    'kth-neighbour': latent.kthNeighbour(z),
    density: latent.density(z),
  })
}

/** The row nearest to x, Euclidean, and its squared distance. */
export function nearest(
  rows: ArrayLike<number>,
  width: number,
  x: ArrayLike<number>,
): { row: number; square: number } {
  let best = Number.POSITIVE_INFINITY
  let row = -1
  for (let r = 0, at = 0; at < rows.length; r++, at += width) {
    let sum = 0
    for (let k = 0; k < width && sum < best; k++) {
      const difference = x[k] - rows[at + k]
      sum += difference * difference
    }
    if (sum < best) {
      best = sum
      row = r
    }
  }
  return { row, square: best }
}
