import { whitenSpectra } from '../../analysis/whitening.ts'
import type { EncodedFile } from '../../analysis/dataset-types.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { LabelledPlace } from '../../../../ui/map/types.ts'

/** Rows of a dropped file that are drawn; the Data view lists them all. */
export const drawnDroppedRows = 200

/** Where dropped spectra lie on the map of now: its encoder may be another than the one they were read with. */
export function droppedPlaces(open: OpenDataset, file: EncodedFile | undefined): LabelledPlace[] {
  const { universeModel: model } = open.header
  const bins = model.templates.bins
  if (!file || file.spectra.length !== file.rows * bins) return [] // binned as another dataset
  const rows = Math.min(file.rows, drawnDroppedRows)
  const spectra = file.spectra.subarray(0, rows * bins)
  const latent = runMlp(open.encoder.mlp, whitenSpectra(model.whitening, spectra, rows), rows)
  const d = latent.length / rows
  return Array.from({ length: rows }, (_, row) => ({
    x: latent[row * d],
    y: latent[row * d + 1],
    ...(row === 0 ? { label: rows === 1 ? file.name : `${file.name}, row 0` } : {}),
  }))
}
