import { cholesky, invertLower } from '../../numerics/linear-algebra.ts'
import type { SpectrumTemplates } from '../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../physics/smeft/operators.ts'

/**
 * The change of variables in which the noise of every spectrum is the unit normal:
 * w = L^-1 (x - reference), covariance = L L^T.
 */
export interface Whitening {
  reference: Float64Array // [bins], the SM spectrum
  cholesky: Float64Array // [bins, bins], lower
  inverse: Float64Array // [bins, bins], lower, L^-1
}

/** @param covariance [bins, bins] in (pb per bin)^2 @throws AppError 'numerics/not-positive-definite' */
export function createWhitening(reference: Float64Array, covariance: Float64Array): Whitening {
  const factor = cholesky(covariance, reference.length)
  return { reference, cholesky: factor, inverse: invertLower(factor, reference.length) }
}

/** Whitens rows of spectra [rows, bins] (pb per bin); the result is what encoders read. */
export function whitenSpectra(
  whitening: Whitening,
  spectra: ArrayLike<number>,
  rows: number,
  out: Float32Array = new Float32Array(rows * whitening.reference.length),
): Float32Array {
  const { reference, inverse } = whitening
  const bins = reference.length
  const difference = new Float64Array(bins)
  for (let r = 0; r < rows; r++) {
    for (let b = 0; b < bins; b++) difference[b] = spectra[r * bins + b] - reference[b]
    for (let i = 0; i < bins; i++) {
      let sum = 0
      for (let b = 0; b <= i; b++) sum += inverse[i * bins + b] * difference[b]
      out[r * bins + i] = sum
    }
  }
  return out
}

/** Whitened linear templates B = L^-1 T: rows are operators [17, bins], in noise units per TeV^-2. */
export function whitenedTemplates(whitening: Whitening, templates: SpectrumTemplates): Float64Array {
  const bins = templates.sm.length
  const out = new Float64Array(operatorNames.length * bins)
  for (let o = 0; o < operatorNames.length; o++)
    for (let i = 0; i < bins; i++) {
      let sum = 0
      for (let b = 0; b <= i; b++) sum += whitening.inverse[i * bins + b] * templates.linear[o * bins + b]
      out[o * bins + i] = sum
    }
  return out
}
