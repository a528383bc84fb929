import type { EncodedFile } from '../../analysis/dataset-types.ts'
import { mlpOutputs, runMlp, type Mlp } from '../../../../ml/mlp.ts'

export interface DroppedRow {
  row: number
  z: [number, number]
  /** Length of the whitened spectrum: Mahalanobis distance to the SM. */
  distance: number
}

/** Where the first rows of a dropped file lie under an encoder, which may be another than when they were dropped. */
export function describeRows(
  file: Pick<EncodedFile, 'rows' | 'whitened'>,
  encoder: Mlp,
  most: number,
): DroppedRow[] {
  const { rows, whitened } = file
  if (rows === 0) return []
  const bins = whitened.length / rows
  const count = Math.min(most, rows)
  const latent = runMlp(encoder, whitened.subarray(0, count * bins), count)
  const d = mlpOutputs(encoder)
  return Array.from({ length: count }, (_, row) => {
    let squares = 0
    for (let b = 0; b < bins; b++) squares += whitened[row * bins + b] ** 2
    return { row, z: [latent[row * d], latent[row * d + 1]], distance: Math.sqrt(squares) }
  })
}
