import {
  writeDataset,
  type ArrayToWrite,
  type DatasetFile,
  type PreviewToWrite,
} from '../../../dataset/dataset-writer.ts'
import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { quantise } from '../../../dataset/preview-codes.ts'
import { operatorNames, quadraticCount } from '../../../physics/smeft/operators.ts'
import type { EftOrder, ObservableBins } from '../../../physics/drell-yan/spectrum-templates.ts'
import type { PdfSet } from '../../../physics/pdf/pdf-set.ts'
import { buildUniverseModel } from './build-model.ts'
import { replicaSpectrum } from './replicas.ts'
import type { CoefficientPrior } from './prior.ts'
import { sparseWords } from './sparse-bins.ts'
import type { Binning, DatasetSetup } from './setup.ts'
import { drawUniverses, universeSpectra, type UniverseModel, type UniverseTable } from './universes.ts'
import { whitenSpectra, type Whitening } from './whitening.ts'

/** Raised whenever the same seed would give other numbers. */
export const generatorVersion = 'theoryscape-dy-1'

const rowsPerChunk = 1000

/** What is counted, for the description of a corpus, and what its statistical errors are. */
const countedWords: Record<Binning, { spectra: string; poisson: string }> = {
  'mll-ptl': {
    spectra: 'm_ll and muon p_T spectra',
    poisson: 'Poisson statistics with the m_ll-p_T correlation of the same events',
  },
  'mll-fb': { spectra: 'm_ll spectra of forward and of backward pairs', poisson: 'Poisson statistics' },
  'mll-y-fb': {
    spectra: 'm_ll spectra of forward and of backward pairs in bins of |y|',
    poisson: 'Poisson statistics',
  },
  mll: { spectra: 'm_ll spectra in full phase space', poisson: 'Poisson statistics' },
}

/** The scale sources of a set-up, in words. */
const scaleWords = {
  lo: 'leading-order mu_F variation by a factor two',
  nlo: 'mu_F = mu_R varied together by a factor two at next-to-leading order: half the difference of both ways, and their mean',
  'nnlo-like': '1 % of every bin',
} as const

const observableLabels = {
  mll: 'm_ll',
  ptl: 'p_T of the muon',
  forward: 'm_ll, forward',
  backward: 'm_ll, backward',
} as const

/** "m_ll, forward, |y| 0.4 to 0.8" */
function labelOf({ name, absY }: ObservableBins): string {
  return `${observableLabels[name]}${absY ? `, |y| ${absY[0]} to ${absY[1]}` : ''}`
}

/**
 * Metadata of a corpus; hashes and arrays are added by the writer.
 *
 * @param kFactor  of each bin at next-to-leading order; null at leading
 */
