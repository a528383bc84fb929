import { whitenSpectra } from '../analysis/drell-yan/whitening.ts'
import type { OpenDataset } from './app-state.ts'

/** Universes and replicas drawn on the live map of a training. */
const previewUniverses = 400
const previewReplicas = 4

export interface Preview {
  x: Float32Array // [rows, bins], whitened
  universe: Int32Array // [rows]
}

/** The first universes of the dataset and some of their replicas: the rows of a training's live map. */
export function trainingPreview(open: OpenDataset): Preview {
  const { header, spectra, rows } = open
  const { table, manifest, model, whitenedMeans } = header
  const bins = model.templates.sm.length
  const perUniverse = manifest.replicasPerUniverse
  const universes = Math.min(previewUniverses, table.count)
  const replicas = Math.min(previewReplicas, perUniverse)
  const x = new Float32Array(universes * (1 + replicas) * bins)
  const universe = new Int32Array(universes * (1 + replicas))
  let count = 0
  for (let u = 0; u < universes; u++) {
    x.set(whitenedMeans.subarray(u * bins, (u + 1) * bins), count * bins)
    universe[count++] = u
    for (let row = u * perUniverse; row < Math.min(u * perUniverse + replicas, rows); row++) {
      const spectrum = spectra.subarray(row * bins, (row + 1) * bins)
      whitenSpectra(model.whitening, spectrum, 1, x.subarray(count * bins, (count + 1) * bins))
      universe[count++] = u
    }
  }
  return { x: x.slice(0, count * bins), universe: universe.slice(0, count) }
}
