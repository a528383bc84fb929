import { AppError } from '../errors.ts'

/** A rectangle in the plane of the data. */
export interface Bounds {
  xMin: number
  xMax: number
  yMin: number
  yMax: number
}

/** Sums of weights and of squared weights per bin; values outside the edges and NaN are counted apart. */
export interface Histogram {
  edges: Float64Array // [bins + 1]
  sumW: Float64Array // [bins]
  sumW2: Float64Array // [bins]; the variance of sumW
  underflow: number
  overflow: number
  invalid: number
}

/**
 * Weighted histogram over increasing edges; each bin is closed on the left and open on the right, the last
 * one closed on both sides, as numpy does it.
 *
 * @throws AppError 'input/invalid' if fewer than two edges are given or they do not increase
 */
export function histogram(
  values: ArrayLike<number>,
  edges: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Histogram {
  const bins = edges.length - 1
  for (let i = 0; i < bins; i++)
    if (!(edges[i + 1] > edges[i]))
      throw new AppError(
        'input/invalid',
        `Bin edges must increase: edge ${i + 1} is ${edges[i + 1]}, edge ${i} is ${edges[i]}. Sort the edges and remove repeated ones.`,
        { index: i + 1 },
      )
  if (bins < 1)
    throw new AppError('input/invalid', `A histogram needs at least 2 edges, got ${edges.length}.`, {})
  const result: Histogram = {
    edges: Float64Array.from(edges),
    sumW: new Float64Array(bins),
    sumW2: new Float64Array(bins),
    underflow: 0,
    overflow: 0,
    invalid: 0,
  }
  const first = edges[0]
  const last = edges[bins]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    const weight = weights ? weights[i] : 1
    if (value < first) result.underflow += weight
    else if (value > last) result.overflow += weight
    else if (value >= first) {
      const bin = value === last ? bins - 1 : lastEdgeAtOrBelow(result.edges, value)
      result.sumW[bin] += weight
      result.sumW2[bin] += weight * weight
    } else result.invalid++
  }
  return result
}

/** Largest i with edges[i] <= value, by bisection; value must lie in [edges[0], edges[n]). */
function lastEdgeAtOrBelow(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (edges[middle] <= value) low = middle
    else high = middle
  }
  return low
}

/** Exact bounds of the finite points among the first `count`; null if there are none. */
export function boundsOf(x: ArrayLike<number>, y: ArrayLike<number>, count: number, from = 0): Bounds | null {
  let xMin = Infinity
  let xMax = -Infinity
  let yMin = Infinity
  let yMax = -Infinity
  for (let i = from; i < count; i++) {
    const px = x[i]
    const py = y[i]
    // A difference with itself is NaN for NaN and for infinities: one test for both coordinates.
    if (px - px + (py - py) !== 0) continue
    if (px < xMin) xMin = px
    if (px > xMax) xMax = px
    if (py < yMin) yMin = py
    if (py > yMax) yMax = py
  }
  return xMin <= xMax ? { xMin, xMax, yMin, yMax } : null
}