export function corpusMetadata(
  setup: DatasetSetup,
  pdf: PdfSet,
  model: UniverseModel,
  id: string,
  kFactor: readonly number[] | null = null,
): Omit<DatasetManifest, 'arrays' | 'preview'> {
  const { spectra, poisson } = countedWords[setup.bins]
  const signed = setup.bins === 'mll-fb' || setup.bins === 'mll-y-fb'
  const formal = pdf.orderQcd === 0
  const sparse = sparseWords(model.templates.sm, setup.luminosityInvFb)
  return {
    schemaVersion: 1,
    id,
    title: `Neutral-current Drell-Yan${signed ? ' with forward and backward' : ''}, ${setup.sqrtSGeV / 1000} TeV${kFactor ? ', NLO QCD' : ''}`,
    description:
      `${kFactor ? 'Next-to-leading-order QCD' : 'Leading-order'} ${spectra} of SMEFT universes at O(1/Lambda^2) with correlated replicas. ` +
      (signed
        ? 'Forward is where the l- goes along the pair’s boost (Collins-Soper angle); which side the quark came from is diluted as the densities say. '
        : '') +
      (kFactor
        ? `One K-factor for each type of quark, the same for all operators: ${range(kFactor)} times leading order of the same densities. ${formal ? 'The densities were fitted at leading order: a formal test, too low. ' : ''}`
        : '') +
      'No shower, no detector. Binning, cuts, prior and covariance are the app’s own choices.',
    process: 'pp -> mu+ mu-',
    sqrtSGeV: setup.sqrtSGeV,
    lambdaTeV: 1,
    scheme: setup.scheme,
    pdf: { id: pdf.id, description: pdf.description },
    factorisationScale: setup.muF === 'mll' ? 'm_ll' : `${setup.muF} GeV`,
    widthShift: setup.widthShift,
    ...(kFactor && { qcd: { order: 'nlo' as const, kFactor: [...kFactor], formal } }),
    cuts: setup.bins === 'mll' ? null : { ptMinGeV: setup.ptMinGeV, absEtaMax: setup.absEtaMax },
    observables: model.templates.observables.map((observable) => ({
      name: observable.name,
      label: labelOf(observable),
      unit: 'GeV' as const,
      edges: observable.edges,
      ...(observable.absY && { absY: observable.absY }),
    })),
    operators: [...operatorNames],
    order: 'linear',
    prior: {
      name: model.prior.name,
      description: model.prior.description,
      halfWidth: [...model.prior.halfWidth],
    },
    noise: {
      luminosityInvFb: setup.luminosityInvFb,
      description: `Gaussian with the covariance of the SM for every universe: ${poisson}, plus the sources below.${sparse && ` ${sparse}`}`,
      sources: [
        { name: 'uncorrelated', description: '0.5 % of each bin' },
        { name: 'luminosity', description: '1.7 %, all bins together' },
        { name: 'lepton', description: 'efficiency and scale, 0.5 % at low to 1 % at high mass, correlated' },
        {
          name: 'pdf',
          description: `29 symmetric 68 % shifts of CT18NLO${signed ? ', those of m_ll on both sides alike: no error of the dilution' : ''}${setup.bins === 'mll' ? ', as tabulated with the default cuts' : ''}`,
        },
        ...(setup.scale === 'none'
          ? []
          : [
              {
                name: 'scale',
                description: scaleWords[setup.scale === 'lo' && kFactor ? 'nlo' : setup.scale],
              },
            ]),
      ],
    },
    universes: setup.universes,
    replicasPerUniverse: setup.replicasPerUniverse,
    seed: setup.seed,
    generator: generatorVersion,
  }
}

/** "1.146 to 1.268" */
function range(values: readonly number[]): string {
  return `${Math.min(...values).toPrecision(4)} to ${Math.max(...values).toPrecision(4)}`
}

/** The arrays that every dataset of universes has. */
export function modelArrays(model: UniverseModel, table: UniverseTable): Record<string, ArrayToWrite> {
  const { templates, covariance } = model
  const bins = templates.bins
  const n = operatorNames.length
  return {
    sm: { data: templates.sm, shape: [bins], unit: 'pb per bin', description: 'SM spectrum' },
    linear: {
      data: templates.linear,
      shape: [n, bins],
      unit: 'pb TeV^2 per bin',
      description: 'linear templates: spectrum = sm + C linear, C in TeV^-2',
    },
    quadratic: {
      data: templates.quadratic,
      shape: [quadraticCount, bins],
      unit: 'pb TeV^4 per bin',
      description: 'quadratic templates of pairs i <= j, row by row; i < j holds both orders',
    },
    covariance: {
      data: covariance,
      shape: [bins, bins],
      unit: '(pb per bin)^2',
      description: 'covariance of every replica about its universe',
    },
    coefficients: {
      data: table.coefficients,
      shape: [table.count, n],
      unit: 'TeV^-2',
      description: 'Wilson coefficients C / Lambda^2 of each universe; universe 0 is the SM',
    },
    flags: {
      data: table.flags,
      shape: [table.count],
      unit: 'bit field',
      description: 'bit 0: some bin of the linear spectrum is negative',
    },
  }
}

export interface RowsDrawn {
  universes: number
  of: number
  rows: Float32Array // [universes * replicas, bins], a view
}

