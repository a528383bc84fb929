import { AppError } from '../../errors.ts'

/**
 * Cubic spline through (x, y) with continuous third derivative at the second and the last but one knot ("not-a-knot",
 * de Boor, A Practical Guide to Splines, chapter IV).
 *
 * @param x  at least four, rising
 * @returns  [4 (n - 1)] coefficients of powers of (x - x_i) in each interval
 */
export function cubicSpline(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const n = x.length
  if (n < 4 || y.length !== n)
    throw new AppError(
      'data/corrupt',
      `A cubic spline needs at least 4 knots with one value each, got ${n} and ${y.length}.`,
    )
  const h = Float64Array.from({ length: n - 1 }, (_, i) => x[i + 1] - x[i])
  const slope = Float64Array.from({ length: n - 1 }, (_, i) => (y[i + 1] - y[i]) / h[i])
  // Tridiagonal system for the first derivatives.
  const diagonal = new Float64Array(n)
  const upper = new Float64Array(n)
  const lower = new Float64Array(n)
  const d = new Float64Array(n)
  diagonal[0] = h[1]
  upper[0] = h[0] + h[1]
  d[0] = ((h[0] + 2 * upper[0]) * h[1] * slope[0] + h[0] * h[0] * slope[1]) / upper[0]
  for (let i = 1; i < n - 1; i++) {
    lower[i] = h[i]
    diagonal[i] = 2 * (h[i - 1] + h[i])
    upper[i] = h[i - 1]
    d[i] = 3 * (h[i] * slope[i - 1] + h[i - 1] * slope[i])
  }
  diagonal[n - 1] = h[n - 3]
  lower[n - 1] = h[n - 2] + h[n - 3]
  d[n - 1] =
    (h[n - 2] * h[n - 2] * slope[n - 3] + (2 * lower[n - 1] + h[n - 2]) * h[n - 3] * slope[n - 2]) /
    lower[n - 1]
  for (let i = 1; i < n; i++) {
    const factor = lower[i] / diagonal[i - 1]
    diagonal[i] -= factor * upper[i - 1]
    d[i] -= factor * d[i - 1]
  }
  d[n - 1] /= diagonal[n - 1]
  for (let i = n - 2; i >= 0; i--) d[i] = (d[i] - upper[i] * d[i + 1]) / diagonal[i]

  const out = new Float64Array(4 * (n - 1))
  for (let i = 0; i < n - 1; i++) {
    const t = (d[i] + d[i + 1] - 2 * slope[i]) / h[i]
    out[4 * i] = y[i]
    out[4 * i + 1] = d[i]
    out[4 * i + 2] = (slope[i] - d[i]) / h[i] - t
    out[4 * i + 3] = t / h[i]
  }
  return out
}
