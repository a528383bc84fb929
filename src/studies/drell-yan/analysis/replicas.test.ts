import { describe, expect, it } from 'vitest'
import { defaultUncertainties, statisticalCovariance } from '../../../physics/drell-yan/uncertainties.ts'
import { smallBins as bins, smallModel, smallTemplates } from '../../../testing/small-universes.ts'
import { replicaSpectrum, unitNoise } from './replicas.ts'
import { drawUniverses, universeSpectra } from './universes.ts'
import { createWhitening, whitenSpectra } from './whitening.ts'

const model = smallModel()
const mean = universeSpectra(model.templates, drawUniverses(model, 3, 1), 'linear').slice(2 * bins)

/** Sample correlations of many replicas against those of a covariance, as the largest pull. */
function largestPull(
  whitening: ReturnType<typeof createWhitening>,
  covariance: Float64Array,
  rows: number,
): number {
  const sigma = Float64Array.from({ length: bins }, (_, b) => Math.sqrt(covariance[b * bins + b]))
  const sample = new Float64Array(bins * bins)
  for (let r = 0; r < rows; r++) {
    const x = replicaSpectrum(whitening, mean, 8, 2, r).map((value, b) => (value - mean[b]) / sigma[b])
    for (let a = 0; a < bins; a++) for (let b = 0; b < bins; b++) sample[a * bins + b] += (x[a] * x[b]) / rows
  }
  let worst = 0
  for (let a = 0; a < bins; a++)
    for (let b = 0; b <= a; b++) {
      const rho = covariance[a * bins + b] / (sigma[a] * sigma[b])
      // Var of the mean of x_a x_b for a bivariate normal: (1 + rho^2) / rows.
      worst = Math.max(worst, Math.abs(sample[a * bins + b] - rho) / Math.sqrt((1 + rho * rho) / rows))
    }
  return worst
}

describe('replicas', () => {
  it("scatter about their universe with the model's covariance", () => {
    expect(largestPull(model.whitening, model.covariance, 3000)).toBeLessThan(4.5)
  })

  it('carry the m_ll-p_T correlation of one set of events when only statistics are left', () => {
    const options = { ...defaultUncertainties, luminosityFb: 1 }
    const covariance = statisticalCovariance(smallTemplates, options)
    // The two histograms have nearly the same sum: a part in 10^6 on the diagonal makes the matrix definite.
    for (let b = 0; b < bins; b++) covariance[b * bins + b] *= 1 + 1e-6
    const whitening = createWhitening(model.templates.sm, covariance)
    expect(largestPull(whitening, covariance, 3000)).toBeLessThan(4.5)
    // 88-94 GeV and 43-48 GeV are largely the same events (the Jacobian peak).
    const peak = 2
    const jacobian = 6 + 2
    const shared =
      covariance[peak * bins + jacobian] /
      Math.sqrt(covariance[peak * bins + peak] * covariance[jacobian * bins + jacobian])
    expect(shared).toBeGreaterThan(0.4)
  })

  it('are made again from seed, universe and replica alone', () => {
    const first = replicaSpectrum(model.whitening, mean, 1, 2, 3)
    replicaSpectrum(model.whitening, mean, 1, 0, 0)
    expect(replicaSpectrum(model.whitening, mean, 1, 2, 3)).toEqual(first)
    for (const [seed, universe, replica] of [
      [2, 2, 3],
      [1, 3, 3],
      [1, 2, 4],
      [1, 23, 0], // "2/3" and "23/" must not meet
    ])
      expect(replicaSpectrum(model.whitening, mean, seed, universe, replica)).not.toEqual(first)
  })

  it('are the whitened mean plus unit noise after whitening', () => {
    const whitened = whitenSpectra(model.whitening, replicaSpectrum(model.whitening, mean, 1, 2, 3), 1)
    const centre = whitenSpectra(model.whitening, mean, 1)
    const noise = unitNoise(bins, 1, 2, 3)
    whitened.forEach((value, b) => expect(value).toBeCloseTo(centre[b] + noise[b], 4))
  })
})
