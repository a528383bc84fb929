import { AppError } from '../../../errors.ts'
import type { PdfSet } from '../../../physics/pdf/pdf-set.ts'
import { spectrumTemplates } from '../../../physics/drell-yan/spectrum-templates.ts'
import { radiatedSpectrum } from '../../../physics/drell-yan/radiated-spectrum.ts'
import type { TemplateRequest } from '../../../physics/drell-yan/template-request.ts'
import { computeTemplates, perGeV } from '../../../physics/drell-yan/templates.ts'
import { defaultUncertainties, nuisanceSources } from '../../../physics/drell-yan/uncertainties.ts'
import type { ZWidth } from '../../../physics/drell-yan/amplitude.ts'
import { fitKFactor, kFactor, logMassLegendre } from './k-factor.ts'
import { fitWithRadiation, logarithmPriorWidth, slopeOf, withRounding } from './radiation-fit.ts'
import { binsFrom, type Measurement } from './measurement-file.ts'
import { freeKTerms } from './measurement.ts'
import { balancedPrior } from './prior.ts'
import type { UniverseModel } from './universes.ts'
import { createWhitening, whitenedTemplates } from './whitening.ts'

/** How theory is made comparable with the measured bins. */
export interface MeasurementTreatment {
  /** of the dataset */
  id: string
  title: string
  /** Lowest edge [GeV] that takes part. */
  fromGeV: number
  /** Leptons radiate photons, with L fitted: below the Z peak nothing else describes the data. */
  radiation: boolean
  width: ZWidth
  /** Significant digits that the values are printed with; null: their rounding is left out. */
  digits: number | null
}

/** The bins above the region that photon radiation shapes, with theory that has none: as links before version 0.2 have it. */
export const above106: MeasurementTreatment = {
  id: 'cms-dy-13tev',
  title: 'CMS Drell-Yan, 13 TeV',
  fromGeV: 106,
  radiation: false,
  width: 'fixed',
  digits: null,
}

/** All bins of the CMS measurement. */
export const allBins: MeasurementTreatment = {
  id: 'cms-dy-13tev-43',
  title: 'CMS Drell-Yan, 13 TeV, all bins',
  fromGeV: 15,
  radiation: true,
  width: 'running',
  digits: 2,
}

/** Prior width of each of the three K-factor terms: wide enough that the data alone decide. */
export const kPriorWidth = 1

export interface MeasurementModel {
  model: UniverseModel
  /** LO on all measured bins, pb/GeV */
  fullSm: Float64Array
  /** The fit quadratic in ln m */
  theta: Float64Array // [3]
  thetaError: Float64Array // [3]
  /** L of the photon radiation with a K quadratic in ln m, where leptons radiate; chi2 that each bin adds. */
  radiation: { logarithm: number; error: number; drop: Float64Array } | null
  fits: { name: string; chi2: number; degreesOfFreedom: number }[]
  value: Float64Array // [bins], pb per bin
  dataCovariance: Float64Array // [bins, bins]
  whitenedLinear: Float64Array
}

/**
 * Leading order made comparable with a measurement: every template is multiplied by the constant K that fits best,
 * after the leptons have radiated photons where the treatment says so (L as fitted with it); the three K terms, L, the PDF
 * and the scale shifts enlarge the covariance, so that what whitening keeps is insensitive to them.
 * Source: drell-yan notes 6.1, drell-yan-beyond-lo notes B.2.
 *
 * The quadratic fit itself is reported, but is no centre for theory: where the data end, at 1.5-3 TeV, it falls
 * below zero without radiation, and a cross-section with it.
 *
 * @param centre  K parameters to use in place of the constant (a test shows that they hardly matter)
 * @throws        AppError 'physics/out-of-range' where K(m) is not positive
 */
export function measurementModel(
  measurement: Measurement,
  pdf: PdfSet,
  priorSigmas: number,
  treatment: MeasurementTreatment = above106,
  centre?: Float64Array,
): MeasurementModel {
  const { fromGeV, radiation, width, digits } = treatment
  const covered = digits === null ? measurement.covariance : withRounding(measurement, digits)
  const {
    edges,
    value,
    covariance: dataCovariance,
  } = binsFrom({ ...measurement, covariance: covered }, fromGeV)
  const request = (on: number[]): TemplateRequest => ({
    ...{ observables: [{ name: 'mll', edges: on }], pdf, sqrtS: measurement.sqrtSGeV, scheme: 'MW' },
    ...{ muF: 'mll', cuts: null, widthShift: false, width },
  })
  const full = computeTemplates({ ...request(measurement.edges), scaleVariations: false })
  const radiated = radiatedSpectrum(request(edges))
  const photons = radiation
    ? [1, 2, 3].map((terms) => fitWithRadiation(edges, value, dataCovariance, radiated, terms))
    : null
  const lo = computeTemplates({
    ...request(edges),
    ...(photons && { radiation: { logarithm: photons[0].logarithm } }),
  })
  const fits = photons ?? [1, 2, 3].map((terms) => fitKFactor(edges, value, dataCovariance, lo.sm, terms))
  const fitted = fits[2]
  const k = kFactor(edges, centre ?? fits[0].parameters.slice(0, 1))
  const negative = k.findIndex((value) => !(value > 0))
  if (negative >= 0)
    throw new AppError(
      'physics/out-of-range',
      `The K-factor is ${k[negative].toPrecision(3)} at ${edges[negative]}-${edges[negative + 1]} GeV of ${measurement.title}, must be > 0. Use fewer terms in ln m.`,
    )
  const bins = k.length
  const scaled = (array: Float64Array) => array.map((entry, at) => entry * k[at % bins])
  const templates = spectrumTemplates({
    observables: lo.observables,
    sm: scaled(lo.sm),
    linear: scaled(lo.linear),
    quadratic: scaled(lo.quadratic),
  })
  const shifts = nuisanceSources(lo, {
    ...defaultUncertainties,
    luminosity: 0,
    lepton: { low: 0, high: 0 },
    scale: 'lo',
  }).map(({ shift }) => scaled(shift))
  for (const term of logMassLegendre(edges, freeKTerms))
    shifts.push(term.map((p, b) => kPriorWidth * p * lo.sm[b]))
  if (photons)
    shifts.push(scaled(slopeOf(radiated, photons[0].logarithm).map((d) => logarithmPriorWidth * d)))
  const covariance = Float64Array.from(dataCovariance)
  for (const shift of shifts)
    for (let a = 0; a < bins; a++)
      for (let b = 0; b < bins; b++) covariance[a * bins + b] += shift[a] * shift[b]
  const whitening = createWhitening(templates.sm, covariance)
  const whitenedLinear = whitenedTemplates(whitening, templates)
  const parameters = fitted.parameters.length
  return {
    model: { templates, covariance, whitening, prior: balancedPrior(whitenedLinear, priorSigmas) },
    fullSm: perGeV(full.observables, full.sm),
    theta: fitted.parameters.slice(0, freeKTerms),
    thetaError: Float64Array.from({ length: freeKTerms }, (_, i) =>
      Math.sqrt(fitted.covariance[i * (parameters + 1)]),
    ),
    radiation: photons && {
      logarithm: photons[0].logarithm,
      error: photons[0].error,
      drop: photons[0].drop,
    },
    fits: fits.map(({ chi2, degreesOfFreedom }, i) => ({
      name: ['constant', 'linear in ln m', 'quadratic in ln m'][i],
      chi2,
      degreesOfFreedom,
    })),
    value,
    dataCovariance,
    whitenedLinear,
  }
}
