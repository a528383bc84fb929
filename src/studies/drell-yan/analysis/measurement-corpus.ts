import { writeDataset, type DatasetFile } from '../../../dataset/dataset-writer.ts'
import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { AppError } from '../../../errors.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import type { PdfSet } from '../../../physics/pdf/pdf-set.ts'
import { spectrumTemplates } from '../../../physics/drell-yan/spectrum-templates.ts'
import { computeTemplates, perGeV, type DrellYanTemplates } from '../../../physics/drell-yan/templates.ts'
import { defaultUncertainties, nuisanceSources } from '../../../physics/drell-yan/uncertainties.ts'
import { corpusSpectra, finish, generatorVersion, modelArrays, rowPreview, spectraArray } from './corpus.ts'
import { fitKFactor, kFactor, logMassLegendre } from './k-factor.ts'
import { binsFrom, type Measurement } from './measurement-file.ts'
import { freeKTerms } from './measurement.ts'
import { balancedPrior } from './prior.ts'
import { drawUniverses, type UniverseModel } from './universes.ts'
import { createWhitening, whitenedTemplates } from './whitening.ts'

export interface MeasurementSetup {
  universes: number
  replicasPerUniverse: number
  priorSigmas: number
  seed: number
}

export const defaultMeasurementSetup: MeasurementSetup = {
  universes: 1000,
  replicasPerUniverse: 5,
  priorSigmas: 2,
  seed: 1,
}

/** Below this mass [GeV] final-state photon radiation, absent at leading order, shapes the measured spectrum. */
export const comparisonFromGeV = 106

/**
 * The measurement reaches four-fermion operators only where O(1/Lambda^2) alone already gives negative bins at high
 * mass, so its universes keep the squares of the same amplitudes.
 */
const measurementOrder = 'quadratic'

/** Prior width of each of the three K-factor terms: wide enough that the data alone decide. */
export const kPriorWidth = 1

export interface MeasurementModel {
  model: UniverseModel
  /** LO on all measured bins, pb/GeV */
  fullSm: Float64Array
  /** The fit quadratic in ln m */
  theta: Float64Array // [3]
  thetaError: Float64Array // [3]
  fits: { name: string; chi2: number; degreesOfFreedom: number }[]
  value: Float64Array // [bins], pb per bin
  dataCovariance: Float64Array // [bins, bins]
  whitenedLinear: Float64Array
}

function templatesOn(edges: number[], pdf: PdfSet, sqrtS: number): DrellYanTemplates {
  return computeTemplates({
    observables: [{ name: 'mll', edges }],
    pdf,
    sqrtS,
    scheme: 'MW',
    muF: 'mll',
    cuts: null,
    widthShift: false,
  })
}

/**
 * Leading order made comparable with a measurement from 106 GeV up: every template is multiplied by the constant K
 * that fits best, and the three K terms, the PDF and the scale shifts enlarge the covariance, so that what whitening
 * keeps is insensitive to them. Source: drell-yan notes 6.1.
 *
 * The quadratic fit itself is reported, but is no centre for theory: where the data end, at 1.5-3 TeV, it falls
 * below zero, and a cross-section with it.
 *
 * @param centre  K parameters to use in place of the constant (a test shows that they hardly matter)
 * @throws        AppError 'physics/out-of-range' where K(m) is not positive
 */
