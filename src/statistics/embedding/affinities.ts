import { AppError } from '../../errors.ts'

export interface Affinities {
  /** [n, n] symmetric, sum 1, 0 on the diagonal: (p_j|i + p_i|j) / 2n */
  joint: Float64Array
  /** [n] exp of the entropy of p_·|i, which was to be the perplexity */
  perplexities: Float64Array
}

const mostSteps = 100
/** Of the entropy [nats]. */
const tolerance = 1e-9

/**
 * Affinities of t-SNE: p_j|i ∝ exp(−β_i d_ij²), β_i such that each row has the perplexity asked for, then made symmetric.
 * A row with more points at no distance than the perplexity cannot meet it; `perplexities` tells.
 *
 * @param distances  [n, n] of any metric
 * @throws AppError 'input/invalid' where 3 × perplexity others are not there, or it is not above 1
 * Source: L. van der Maaten, G. Hinton, JMLR 9 (2008) 2579, equations 1 to 5.
 */
export function tsneAffinities(distances: Float64Array, n: number, perplexity: number): Affinities {
  if (!(perplexity > 1 && 3 * perplexity <= n - 1))
    throw new AppError(
      'input/invalid',
      `A perplexity of ${perplexity} takes ${Math.ceil(3 * perplexity) + 1} points, there are ${n}; it is above 1. Lower it or add points.`,
    )
  const joint = new Float64Array(n * n)
  const perplexities = new Float64Array(n)
  const squares = new Float64Array(n)
  const row = new Float64Array(n)
  const wanted = Math.log(perplexity)
  for (let i = 0; i < n; i++) {
    let nearest = Infinity
    let mean = 0
    for (let j = 0; j < n; j++) {
      squares[j] = distances[i * n + j] ** 2
      if (j === i) continue
      nearest = Math.min(nearest, squares[j])
      mean += squares[j] / (n - 1)
    }
    let [low, high] = [0, Infinity]
    let beta = mean > nearest ? 1 / (mean - nearest) : 1
    let entropy = 0
    for (let step = 0; step < mostSteps; step++) {
      const now = fillRow(squares, i, beta, nearest, row)
      entropy = now.entropy
      if (Math.abs(entropy - wanted) < tolerance) break
      if (entropy > wanted) low = beta
      else high = beta
      // Newton's step in ln β, whose slope is minus the variance, at most a factor of e; halving where that leaves the bracket.
      const newton = beta * Math.exp(Math.max(-1, Math.min(1, (entropy - wanted) / now.variance)))
      if (newton > low && newton < high) beta = newton
      else beta = high === Infinity ? 2 * beta : 0.5 * (low + high)
    }
    perplexities[i] = Math.exp(entropy)
    for (let j = 0; j < n; j++) {
      joint[i * n + j] += row[j] / (2 * n)
      joint[j * n + i] += row[j] / (2 * n)
    }
  }
  return { joint, perplexities }
}

/** p_·|i into `row`, and its entropy [nats]. */
function fillRow(
  squares: Float64Array,
  i: number,
  beta: number,
  nearest: number,
  row: Float64Array,
): { entropy: number; variance: number } {
  let [sum, mean, square] = [0, 0, 0]
  for (let j = 0; j < row.length; j++) {
    // From the nearest on: the largest term is 1, whatever the scale of distances.
    const x = beta * (squares[j] - nearest)
    row[j] = j === i ? 0 : Math.exp(-x)
    sum += row[j]
    mean += row[j] * x
    square += row[j] * x * x
  }
  for (let j = 0; j < row.length; j++) row[j] /= sum
  return { entropy: Math.log(sum) + mean / sum, variance: square / sum - (mean / sum) ** 2 }
}