/**
 * Rows of the corpus in order of universe, then replica, pb per bin in float32. Yields the fraction done.
 *
 * @param drawn  the first rows, from an earlier run with the same arguments: whole universes
 */
export function* corpusSpectra(
  model: UniverseModel,
  table: UniverseTable,
  replicas: number,
  seed: number,
  order: EftOrder,
  drawn: Float32Array = new Float32Array(0),
): Generator<RowsDrawn, Float32Array> {
  const bins = model.templates.bins
  const means = universeSpectra(model.templates, table, order)
  const spectra = new Float32Array(table.count * replicas * bins)
  const row = new Float64Array(bins)
  spectra.set(drawn)
  for (let u = Math.floor(drawn.length / (replicas * bins)); u < table.count; u++) {
    const mean = means.subarray(u * bins, (u + 1) * bins)
    for (let r = 0; r < replicas; r++) {
      replicaSpectrum(model.whitening, mean, seed, u, r, row)
      spectra.set(row, (u * replicas + r) * bins)
    }
    if (u % 50 === 49)
      yield { universes: u + 1, of: table.count, rows: spectra.subarray(0, (u + 1) * replicas * bins) }
  }
  return spectra
}

/** Sees the rows drawn so far; from those of an earlier run the next goes on. */
export interface CorpusOptions {
  drawn?: Float32Array
  /** Of another dataset, whose universes are drawn again. */
  prior?: CoefficientPrior
  /** Before there are rows. */
  afterTemplates?: (fraction: number) => Promise<void>
  afterRows?: (progress: RowsDrawn) => Promise<void>
}

/** A whole corpus as files. */
export async function makeCorpus(
  setup: DatasetSetup,
  pdf: PdfSet,
  id: string,
  { drawn, prior, afterTemplates, afterRows }: CorpusOptions = {},
): Promise<{ manifest: DatasetManifest; files: DatasetFile[] }> {
  const building = buildUniverseModel(setup, pdf, prior)
  let built = building.next()
  for (; !built.done; built = building.next()) await afterTemplates?.(built.value)
  const { model, kFactor } = built.value
  const table = drawUniverses(model, setup.universes, setup.seed)
  const drawing = corpusSpectra(model, table, setup.replicasPerUniverse, setup.seed, 'linear', drawn)
  let step = drawing.next()
  for (; !step.done; step = drawing.next()) await afterRows?.(step.value)
  const spectra = step.value
  const arrays = { ...modelArrays(model, table), spectra: spectraArray(spectra, model.templates.bins) }
  return writeDataset(
    corpusMetadata(setup, pdf, model, id, kFactor),
    arrays,
    rowPreview(model.whitening, spectra),
  )
}

export function spectraArray(spectra: Float32Array, bins: number): ArrayToWrite {
  return {
    data: spectra,
    shape: [spectra.length / bins, bins],
    unit: 'pb per bin',
    description: 'replicas, row = universe * replicasPerUniverse + replica',
    chunkRows: rowsPerChunk,
  }
}

/** Places on the map within 3e-4 of a standard deviation, by the shipped encoders; 13 bits would pass 1e-3, 12 not. */
const previewBits = 14

/** The rows as encoders read them, in few bits: less than half the bytes, and no whitening before they are encoded. */
export function rowPreview(whitening: Whitening, spectra: Float32Array): PreviewToWrite {
  const bins = whitening.reference.length
  const rows = spectra.length / bins
  return {
    ...quantise(whitenSpectra(whitening, spectra, rows), bins, previewBits),
    rows,
    unit: 'noise units',
    description: 'whitened rows of spectra, L^-1 (row - sm) with covariance = L L^T, for the map',
    chunkRows: rowsPerChunk,
  }
}

/** Runs a generator to its end, handing every report on. */
export function finish<Report, Result>(
  steps: Generator<Report, Result>,
  report: (value: Report) => void = () => undefined,
): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    report(step.value)
  }
}
