import { operatorNames, type OperatorName } from '../../../../physics/smeft/operators.ts'
import type { PdfSet } from '../../../../physics/pdf/pdf-set.ts'
import { chi2Survival } from '../../../../statistics/special.ts'
import { freeKTerms } from '../measurement.ts'
import { binsFrom, type Measurement } from '../measurement-file.ts'
import { above106, allBins, measurementModel } from '../measurement-model.ts'
import { whitenSpectra } from '../whitening.ts'
import { checkUnit, comparedFrom } from './measured-dataset.ts'

/** A measured spectrum beside leading order, with what its dataset in the page has. */
export interface MeasuredComparison {
  bins: number
  /** Edges of those that are compared [GeV] */
  edgesGeV: number[]
  /** K quadratic in ln m (and L, where leptons radiate), PDF and scale are nuisances. */
  chi2ToSm: number
  degreesOfFreedom: number
  pValue: number
  /** Fits of K(m) to the published errors alone. */
  kFits: { name: string; chi2: number; degreesOfFreedom: number }[]
  /** Legendre coefficients in ln m of the quadratic one. */
  k: { value: number; error: number }[]
  /** L = ln(m^2/m_l^2) - 1 of the leptons' photons, with a constant K. */
  radiation: { logarithm: number; error: number } | null
  /** One coefficient C/Lambda^2 [TeV^-2] at a time, at linear order; sigma null where the spectrum does not depend on it. */
  operators: { name: OperatorName; best: number | null; sigma: number | null }[]
}

/**
 * @param radiates  all bins are compared, with the leptons' photon radiation fitted; else those from 106 GeV up, as `comparedFrom` has it
 * @throws AppError 'data/mismatch' where the values are in another unit than d(sigma)/dm in pb/GeV
 */
export function compareMeasured(
  measurement: Measurement,
  pdf: PdfSet,
  radiates: boolean,
): MeasuredComparison {
  const from = radiates ? measurement.edges[0] : comparedFrom(measurement)
  const treatment = { ...(radiates ? { ...allBins, digits: null } : above106), fromGeV: from }
  const built = measurementModel(measurement, pdf, priorSigmas, treatment)
  checkUnit(measurement, built.fullSm)
  const { whitening } = built.model
  const difference = whitenSpectra(whitening, built.value, 1)
  const bins = difference.length
  const chi2ToSm = difference.reduce((sum, d) => sum + d * d, 0)
  const degreesOfFreedom = bins - freeKTerms - (radiates ? 1 : 0)
  return {
    bins,
    edgesGeV: [...binsFrom(measurement, from).edges],
    ...{ chi2ToSm, degreesOfFreedom, pValue: chi2Survival(chi2ToSm, degreesOfFreedom) },
    kFits: built.fits,
    k: Array.from(built.theta, (value, i) => ({ value, error: built.thetaError[i] })),
    radiation: built.radiation && {
      logarithm: built.radiation.logarithm,
      error: built.radiation.error,
    },
    operators: operatorNames.map((name, i) => {
      const slope = built.whitenedLinear.subarray(i * bins, (i + 1) * bins)
      const norm = slope.reduce((sum, w) => sum + w * w, 0)
      if (!(norm > 0)) return { name, best: null, sigma: null }
      const along = slope.reduce((sum, w, b) => sum + w * difference[b], 0)
      return { name, best: along / norm, sigma: 1 / Math.sqrt(norm) }
    }),
  }
}

/** Of a prior that nothing here is drawn from. */
const priorSigmas = 2
