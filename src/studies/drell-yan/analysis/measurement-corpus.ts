import { writeDataset, type DatasetFile } from '../../../dataset/dataset-writer.ts'
import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import type { PdfSet } from '../../../physics/pdf/pdf-set.ts'
import { corpusSpectra, finish, generatorVersion, modelArrays, rowPreview, spectraArray } from './corpus.ts'
import type { Measurement } from './measurement-file.ts'
import { freeKTerms } from './measurement.ts'
import { above106, kPriorWidth, measurementModel, type MeasurementTreatment } from './measurement-model.ts'
import { logarithmPriorWidth, usualLogarithm } from './radiation-fit.ts'
import { drawUniverses } from './universes.ts'

export interface MeasurementSetup {
  universes: number
  replicasPerUniverse: number
  priorSigmas: number
  seed: number
  /** Of the data [fb^-1], where it is known. */
  luminosityInvFb?: number
}

export const defaultMeasurementSetup: MeasurementSetup = {
  universes: 1000,
  replicasPerUniverse: 5,
  priorSigmas: 2,
  seed: 1,
  luminosityInvFb: 2.8,
}

/**
 * The measurement reaches four-fermion operators only where O(1/Lambda^2) alone already gives negative bins at high
 * mass, so its universes keep the squares of the same amplitudes.
 */
const measurementOrder = 'quadratic'

/** The measurement as a dataset of its own: templates, universes, replicas and the measured points as arrays. */
export async function makeMeasurementCorpus(
  measurement: Measurement,
  setup: MeasurementSetup,
  pdf: PdfSet,
  treatment: MeasurementTreatment = above106,
): Promise<{ manifest: DatasetManifest; files: DatasetFile[] }> {
  const built = measurementModel(measurement, pdf, setup.priorSigmas, treatment)
  const { model, radiation } = built
  const bins = model.templates.bins
  const table = drawUniverses(model, setup.universes, setup.seed)
  const spectra = finish(corpusSpectra(model, table, setup.replicasPerUniverse, setup.seed, measurementOrder))
  const metadata: Omit<DatasetManifest, 'arrays'> = {
    schemaVersion: 1,
    id: treatment.id,
    title: treatment.title,
    description:
      `The measured dsigma/dm_ll from ${treatment.fromGeV} GeV (${bins} bins) among SMEFT universes at leading order ` +
      (radiation
        ? `with the Z's running width, after photon radiation of the leptons with the L that fits best (${radiation.logarithm.toFixed(2)}), times the constant K-factor that fits best; L, K with its dependence on ln m, PDF and scale are nuisance directions of the covariance.`
        : 'times the constant K-factor that fits best; K with its dependence on ln m, PDF and scale are nuisance directions of the covariance.'),
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
      luminosityInvFb: setup.luminosityInvFb,
      description: 'The published covariance of the measurement, enlarged by the sources below.',
      sources: [
        ...(treatment.digits === null
          ? []
          : [
              {
                name: 'rounding',
                description: `values are printed with ${treatment.digits} digits: a twelfth of the squared step of each bin`,
              },
            ]),
        {
          name: 'k-factor',
          description: `three terms 1, ln m, ln^2 m times the SM, prior width ${kPriorWidth} each`,
        },
        ...(radiation
          ? [
              {
                name: 'radiation',
                description: `L of the photon radiation, ${usualLogarithm} +- ${logarithmPriorWidth} before the fit`,
              },
            ]
          : []),
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
      note: radiation
        ? 'Below the Z peak the data carry the tail of pairs whose leptons radiated photons: the bare leading order drawn here lacks it, data/LO climbs to about 2 at 64-86 GeV. With one number for the radiation, fitted, all bins are described but the one at 830-1000 GeV.'
        : `Compared from ${treatment.fromGeV} GeV up. Around the Z peak the data carry final-state photon radiation ` +
          '(a radiative tail below the peak) that leading order without QED lacks: data/LO climbs to about 2 at 64-86 GeV.',
      ...(radiation && { freeTerms: freeKTerms + 1 }),
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
    ...(radiation && {
      radiation: {
        data: Float64Array.of(radiation.logarithm, radiation.error),
        shape: [2],
        unit: '1',
        description: 'L = ln(m^2/m_l^2) - 1 of the photon radiation with a constant K: value, error',
      },
      'chi2-drop': {
        data: radiation.drop,
        shape: [bins],
        unit: '1',
        description: 'by how much the chi2 of that fit falls without each bin',
      },
    }),
    spectra: spectraArray(spectra, bins),
  }
  return writeDataset(metadata, arrays, rowPreview(model.whitening, spectra))
}