export function measurementModel(
  measurement: Measurement,
  pdf: PdfSet,
  priorSigmas: number,
  centre?: Float64Array,
): MeasurementModel {
  const { edges, value, covariance: dataCovariance } = binsFrom(measurement, comparisonFromGeV)
  const full = templatesOn(measurement.edges, pdf, measurement.sqrtSGeV)
  const lo = templatesOn(edges, pdf, measurement.sqrtSGeV)
  const fits = [1, 2, 3].map((terms) => fitKFactor(edges, value, dataCovariance, lo.sm, terms))
  const fitted = fits[2]
  const k = kFactor(edges, centre ?? fits[0].parameters)
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
  const covariance = Float64Array.from(dataCovariance)
  for (const shift of shifts)
    for (let a = 0; a < bins; a++)
      for (let b = 0; b < bins; b++) covariance[a * bins + b] += shift[a] * shift[b]
  const whitening = createWhitening(templates.sm, covariance)
  const whitenedLinear = whitenedTemplates(whitening, templates)
  return {
    model: { templates, covariance, whitening, prior: balancedPrior(whitenedLinear, priorSigmas) },
    fullSm: perGeV(full.observables, full.sm),
    theta: fitted.parameters,
    thetaError: Float64Array.from([0, 1, 2], (i) => Math.sqrt(fitted.covariance[4 * i])),
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

/** The measurement as a dataset of its own: templates, universes, replicas and the measured points as arrays. */
export async function makeMeasurementCorpus(
  measurement: Measurement,
  setup: MeasurementSetup,
  pdf: PdfSet,
): Promise<{ manifest: DatasetManifest; files: DatasetFile[] }> {
  const built = measurementModel(measurement, pdf, setup.priorSigmas)
  const { model } = built
  const bins = model.templates.bins
  const table = drawUniverses(model, setup.universes, setup.seed)
  const spectra = finish(corpusSpectra(model, table, setup.replicasPerUniverse, setup.seed, measurementOrder))
  const metadata: Omit<DatasetManifest, 'arrays'> = {
    schemaVersion: 1,
    id: measurement.id,
    title: measurement.title,
    description:
      `The measured dsigma/dm_ll from ${comparisonFromGeV} GeV (${bins} bins) among SMEFT universes at leading order ` +
      'times the constant K-factor that fits best; K with its dependence on ln m, PDF and scale are nuisance directions of the covariance.',
    process: 'pp -> l+ l-',
    sqrtSGeV: measurement.sqrtSGeV,
    lambdaTeV: 1,
    scheme: 'MW',
    pdf: { id: pdf.id, description: pdf.description },
    factorisationScale: 'm_ll',
    widthShift: false,
    cuts: null,
    observables: [{ name: 'mll', label: 'm_ll', unit: 'GeV', edges: model.templates.observables[0].edges }],
    operators: [...operatorNames],
    order: measurementOrder,
    prior: {
      name: model.prior.name,
      description: model.prior.description,
      halfWidth: [...model.prior.halfWidth],
    },
    noise: {
      luminosityInvFb: 2.8,
      description: 'The published covariance of the measurement, enlarged by the sources below.',
      sources: [
        {
          name: 'k-factor',
          description: `three terms 1, ln m, ln^2 m times the SM, prior width ${kPriorWidth} each`,
        },
        { name: 'pdf', description: '29 symmetric 68 % shifts of CT18NLO' },
        { name: 'scale', description: 'leading-order mu_F variation by a factor two' },
      ],
    },
    universes: setup.universes,
    replicasPerUniverse: setup.replicasPerUniverse,
    seed: setup.seed,
    generator: generatorVersion,
    measurement: {
      title: measurement.title,
      citation: measurement.citation,
      url: measurement.url,
      note:
        `Compared from ${comparisonFromGeV} GeV up. Around the Z peak the data carry final-state photon radiation ` +
        '(a radiative tail below the peak) that leading order without QED lacks: data/LO climbs to about 2 at 64-86 GeV.',
    },
  }
  const all = measurement.value.length
  const arrays = {
    ...modelArrays(model, table),
    measured: { data: built.value, shape: [bins], unit: 'pb per bin', description: 'measured cross-section' },
    'measured-covariance': {
      data: built.dataCovariance,
      shape: [bins, bins],
      unit: '(pb per bin)^2',
      description: 'published covariance',
    },
    'k-factor': {
      data: Float64Array.from([...built.theta, ...built.thetaError]),
      shape: [2, 3],
      unit: '1',
      description: 'K(m) = sum_k theta_k ln^k(m / m_Z): values, then errors',
    },
    'k-fits': {
      data: Float64Array.from(built.fits.flatMap((fit) => [fit.chi2, fit.degreesOfFreedom])),
      shape: [3, 2],
      unit: '1',
      description: 'chi2 and degrees of freedom of the constant, linear and quadratic K',
    },
    'full-edges': {
      data: Float64Array.from(measurement.edges),
      shape: [all + 1],
      unit: 'GeV',
      description: 'edges of all measured bins',
    },
    'full-measured': {
      data: measurement.value,
      shape: [all],
      unit: 'pb/GeV',
      description: 'all measured bins',
    },
    'full-error': {
      data: measurement.error,
      shape: [all],
      unit: 'pb/GeV',
      description: 'their total errors',
    },
    'full-sm': {
      data: built.fullSm,
      shape: [all],
      unit: 'pb/GeV',
      description: 'leading-order SM on all bins',
    },
    spectra: spectraArray(spectra, bins),
  }
  return writeDataset(metadata, arrays, rowPreview(model.whitening, spectra))
}
