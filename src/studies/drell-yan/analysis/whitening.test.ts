import { describe, expect, it } from 'vitest'
import { AppError } from '../../../errors.ts'
import { symmetricEigen } from '../../../numerics/linear-algebra.ts'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { smallBins as bins, smallModel } from '../../../testing/small-universes.ts'
import '../../../testing/matchers.ts'
import { replicaSpectrum } from './replicas.ts'
import { createWhitening, whitenedTemplates, whitenSpectra } from './whitening.ts'

const model = smallModel()
const { whitening, templates, covariance } = model

/** x^T Sigma^-1 y through the eigenvectors of the correlation matrix: another road than Cholesky. */
function fisherProduct(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const sigma = Float64Array.from({ length: bins }, (_, b) => Math.sqrt(covariance[b * bins + b]))
  const correlation = covariance.map((c, k) => c / (sigma[Math.floor(k / bins)] * sigma[k % bins]))
  const { values, vectors } = symmetricEigen(correlation, bins)
  let product = 0
  for (let e = 0; e < bins; e++) {
    let a = 0
    let b = 0
    for (let k = 0; k < bins; k++) {
      a += (vectors[e * bins + k] * x[k]) / sigma[k]
      b += (vectors[e * bins + k] * y[k]) / sigma[k]
    }
    product += (a * b) / values[e]
  }
  return product
}

describe('whitening', () => {
  it('takes the SM to zero and makes the noise of replicas unit normal', () => {
    expect(whitenSpectra(whitening, templates.sm, 1)).toEqual(new Float32Array(bins))
    const rows = 4000
    const sum = new Float64Array(bins)
    const product = new Float64Array(bins * bins)
    for (let r = 0; r < rows; r++) {
      const w = whitenSpectra(whitening, replicaSpectrum(whitening, templates.sm, 3, 0, r), 1)
      for (let a = 0; a < bins; a++) {
        sum[a] += w[a]
        for (let b = 0; b < bins; b++) product[a * bins + b] += w[a] * w[b]
      }
    }
    // Entry (a, b) of the sample covariance has the standard error sqrt((1 + delta_ab) / rows).
    let chi2 = 0
    for (let a = 0; a < bins; a++) {
      expect(Math.abs(sum[a]) / Math.sqrt(rows)).toBeLessThan(4)
      for (let b = 0; b <= a; b++) {
        const wanted = a === b ? 1 : 0
        chi2 += (product[a * bins + b] / rows - wanted) ** 2 / ((1 + wanted) / rows)
      }
    }
    const entries = (bins * (bins + 1)) / 2
    expect(Math.abs(chi2 - entries)).toBeLessThan(4 * Math.sqrt(2 * entries))
  })

  it('makes the distance between two universes the Fisher distance', () => {
    const a = morphSpectrum(templates, model.prior.halfWidth, 'linear')
    const b = morphSpectrum(
      templates,
      model.prior.halfWidth.map((h, o) => (o % 2 ? h : -h / 3)),
      'linear',
    )
    const wa = whitenSpectra(whitening, a, 1)
    const wb = whitenSpectra(whitening, b, 1)
    const difference = a.map((value, i) => value - b[i])
    expect(Math.hypot(...wa.map((value, i) => value - wb[i]))).toBeCloseToRel(
      Math.sqrt(fisherProduct(difference, difference)),
      1e-5, // whitened spectra are float32
    )
  })

  it('gives templates whose products are the Fisher matrix', () => {
    const whitened = whitenedTemplates(whitening, templates)
    const row = (o: number) => templates.linear.subarray(o * bins, (o + 1) * bins)
    for (let i = 0; i < operatorNames.length; i += 3)
      for (let j = 0; j <= i; j += 2) {
        let product = 0
        for (let b = 0; b < bins; b++) product += whitened[i * bins + b] * whitened[j * bins + b]
        const scale = Math.sqrt(fisherProduct(row(i), row(i)) * fisherProduct(row(j), row(j)))
        expect(Math.abs(product - fisherProduct(row(i), row(j)))).toBeLessThan(1e-9 * scale)
      }
  })

  it('whitens many rows as it whitens one', () => {
    const rows = Float64Array.from({ length: 3 * bins }, (_, i) => templates.sm[i % bins] * (1 + 0.001 * i))
    const together = whitenSpectra(whitening, rows, 3)
    for (let r = 0; r < 3; r++)
      expect(together.slice(r * bins, (r + 1) * bins)).toEqual(
        whitenSpectra(whitening, rows.subarray(r * bins, (r + 1) * bins), 1),
      )
  })

  it('refuses a covariance that is none', () => {
    const bad = covariance.slice()
    bad[bins + 1] = -1
    let thrown: unknown
    try {
      createWhitening(templates.sm, bad)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(AppError)
    expect((thrown as AppError).code).toBe('numerics/not-positive-definite')
  })
})
