import { whitenSpectra } from '../analysis/whitening.ts'
import type { DatasetRows, OpenDataset } from './drell-yan-state.ts'

/** Universes and replicas drawn on the live map of a training. */
const previewUniverses = 400
const previewReplicas = 4

export interface Preview {
  x: Float32Array // [rows, bins], whitened
  /** Universe of each row. */
  items: Int32Array // [rows]
}

/** The first universes of the dataset and some of their replicas: the rows of a training's live map. */
export function trainingPreview({ header }: OpenDataset, { spectra, exact: stored }: DatasetRows): Preview {
  const { table, manifest, universeModel: model, whitenedMeans } = header
  const bins = model.templates.bins
  const perUniverse = manifest.replicasPerUniverse
  const universes = Math.min(previewUniverses, table.count)
  const replicas = Math.min(previewReplicas, perUniverse)
  const x = new Float32Array(universes * (1 + replicas) * bins)
  const items = new Int32Array(universes * (1 + replicas))
  let count = 0
  for (let u = 0; u < universes; u++) {
    x.set(whitenedMeans.subarray(u * bins, (u + 1) * bins), count * bins)
    items[count++] = u
    for (let row = u * perUniverse; row < Math.min(u * perUniverse + replicas, stored); row++) {
      const spectrum = spectra.subarray(row * bins, (row + 1) * bins)
      whitenSpectra(model.whitening, spectrum, 1, x.subarray(count * bins, (count + 1) * bins))
      items[count++] = u
    }
  }
  return { x: x.slice(0, count * bins), items: items.slice(0, count) }
}
