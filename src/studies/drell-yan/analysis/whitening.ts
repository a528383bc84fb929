import { cholesky, invertLower } from '../../../numerics/linear-algebra.ts'
import type { SpectrumTemplates } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'

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
  // Four rows side by side: their sums do not wait for one another, and each is added up as it would be alone.
  const d0 = new Float64Array(bins)
  const d1 = new Float64Array(bins)
  const d2 = new Float64Array(bins)
  const d3 = new Float64Array(bins)
  for (let r = 0; r < rows; r += 4) {
    // Past the last row the last one is done again.
    const r0 = r * bins
    const r1 = Math.min(r + 1, rows - 1) * bins
    const r2 = Math.min(r + 2, rows - 1) * bins
    const r3 = Math.min(r + 3, rows - 1) * bins
    for (let b = 0; b < bins; b++) {
      d0[b] = spectra[r0 + b] - reference[b]
      d1[b] = spectra[r1 + b] - reference[b]
      d2[b] = spectra[r2 + b] - reference[b]
      d3[b] = spectra[r3 + b] - reference[b]
    }
    for (let i = 0; i < bins; i++) {
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      const row = i * bins
      for (let b = 0; b <= i; b++) {
        const factor = inverse[row + b]
        s0 += factor * d0[b]
        s1 += factor * d1[b]
        s2 += factor * d2[b]
        s3 += factor * d3[b]
      }
      out[r0 + i] = s0
      out[r1 + i] = s1
      out[r2 + i] = s2
      out[r3 + i] = s3
    }
  }
  return out
}

/** Whitened linear templates B = L^-1 T: rows are operators [17, bins], in noise units per TeV^-2. */
export function whitenedTemplates(whitening: Whitening, templates: SpectrumTemplates): Float64Array {
  const bins = templates.bins
  const out = new Float64Array(operatorNames.length * bins)
  for (let o = 0; o < operatorNames.length; o++)
    for (let i = 0; i < bins; i++) {
      let sum = 0
      for (let b = 0; b <= i; b++) sum += whitening.inverse[i * bins + b] * templates.linear[o * bins + b]
      out[o * bins + i] = sum
    }
  return out
}
