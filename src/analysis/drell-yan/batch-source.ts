import { createRng } from '../../numerics/rng.ts'
import { morphSpectrum, type EftOrder } from '../../physics/drell-yan/spectrum-templates.ts'
import { drawCoefficients } from './prior.ts'
import { flagsOf, type UniverseModel } from './universes.ts'
import { whitenSpectra } from './whitening.ts'

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

/**
 * Training batches, each a pure function of (seed, step): a resumed training sees what an unbroken one would.
 * 'fresh' draws new universes from the prior in every batch; 'fixed' is the paper's fixed set. Universes whose
 * linear spectrum turns negative are redrawn: a negative cross-section teaches nothing about the world.
 */
export function createBatchSource(model: UniverseModel, options: BatchOptions) {
  const bins = model.templates.sm.length
  const root = createRng(options.seed)
  const spectrum = new Float64Array(bins)
  const coefficients = new Float64Array(model.prior.halfWidth.length)

  function whitenedMean(stream: string, out: Float32Array): void {
    for (let attempt = 0; ; attempt++) {
      drawCoefficients(model.prior, root.split(stream).split(attempt), coefficients)
      // A prior so wide that nothing survives must not hang the page; the flag then stays visible in the corpus.
      const valid = options.order === 'quadratic' || !flagsOf(model.templates, coefficients, spectrum)
      if (valid || attempt === 100) break
    }
    morphSpectrum(model.templates, coefficients, options.order, spectrum)
    whitenSpectra(model.whitening, spectrum, 1, out)
  }

  const fixed = new Float32Array(options.universes === 'fixed' ? options.fixedUniverses * bins : 0)
  if (options.universes === 'fixed')
    for (let u = 0; u < options.fixedUniverses; u++)
      whitenedMean(`fixed/${u}`, fixed.subarray(u * bins, (u + 1) * bins))

  const perBatch =
    options.universes === 'fixed'
      ? Math.min(options.universesPerBatch, options.fixedUniverses)
      : options.universesPerBatch
  const rows = perBatch * options.replicasPerUniverse

  function next(step: number): Batch {
    const x = new Float32Array(rows * bins)
    const labels = new Int32Array(rows)
    const noise = root.split('noise').split(step)
    const choose = root.split('choose').split(step)
    const mean = new Float32Array(bins)
    const chosen = new Set<number>()
    for (let u = 0; u < perBatch; u++) {
      let label = u
      if (options.universes === 'fixed') {
        do label = choose.integer(options.fixedUniverses)
        while (chosen.has(label))
        chosen.add(label)
        mean.set(fixed.subarray(label * bins, (label + 1) * bins))
      } else whitenedMean(`fresh/${step}/${u}`, mean)
      for (let r = 0; r < options.replicasPerUniverse; r++) {
        const row = u * options.replicasPerUniverse + r
        labels[row] = label
        for (let b = 0; b < bins; b++) x[row * bins + b] = mean[b] + noise.normal()
      }
    }
    return { x, labels, rows }
  }

  return { features: bins, next }
}
