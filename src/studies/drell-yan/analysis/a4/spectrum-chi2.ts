import { type EftOrder, morphSpectrum } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { chi2Survival } from '../../../../statistics/special.ts'
import type { MeasurementComparison } from '../measurement.ts'
import type { UniverseModel } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'

/** chi2 of a measured spectrum to a universe, with the enlarged covariance of its dataset. */
export function spectrumChi2(
  model: UniverseModel,
  measurement: Pick<MeasurementComparison, 'whitened' | 'degreesOfFreedom'>,
  coefficients: ArrayLike<number>,
  order: EftOrder,
): { chi2: number; degreesOfFreedom: number; pValue: number } {
  const theory = whitenSpectra(model.whitening, morphSpectrum(model.templates, coefficients, order), 1)
  const { whitened, degreesOfFreedom } = measurement
  const chi2 = whitened.reduce((sum, w, b) => sum + (w - theory[b]) ** 2, 0)
  return { chi2, degreesOfFreedom, pValue: chi2Survival(chi2, degreesOfFreedom) }
}
