import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { morphSpectrum } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { chi2Survival } from '../../../../statistics/special.ts'
import type { MeasurementComparison } from '../measurement.ts'
import type { UniverseModel } from '../universes.ts'
import { whitenedTemplates, whitenSpectra } from '../whitening.ts'
import type { A4Comparison } from './a4-comparison.ts'
import { reachOf, type Reach } from './combined-reach.ts'

/** Directions of the coefficients that the mass spectrum resolves, that A_4 does, and that both do together. */
export interface CombinedReach {
  mll: Reach
  a4: Reach
  both: Reach
}

/**
 * Errors of the two are taken as independent: the measurements are of different data, and what theory does not know (K,
 * radiation and CT18NLO there, dilution here) is described by sources that have nothing in common.
 *
 * @param model  of the dataset that holds a measured m_ll spectrum
 */
export function combinedReach(model: UniverseModel, a4: Pick<A4Comparison, 'whitenedLinear'>): CombinedReach {
  const mll = whitenedTemplates(model.whitening, model.templates)
  return { mll: reachOf([mll]), a4: reachOf([a4.whitenedLinear]), both: reachOf([mll, a4.whitenedLinear]) }
}

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
