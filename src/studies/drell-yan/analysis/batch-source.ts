import { createRng, type Rng } from '../../../numerics/rng.ts'
import { morphSpectrum, type EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import { drawCoefficients } from './prior.ts'
import type { UniverseModel } from './universes.ts'
import { whitenedTemplates, whitenSpectra } from './whitening.ts'

export interface Batch {
  x: Float32Array // [rows, bins], whitened
  labels: Int32Array // [rows], universe within the batch (or the fixed set)
  rows: number
}

export interface BatchOptions {
  seed: number
  universes: 'fresh' | 'fixed'
  fixedUniverses: number
  universesPerBatch: number
  replicasPerUniverse: number
  order: EftOrder
}

/** A prior so wide that hardly any universe is valid must not hang the page. */
const attempts = 100

/**
 * Training batches, each a pure function of (seed, step): a resumed training sees what an unbroken one would.
 * 'fresh' draws new universes from the prior in every batch; 'fixed' is the paper's fixed set. Universes whose
 * linear spectrum turns negative are redrawn: a negative cross-section teaches nothing about the world.
 */
export function createBatchSource(model: UniverseModel, options: BatchOptions) {
  const { order, replicasPerUniverse } = options
  const bins = model.templates.bins
  const root = createRng(options.seed)
  const drawMean = meanDrawer(model, order)

  const fixed = new Float32Array(options.universes === 'fixed' ? options.fixedUniverses * bins : 0)
  if (fixed.length) {
    const rng = root.split('fixed')
    for (let u = 0; u < options.fixedUniverses; u++) drawMean(rng, fixed.subarray(u * bins, (u + 1) * bins))
  }
  const perBatch = fixed.length
    ? Math.min(options.universesPerBatch, options.fixedUniverses)
    : options.universesPerBatch
  const rows = perBatch * replicasPerUniverse

  function next(step: number): Batch {
    const x = new Float32Array(rows * bins)
    const labels = new Int32Array(rows)
    const rng = root.split('batch').split(step)
    const chosen = fixed.length ? chooseWithoutRepeat(rng, perBatch, options.fixedUniverses) : null
    const drawn = new Float32Array(bins)
    for (let u = 0; u < perBatch; u++) {
      const label = chosen ? chosen[u] : u
      if (!chosen) drawMean(rng, drawn)
      const mean = chosen ? fixed.subarray(label * bins, (label + 1) * bins) : drawn
      for (let r = 0; r < replicasPerUniverse; r++) {
        const row = u * replicasPerUniverse + r
        labels[row] = label
        for (let b = 0; b < bins; b++) x[row * bins + b] = mean[b] + rng.normal()
      }
    }
    return { x, labels, rows }
  }

  return { features: bins, next }
}

/** Draws the whitened mean of a valid universe. In linear theory that is one small matrix product. */
function meanDrawer(model: UniverseModel, order: EftOrder): (rng: Rng, out: Float32Array) => void {
  const { templates, whitening, prior } = model
  const bins = templates.bins
  const spectrum = new Float64Array(bins)
  const coefficients = new Float64Array(prior.halfWidth.length)
  if (order === 'quadratic')
    return (rng, out) => {
      drawCoefficients(prior, rng, coefficients)
      whitenSpectra(whitening, morphSpectrum(templates, coefficients, order, spectrum), 1, out)
    }
  const whitened = whitenedTemplates(whitening, templates)
  return (rng, out) => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      drawCoefficients(prior, rng, coefficients)
      morphSpectrum(templates, coefficients, order, spectrum)
      if (spectrum.every((value) => value >= 0)) break
    }
    out.fill(0)
    for (let o = 0; o < coefficients.length; o++)
      for (let b = 0; b < bins; b++) out[b] += coefficients[o] * whitened[o * bins + b]
  }
}

function chooseWithoutRepeat(rng: Rng, count: number, from: number): number[] {
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(rng.integer(from))
  return [...chosen]
}
