import { cholesky, invertLower } from '../../numerics/linear-algebra.ts'

/**
 * How strange a place of the latent space is, judged by where known universes and their replicas lie. Larger is
 * stranger. All are functions of the latent coordinates alone: what an encoder folds away, none of them sees.
 */
export interface LatentScores {
  /** Squared Mahalanobis distance to the nearest class mean, covariance shared by all (arXiv:1807.03888, eq. 1-2). */
  mahalanobis(z: ArrayLike<number>): number
  /** Distance to the k-th nearest known spectrum (arXiv:2204.06507). */
  kthNeighbour(z: ArrayLike<number>): number
  /** Minus the logarithm of a Gaussian kernel density. */
  density(z: ArrayLike<number>): number
}

export interface KnownPlaces {
  dimensions: number
  /** [classes, d] mean of each known class */
  centres: Float64Array
  /** [rows, d] known spectra */
  points: Float64Array
  /** class of each point, for the covariance within classes */
  classOf: Int32Array
}

/** Neighbour that is counted to: small beside a map of thousands, large enough not to follow single replicas. */
export const defaultNeighbour = 10

export function latentScores(known: KnownPlaces, k = defaultNeighbour): LatentScores {
  const { dimensions: d, centres, points, classOf } = known
  const rows = points.length / d
  const within = invertLower(
    cholesky(
      covariance(points, rows, d, (r, i) => centres[classOf[r] * d + i]),
      d,
    ),
    d,
  )
  const middle = new Float64Array(d)
  for (let r = 0; r < rows; r++) for (let i = 0; i < d; i++) middle[i] += points[r * d + i] / rows
  const total = invertLower(
    cholesky(
      covariance(points, rows, d, (_, i) => middle[i]),
      d,
    ),
    d,
  )
  const classes = transform(within, centres, d)
  // Scott's rule (Scott 1992, eq. 6.42) in coordinates of unit covariance: one width for all axes.
  const width = rows ** (-1 / (d + 4))
  const scaled = transform(total, points, d)
  const exponent = -0.5 / (width * width)
  let logVolume = d * (Math.log(width) + 0.5 * Math.log(2 * Math.PI)) + Math.log(rows)
  for (let i = 0; i < d; i++) logVolume -= Math.log(total[i * d + i])

  return {
    mahalanobis: (z) => nearestSquares(classes, d, transform(within, z, d), 1),
    kthNeighbour: (z) => Math.sqrt(nearestSquares(points, d, z, Math.min(k, rows))),
    density(z) {
      const at = transform(total, z, d)
      // Relative to the nearest point, so that far places keep their order instead of underflowing.
      const nearest = nearestSquares(scaled, d, at, 1)
      let sum = 0
      for (let p = 0; p < scaled.length; p += d) {
        let square = 0
        for (let i = 0; i < d; i++) square += (scaled[p + i] - at[i]) ** 2
        const excess = (square - nearest) * exponent
        if (excess > -40) sum += Math.exp(excess)
      }
      return logVolume - nearest * exponent - Math.log(sum)
    },
  }
}

function covariance(
  points: Float64Array,
  rows: number,
  d: number,
  centre: (row: number, axis: number) => number,
): Float64Array {
  const out = new Float64Array(d * d)
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < d; i++) {
      const a = points[r * d + i] - centre(r, i)
      for (let j = 0; j <= i; j++) out[i * d + j] += (a * (points[r * d + j] - centre(r, j))) / rows
    }
  let trace = 0
  for (let i = 0; i < d; i++) trace += out[i * d + i]
  for (let i = 0; i < d; i++) {
    // A collapsed axis keeps a millionth of the width of all, so that its covariance can be inverted.
    out[i * d + i] += 1e-12 * trace || 1e-12
    for (let j = 0; j < i; j++) out[j * d + i] = out[i * d + j]
  }
  return out
}

/** Rows times the transposed lower factor: coordinates in which the covariance is the unit matrix. */
function transform(lower: Float64Array, rows: ArrayLike<number>, d: number): Float64Array {
  const out = new Float64Array(rows.length)
  for (let r = 0; r < rows.length; r += d)
    for (let i = 0; i < d; i++) {
      let sum = 0
      for (let j = 0; j <= i; j++) sum += lower[i * d + j] * rows[r + j]
      out[r + i] = sum
    }
  return out
}

/** The k-th smallest squared distance, kept in a short sorted list. */
function nearestSquares(points: Float64Array, d: number, z: ArrayLike<number>, k: number): number {
  const least = new Float64Array(k).fill(Number.POSITIVE_INFINITY)
  for (let p = 0; p < points.length; p += d) {
    let square = 0
    for (let i = 0; i < d; i++) square += (points[p + i] - z[i]) ** 2
    if (square >= least[k - 1]) continue
    let at = k - 1
    for (; at > 0 && least[at - 1] > square; at--) least[at] = least[at - 1]
    least[at] = square
  }
  return least[k - 1]
}
