import { cholesky, multiply, symmetricEigen, transpose } from '../../../../numerics/linear-algebra.ts'

export interface CovarianceReport {
  bins: number
  correlation: Float64Array // [bins, bins]
  /** Signed square root of covariance over the two spectra's product; its diagonal is the relative error. */
  relative: Float64Array // [bins, bins]
  positiveDefinite: boolean
  /** Largest over smallest eigenvalue of the correlation matrix: free of units and of the spectrum's fall. */
  conditionNumber: number
  smallestEigenvalue: number
  /** Largest |L^-1 C L^-T - 1|: how far the whitening is from making unit noise. */
  whiteningResidual: number
}

/**
 * @param covariance  [bins, bins]
 * @param spectrum    [bins], of the same unit
 * @param inverse     [bins, bins], the whitening matrix L^-1
 */
export function covarianceReport(
  covariance: Float64Array,
  spectrum: ArrayLike<number>,
  inverse: Float64Array,
): CovarianceReport {
  const bins = spectrum.length
  const correlation = new Float64Array(bins * bins)
  const relative = new Float64Array(bins * bins)
  for (let i = 0; i < bins; i++)
    for (let j = 0; j < bins; j++) {
      const value = covariance[i * bins + j]
      correlation[i * bins + j] = value / Math.sqrt(covariance[i * bins + i] * covariance[j * bins + j])
      relative[i * bins + j] = Math.sign(value) * Math.sqrt(Math.abs(value / (spectrum[i] * spectrum[j])))
    }
  const { values } = symmetricEigen(correlation, bins)
  const product = multiply(
    multiply(inverse, covariance, bins, bins, bins),
    transpose(inverse, bins, bins),
    bins,
    bins,
    bins,
  )
  let whiteningResidual = 0
  for (let i = 0; i < bins; i++)
    for (let j = 0; j < bins; j++)
      whiteningResidual = Math.max(whiteningResidual, Math.abs(product[i * bins + j] - (i === j ? 1 : 0)))
  return {
    bins,
    correlation,
    relative,
    positiveDefinite: isPositiveDefinite(covariance, bins),
    conditionNumber: values[0] / values[bins - 1],
    smallestEigenvalue: values[bins - 1],
    whiteningResidual,
  }
}

function isPositiveDefinite(matrix: Float64Array, bins: number): boolean {
  try {
    cholesky(matrix, bins)
    return true
  } catch {
    return false // the factorisation is the check; its error names the pivot, the report says yes or no
  }
}
