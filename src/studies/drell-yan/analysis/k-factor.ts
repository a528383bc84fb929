import { generalisedLeastSquares, type LinearFit } from '../../../statistics/least-squares.ts'

/** GeV; ln m is counted from here so that the constant term is the K-factor at the Z. */
const referenceMass = 91.1876

/** Powers of ln(m / m_Z) at the geometric centre of each bin. @returns `terms` rows of [bins] */
export function logMassPowers(edges: readonly number[], terms: number): Float64Array[] {
  return Array.from({ length: terms }, (_, power) =>
    Float64Array.from(
      { length: edges.length - 1 },
      (_, b) => Math.log(Math.sqrt(edges[b] * edges[b + 1]) / referenceMass) ** power,
    ),
  )
}

/**
 * Legendre polynomials P_0 .. P_(terms-1) of ln m scaled to [-1, 1] over the bins: they span the same functions as
 * powers of ln m, but each is at most 1 in size, so that a prior width means the same at both ends.
 * @returns `terms` rows of [bins]
 */
export function logMassLegendre(edges: readonly number[], terms: number): Float64Array[] {
  const [low, high] = [Math.log(edges[0]), Math.log(edges[edges.length - 1])]
  const x = Float64Array.from(
    { length: edges.length - 1 },
    (_, b) => (Math.log(edges[b] * edges[b + 1]) - low - high) / (high - low),
  )
  const rows = [x.map(() => 1), x]
  for (let k = 2; k < terms; k++)
    rows.push(x.map((value, b) => ((2 * k - 1) * value * rows[k - 1][b] - (k - 1) * rows[k - 2][b]) / k))
  return rows.slice(0, terms)
}

export function kFactor(edges: readonly number[], parameters: ArrayLike<number>): Float64Array {
  const powers = logMassPowers(edges, parameters.length)
  return powers[0].map((_, b) => powers.reduce((sum, row, i) => sum + parameters[i] * row[b], 0))
}

/**
 * Mass-dependent ratio of a measurement to leading order, K(m) = sum_k theta_k ln^k(m / m_Z), by generalised
 * least squares with the full experimental covariance.
 *
 * @param value, covariance, prediction  same units, per bin
 */
export function fitKFactor(
  edges: readonly number[],
  value: Float64Array,
  covariance: Float64Array,
  prediction: Float64Array,
  terms: number,
): LinearFit {
  const design = logMassPowers(edges, terms).map((row) => row.map((power, b) => power * prediction[b]))
  return generalisedLeastSquares(value, covariance, design)
}
