import { expect, it } from 'vitest'
import { cholesky, invertLower } from '../../../../numerics/linear-algebra.ts'
import { covarianceReport } from './covariance.ts'

// Errors 2 and 4 % of a spectrum (100, 10), correlation 0.5.
const covariance = Float64Array.of(4, 0.4, 0.4, 0.16)
const inverse = invertLower(cholesky(covariance, 2), 2)

it('gives correlations, relative errors and the condition number of a 2 x 2 matrix in closed form', () => {
  const report = covarianceReport(covariance, [100, 10], inverse)
  expect(report.correlation[1]).toBeCloseTo(0.5, 12)
  expect([...report.relative]).toEqual([0.02, 0.02, 0.02, 0.04].map((v) => expect.closeTo(v, 12)))
  // Eigenvalues 1 +- rho.
  expect(report.conditionNumber).toBeCloseTo(1.5 / 0.5, 10)
  expect(report.smallestEigenvalue).toBeCloseTo(0.5, 12)
  expect(report.positiveDefinite).toBe(true)
  expect(report.whiteningResidual).toBeLessThan(1e-14)
})

it('says when a matrix is not positive definite and when the whitening is not its own', () => {
  const bad = covarianceReport(Float64Array.of(1, 2, 2, 1), [1, 1], inverse)
  expect(bad.positiveDefinite).toBe(false)
  expect(bad.smallestEigenvalue).toBeCloseTo(-1, 10)
  expect(bad.whiteningResidual).toBeGreaterThan(0.1)
})
