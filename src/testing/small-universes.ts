import {
  corpusMetadata,
  corpusSpectra,
  finish,
  modelArrays,
  rowPreview,
  spectraArray,
} from '../studies/drell-yan/analysis/corpus.ts'
import { datasetHeader, embedUniverses } from '../studies/drell-yan/analysis/header.ts'
import { linearEncoder } from '../studies/drell-yan/analysis/linear-encoder.ts'
import { balancedPrior } from '../studies/drell-yan/analysis/prior.ts'
import { defaultSetup, type DatasetSetup } from '../studies/drell-yan/analysis/setup.ts'
import { drawUniverses, type UniverseModel } from '../studies/drell-yan/analysis/universes.ts'
import { createWhitening, whitenedTemplates } from '../studies/drell-yan/analysis/whitening.ts'
import type {
  DatasetHeader,
  LoadedEncoder,
  UniverseEmbedding,
} from '../studies/drell-yan/analysis/dataset-types.ts'
import { manifestDigest } from '../studies/drell-yan/analysis/datasets/open-dataset.ts'
import { writeDataset, type ArrayToWrite } from '../dataset/dataset-writer.ts'
import type { DatasetManifest } from '../dataset/manifest.ts'
import {
  defaultUncertainties,
  totalCovariance,
  uncertaintyModel,
} from '../physics/drell-yan/uncertainties.ts'
import { computeTemplates, type DrellYanTemplates } from '../physics/drell-yan/templates.ts'
import { spectrumTemplates } from '../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../physics/smeft/operators.ts'
import { toyPdf } from './toy-pdf.ts'

/** Real templates on few bins and few nodes: made in milliseconds, with all the structure of the default ones. */
export const smallTemplates: DrellYanTemplates = computeTemplates({
  observables: [
    { name: 'mll', edges: [60, 80, 88, 94, 110, 200, 500] },
    { name: 'ptl', edges: [25, 35, 43, 48, 70, 250] },
  ],
  pdf: toyPdf(),
  sqrtS: 13_000,
  scheme: 'MW',
  muF: 'mll',
  cuts: { ptMin: 25, absEtaMax: 2.4 },
  widthShift: false,
  nodes: { perSegment: 3, rapidity: 8 },
})

export const smallBins = smallTemplates.bins

export function smallModel(priorSigmas = 3): UniverseModel {
  const templates = spectrumTemplates(smallTemplates)
  const covariance = totalCovariance(uncertaintyModel(smallTemplates, defaultUncertainties))
  const whitening = createWhitening(templates.sm, covariance)
  const prior = balancedPrior(whitenedTemplates(whitening, templates), priorSigmas)
  return { templates, covariance, whitening, prior }
}

/** A prior in which next to no universe has a positive linear spectrum: one operator, signs both ways, huge. */
export function hopelessModel(): UniverseModel {
  const model = smallModel()
  const { bins, linear } = model.templates
  const bothWays = (o: number) => {
    const row = linear.subarray(o * bins, (o + 1) * bins)
    return Math.min(...row) < 0 && Math.max(...row) > 0
  }
  const operator = operatorNames.findIndex((_, o) => bothWays(o))
  const halfWidth = new Float64Array(operatorNames.length)
  halfWidth[operator] = 1e9
  return { ...model, prior: { name: 'hopeless', description: 'for tests', halfWidth } }
}

export const smallSetup: DatasetSetup = {
  ...defaultSetup,
  universes: 12,
  replicasPerUniverse: 3,
  priorSigmas: 3,
  seed: 5,
}

export interface SmallCorpus {
  manifest: DatasetManifest
  header: DatasetHeader
  encoder: LoadedEncoder
  embedding: UniverseEmbedding
  spectra: Float32Array // [universes * replicas, bins]
  files: Map<string, Uint8Array>
}

/** A whole small dataset: what is in memory after it was opened, and its files. */
export async function smallCorpus(
  changes: {
    setup?: Partial<DatasetSetup>
    metadata?: Partial<DatasetManifest>
    arrays?: (arrays: Record<string, ArrayToWrite>) => Record<string, ArrayToWrite>
    /** With rows in few bits beside the exact ones. */
    preview?: boolean
  } = {},
): Promise<SmallCorpus> {
  const setup = { ...smallSetup, ...changes.setup }
  const model = smallModel(setup.priorSigmas)
  const table = drawUniverses(model, setup.universes, setup.seed)
  const spectra = finish(corpusSpectra(model, table, setup.replicasPerUniverse, setup.seed, 'linear'))
  const metadata = { ...corpusMetadata(setup, toyPdf(), model, 'small-dy'), ...changes.metadata }
  const arrays = {
    ...modelArrays(model, table),
    spectra: { ...spectraArray(spectra, smallBins), chunkRows: 10 },
  }
  const preview = changes.preview ? { ...rowPreview(model.whitening, spectra), chunkRows: 10 } : undefined
  const { manifest, files } = await writeDataset(metadata, changes.arrays?.(arrays) ?? arrays, preview)
  const header = datasetHeader(manifest, await manifestDigest(manifest), model, table, null)
  const encoder = linearEncoder(header)
  const embedding = embedUniverses(header, encoder.mlp)
  return {
    ...{ manifest, header, encoder, embedding, spectra },
    files: new Map(files.map(({ name, bytes }) => [name, bytes])),
  }
}
