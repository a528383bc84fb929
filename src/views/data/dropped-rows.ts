import type { EncodedFile } from '../../analysis/job-map.ts'

export interface DroppedRow {
  row: number
  z: [number, number]
  /** Length of the whitened spectrum: Mahalanobis distance to the SM. */
  distance: number
}

/** Where the first rows of a dropped file lie. */
export function describeRows(file: EncodedFile, most: number): DroppedRow[] {
  const { rows, latent, whitened } = file
  if (rows === 0) return []
  const d = latent.length / rows
  const bins = whitened.length / rows
  return Array.from({ length: Math.min(most, rows) }, (_, row) => {
    let squares = 0
    for (let b = 0; b < bins; b++) squares += whitened[row * bins + b] ** 2
    return { row, z: [latent[row * d], latent[row * d + 1]], distance: Math.sqrt(squares) }
  })
}
