import type { RowEncoder } from '../../../ml/row-encoder.ts'
import type { RowChunk } from './dataset-types.ts'
import { unitNoise } from './replicas.ts'
import type { UniverseModel } from './universes.ts'
import { whitenSpectra } from './whitening.ts'

/** Rows per step: small enough that a cancel is noticed within a few frames. */
const blockRows = 1000

/** Latent coordinates of stored spectra, block by block. */
export function* embedSpectra(
  model: UniverseModel,
  encode: RowEncoder,
  spectra: Float32Array, // [rows, bins]
  rows: number,
): Generator<RowChunk, void> {
  const bins = model.templates.bins
  for (let firstRow = 0; firstRow < rows; firstRow += blockRows) {
    const count = Math.min(blockRows, rows - firstRow)
    const block = spectra.subarray(firstRow * bins, (firstRow + count) * bins)
    const latent = encode(whitenSpectra(model.whitening, block, count), count)
    yield { firstRow, rows: count, spectra: new Float32Array(0), latent }
  }
}

/**
 * Further replicas of every universe, drawn and encoded in whitened coordinates; spectra are not kept because
 * (seed, universe, replica) makes them again.
 */
export function* drawReplicas(
  whitenedMeans: Float32Array, // [universes, bins]
  bins: number,
  encode: RowEncoder,
  perUniverse: number,
  firstReplica: number,
  seed: number,
): Generator<RowChunk, void> {
  const universes = whitenedMeans.length / bins
  const perBlock = Math.max(1, Math.floor(blockRows / perUniverse))
  for (let u = 0; u < universes; u += perBlock) {
    const count = Math.min(perBlock, universes - u)
    const rows = count * perUniverse
    const x = new Float32Array(rows * bins)
    for (let row = 0; row < rows; row++) {
      const universe = u + Math.floor(row / perUniverse)
      const g = unitNoise(bins, seed, universe, firstReplica + (row % perUniverse))
      for (let b = 0; b < bins; b++) x[row * bins + b] = whitenedMeans[universe * bins + b] + g[b]
    }
    yield { firstRow: u * perUniverse, rows, spectra: new Float32Array(0), latent: encode(x, rows) }
  }
}
