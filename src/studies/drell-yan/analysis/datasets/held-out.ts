import type { LabelledBatch } from '../../../../ml/train-encoder.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { heldOutUniverses } from '../encoder-limits.ts'
import { unitNoise } from '../replicas.ts'
import { universeSpectra, type UniverseModel } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'

/** Far from the seeds that people type, so that no training ever draws these universes. */
export const heldOutSeed = 900_001

const universes = 200
const replicas = 8

/** Universes that no training sees, for early stopping. */
export function heldOutBatch(model: UniverseModel, order: EftOrder): LabelledBatch {
  const bins = model.templates.bins
  const table = heldOutUniverses(model, universes, heldOutSeed, order)
  const means = whitenSpectra(model.whitening, universeSpectra(model.templates, table, order), universes)
  const rows = universes * replicas
  const x = new Float32Array(rows * bins)
  const labels = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const universe = Math.floor(row / replicas)
    const noise = unitNoise(bins, heldOutSeed, universe, row % replicas)
    labels[row] = universe
    for (let b = 0; b < bins; b++) x[row * bins + b] = means[universe * bins + b] + noise[b]
  }
  return { x, labels, rows }
}
