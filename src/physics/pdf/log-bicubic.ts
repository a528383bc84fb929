/**
 * LHAPDF6's rule between knots as weights on at most four of them: cubic Hermite in the logarithm of the
 * coordinate, with the slope at a knot the mean of the divided differences on its two sides, one-sided at the ends
 * (Buckley et al., arXiv:1412.7420, "logcubic"). The rule is linear in the values, so weights suffice.
 */
export interface KnotAxis {
  /** Natural logarithm of the knots, ascending. */
  readonly logs: Float64Array
  /** Fewer than four knots: linear instead of cubic. */
  readonly linear: boolean
}

export function knotAxis(knots: Float64Array, linear = false): KnotAxis {
  return { logs: knots.map(Math.log), linear }
}

/** Index i of the interval [i, i + 1] that holds `log`, at its lower knot on equality; the ends take what is outside. */
export function findInterval(axis: KnotAxis, log: number, guess: number): number {
  const { logs } = axis
  let low = 0
  let high = logs.length - 1
  if (guess >= 0 && guess < high && logs[guess] <= log && log < logs[guess + 1]) return guess
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (logs[middle] <= log) low = middle
    else high = middle
  }
  return low
}

/**
 * Writes the weights of knots i - 1, i, i + 1, i + 2 for a point in interval i.
 * A knot that does not exist gets weight zero; callers clamp its index.
 */
export function hermiteWeights(axis: KnotAxis, i: number, log: number, weights: Float64Array): void {
  const { logs } = axis
  const width = logs[i + 1] - logs[i]
  const t = (log - logs[i]) / width
  if (axis.linear) {
    weights[0] = 0
    weights[1] = 1 - t
    weights[2] = t
    weights[3] = 0
    return
  }
  const value1 = t * t * (3 - 2 * t)
  const slope0 = t * (1 - t) * (1 - t)
  const slope1 = t * t * (t - 1)
  let before = 0
  let at = 1 - value1
  let next = value1
  let after = 0
  if (i === 0) {
    at -= slope0
    next += slope0
  } else {
    const ratio = width / (logs[i] - logs[i - 1])
    before = -0.5 * slope0 * ratio
    at += 0.5 * slope0 * (ratio - 1)
    next += 0.5 * slope0
  }
  if (i + 2 === logs.length) {
    at -= slope1
    next += slope1
  } else {
    const ratio = width / (logs[i + 2] - logs[i + 1])
    at -= 0.5 * slope1
    next += 0.5 * slope1 * (1 - ratio)
    after = 0.5 * slope1 * ratio
  }
  weights[0] = before
  weights[1] = at
  weights[2] = next
  weights[3] = after
}
