import { readSpectraFile } from '../../../../dataset/spectra-file.ts'
import { runMlp, type Mlp } from '../../../../ml/mlp.ts'
import type { EncodedFile } from '../dataset-types.ts'
import type { UniverseModel } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'

/** A user's spectra in the whitened and latent spaces of the open dataset, binned as the dataset is. */
export async function encodeFile(request: {
  name: string
  bytes: Uint8Array
  model: UniverseModel
  encoder: Mlp
}): Promise<EncodedFile> {
  const { name, bytes, model, encoder } = request
  const table = await readSpectraFile(name, bytes, {
    bins: model.templates.bins,
    edges: model.templates.observables.map(({ edges }) => edges),
  })
  const whitened = whitenSpectra(model.whitening, table.data, table.rows)
  return {
    name,
    rows: table.rows,
    spectra: table.data,
    whitened,
    latent: runMlp(encoder, whitened, table.rows),
    negativeValues: table.negativeValues,
    notes: table.notes,
  }
}
