import type { DatasetManifest } from '../../../../dataset/manifest.ts'
import { AppError } from '../../../../errors.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import { buildUniverseModel } from '../build-model.ts'
import { corpusMetadata, corpusSpectra } from '../corpus.ts'
import { datasetHeader, embedUniverses } from '../header.ts'
import { linearEncoder } from '../linear-encoder.ts'
import type { DatasetSetup } from '../setup.ts'
import { drawUniverses } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'
import { manifestDigest } from './open-dataset.ts'
import type { DatasetEvent } from '../dataset-types.ts'
import type { PdfFile } from '../../../../physics/pdf/open-pdf.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'

const rowsPerEvent = 1000

/**
 * A dataset made in the page: templates from the chosen PDF and set-up, universes, replicas. Its first map is
 * the closed-form PCA-2, which needs no training.
 */
export async function* buildDataset(request: {
  setup: DatasetSetup
  pdf: PdfFile[] | null
}): AsyncGenerator<DatasetEvent, { rows: number; fetches: number }> {
  const { setup } = request
  if (setup.qcdOrder === 'nlo' && !request.pdf)
    throw new AppError(
      'input/invalid',
      "Next-to-leading order needs a set of densities with an alpha_s of its own, but this set-up names none and the app's own is of leading order. Drop the files of one (.dat and .info), or choose LO.",
    )
  yield { kind: 'stage', label: 'Evolving PDF', fraction: 0 }
  const pdf = openPdf(request.pdf, lowestX(setup.sqrtSGeV))
  const steps = buildUniverseModel(setup, pdf)
  let step = steps.next()
  for (; !step.done; step = steps.next())
    yield { kind: 'stage', label: 'Building templates', fraction: step.value }
  const { model, kFactor } = step.value
  const table = drawUniverses(model, setup.universes, setup.seed)
  const manifest: DatasetManifest = { ...corpusMetadata(setup, pdf, model, 'page-made', kFactor), arrays: {} }
  const header = datasetHeader(manifest, await manifestDigest(manifest), model, table, null)
  const encoder = linearEncoder(header)
  yield { kind: 'header', header, encoder, embedding: embedUniverses(header, encoder.mlp) }

  const drawing = corpusSpectra(model, table, setup.replicasPerUniverse, setup.seed, 'linear')
  let drawn = drawing.next()
  for (; !drawn.done; drawn = drawing.next())
    yield { kind: 'stage', label: 'Drawing replicas', fraction: drawn.value.universes / drawn.value.of }
  const spectra = drawn.value
  const bins = model.templates.bins
  const rows = spectra.length / bins
  for (let firstRow = 0; firstRow < rows; firstRow += rowsPerEvent) {
    const count = Math.min(rowsPerEvent, rows - firstRow)
    const block = spectra.slice(firstRow * bins, (firstRow + count) * bins)
    const latent = runMlp(encoder.mlp, whitenSpectra(model.whitening, block, count), count)
    yield { kind: 'rows', tier: 'exact', chunk: { firstRow, rows: count, spectra: block, latent } }
  }
  return { rows, fetches: 0 }
}

/** Smallest momentum fraction that the default bins can ask for. */
function lowestX(sqrtSGeV: number): number {
  const lowestMass = 50
  if (!(sqrtSGeV > 3000))
    throw new AppError(
      'physics/out-of-range',
      `The default bins reach m_ll = 3000 GeV, so sqrt(s) must exceed that; got ${sqrtSGeV} GeV.`,
    )
  return (lowestMass / sqrtSGeV) ** 2
}
