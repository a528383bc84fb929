import type { Estimate } from '../gaussian-limit.ts'
import { variance } from './energy-distance.ts'

/** Where a cloud of points lies and how wide it is. */
export interface Cloud {
  points: number
  centre: Float64Array // [d]
  /** Covariance of the points over their number: that of the centre. */
  ofCentre: Float64Array // [d, d]
  /** s² = mean squared radius over d: the variance per axis of a round cloud; with its error. */
  width2: Estimate
}

/** @param rows  [n, d] row-major, n at least 2 */
export function cloudOf(rows: ArrayLike<number>, d: number): Cloud {
  const points = rows.length / d
  const centre = new Float64Array(d)
  for (let at = 0; at < rows.length; at++) centre[at % d] += rows[at] / points
  const ofCentre = new Float64Array(d * d)
  const squares = new Float64Array(points)
  for (let i = 0; i < points; i++)
    for (let k = 0; k < d; k++) {
      const own = rows[i * d + k] - centre[k]
      squares[i] += (own * own) / d
      for (let l = 0; l < d; l++)
        ofCentre[k * d + l] += (own * (rows[i * d + l] - centre[l])) / (points - 1) / points
    }
  const sum = squares.reduce((total, square) => total + square, 0)
  return {
    ...{ points, centre, ofCentre },
    width2: { value: sum / (points - 1), error: Math.sqrt(variance(squares) / points) },
  }
}

/**
 * Distance of two centres. It is never below zero: of equal distributions about as large as its error, which is that
 * along the line between them.
 */
export function centroidDistance(a: Cloud, b: Cloud): Estimate {
  const d = a.centre.length
  const between = a.centre.map((x, k) => x - b.centre[k])
  const value = Math.hypot(...between)
  let [along, trace] = [0, 0]
  for (let k = 0; k < d; k++) {
    trace += a.ofCentre[k * d + k] + b.ofCentre[k * d + k]
    for (let l = 0; l < d; l++)
      along += between[k] * between[l] * (a.ofCentre[k * d + l] + b.ofCentre[k * d + l])
  }
  return { value, error: value > 0 ? Math.sqrt(along) / value : Math.sqrt(trace / d) }
}

/** d′ = |μ_a − μ_b| / √((s_a² + s_b²)/2); 0 where both clouds are one point, infinite where they are two. */
export function pooledDistance(a: Cloud, b: Cloud): Estimate {
  const { value, error } = centroidDistance(a, b)
  const width2 = (a.width2.value + b.width2.value) / 2
  if (width2 === 0) return { value: value > 0 ? Infinity : 0, error: 0 }
  const width = Math.sqrt(width2)
  const ofWidth = Math.hypot(a.width2.error, b.width2.error) / (4 * width2)
  return { value: value / width, error: Math.hypot(error / width, (value / width) * ofWidth) }
}
