import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { heldOutUniverses } from '../encoder-limits.ts'
import { universeSpectra, type UniverseModel, type UniverseTable } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'
import { perUniverse, type EvaluationOptions } from './evaluation-options.ts'
import { noisySpectra } from './known-universes.ts'
import { whitenedExcess } from './shapes.ts'
import { withWiderPrior, type AnomalyClass } from './test-classes.ts'

/** Universes to call known, and the whitened spectra of each. */
export interface KnownGallery {
  table: UniverseTable
  means: Float32Array // [gallery, bins]
}

export function knownGallery(
  model: UniverseModel,
  { gallery, seed, order }: Pick<EvaluationOptions, 'gallery' | 'seed' | 'order'>,
): KnownGallery {
  const table = heldOutUniverses(model, gallery, seed, order)
  return { table, means: whitenedMeansOf(model, table, order) }
}

/** Means of the universes of the background: of the prior, but none of the gallery. @returns [universes, bins] whitened */
export function backgroundMeans(
  model: UniverseModel,
  { background, seed, order }: Pick<EvaluationOptions, 'background' | 'seed' | 'order'>,
): Float32Array {
  const universes = Math.ceil(background / perUniverse)
  return whitenedMeansOf(model, heldOutUniverses(model, universes, seed + 1, order), order)
}

/** Means of the universes from which the anomalies of a class are replicas. @returns [universes, bins] whitened */
export function anomalousMeans(
  model: UniverseModel,
  anomaly: AnomalyClass,
  { seed, order, anomalies }: EvaluationOptions,
  index: number,
): Float32Array {
  const universes = Math.ceil(anomalies / perUniverse)
  const from = anomaly.kind === 'outside' ? withWiderPrior(model, anomaly.factor) : model
  const table = heldOutUniverses(from, universes, seed + 100 + index, order)
  const means = whitenedMeansOf(model, table, order)
  if (anomaly.kind === 'shape') {
    const excess = whitenedExcess(model, anomaly.shape)
    for (let i = 0; i < means.length; i++) means[i] += excess[i % excess.length]
  }
  return means
}

/** Replicas of the means, `perUniverse` of each in turn. @returns [rows, bins] whitened */
export function testSpectra(means: Float32Array, bins: number, rows: number, seed: number): Float32Array {
  return noisySpectra(means, bins, perUniverse, seed).subarray(0, rows * bins)
}

/** @returns [universes, bins] whitened */
function whitenedMeansOf(model: UniverseModel, table: UniverseTable, order: EftOrder): Float32Array {
  return whitenSpectra(model.whitening, universeSpectra(model.templates, table, order), table.count)
}
