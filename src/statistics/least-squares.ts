import { cholesky, invertLower, solveLower } from '../numerics/linear-algebra.ts'
import { AppError } from '../errors.ts'

export interface LinearFit {
  parameters: Float64Array // [p]
  covariance: Float64Array // [p, p]
  chi2: number
  degreesOfFreedom: number
}

/**
 * Generalised least squares: minimises (y - D^T a)^T V^-1 (y - D^T a) over a.
 *
 * @param y           [n] measured
 * @param covariance  [n, n] of y, positive definite
 * @param design      [p, n], one row of predictions per parameter
 * @throws            AppError 'numerics/not-positive-definite' for a singular V or a degenerate design
 */
export function generalisedLeastSquares(
  y: Float64Array,
  covariance: Float64Array,
  design: Float64Array[],
): LinearFit {
  const n = y.length
  const p = design.length
  if (p > n)
    throw new AppError(
      'input/invalid',
      `A fit of ${p} parameters needs at least ${p} values, got ${n}. Remove parameters.`,
    )
  const factor = cholesky(covariance, n)
  const target = solveLower(factor, y, n)
  const rows = design.map((row) => solveLower(factor, row, n))
  const normal = new Float64Array(p * p)
  const right = new Float64Array(p)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) normal[i * p + j] = dot(rows[i], rows[j])
    right[i] = dot(rows[i], target)
  }
  const inverse = invertLower(cholesky(normal, p), p)
  const parameterCovariance = new Float64Array(p * p)
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let k = 0; k < p; k++) parameterCovariance[i * p + j] += inverse[k * p + i] * inverse[k * p + j]
  const parameters = new Float64Array(p)
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) parameters[i] += parameterCovariance[i * p + j] * right[j]
  let chi2 = 0
  for (let b = 0; b < n; b++) {
    let residual = target[b]
    for (let i = 0; i < p; i++) residual -= parameters[i] * rows[i][b]
    chi2 += residual * residual
  }
  return { parameters, covariance: parameterCovariance, chi2, degreesOfFreedom: n - p }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
