import { runMlp, mlpOutputs, type Mlp } from '../../../../ml/mlp.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { KnownPlaces } from '../../../../statistics/anomaly/latent-scores.ts'
import { heldOutUniverses } from '../encoder-limits.ts'
import { unitNoise } from '../replicas.ts'
import { universeSpectra, type UniverseModel } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'
import { createScorer, empiricalScores, type EmpiricalScore } from './scorer.ts'

/** What "known" means: the universes of a gallery, replicas of them on the map, and how other replicas score. */
export interface KnownUniverses {
  /** Numbers of the gallery's universes in the dataset */
  universes: Int32Array
  whitened: Float32Array // [universes, bins] means
  latent: Float32Array // [universes, d] places of the means
  places: KnownPlaces
  /** Ascending scores of spectra of universes that are not in the gallery: where p-values are read off. */
  calibration: Record<EmpiricalScore, Float64Array>
}

export interface KnownOptions {
  seed: number
  /** Replicas per universe among the known places. */
  replicas: number
  calibration: number
}

export const knownDefaults: KnownOptions = { seed: 910_001, replicas: 2, calibration: 4000 }

/** Calibration spectra that share a universe: their scores hardly depend on each other, drawing universes costs. */
const perUniverse = 4

/**
 * @param universes  gallery rows to keep, e.g. those with a positive spectrum
 * @param means      [all, bins] whitened
 * @param calibrated scores of calibration spectra of the same, where they were drawn before: the longest part of it
 */
export function* knownUniverses(
  model: UniverseModel,
  encoder: Mlp,
  means: Float32Array,
  universes: Int32Array,
  order: EftOrder,
  options: KnownOptions = knownDefaults,
  calibrated: KnownUniverses['calibration'] | null = null,
): Generator<number, KnownUniverses> {
  const bins = model.templates.bins
  const { seed, replicas, calibration } = options
  const whitened = new Float32Array(universes.length * bins)
  universes.forEach((u, i) => whitened.set(means.subarray(u * bins, (u + 1) * bins), i * bins))
  const d = mlpOutputs(encoder)
  const latent = runMlp(encoder, whitened, universes.length)
  const noisy = noisySpectra(whitened, bins, replicas, seed)
  const points = Float64Array.from(runMlp(encoder, noisy, universes.length * replicas))
  const classOf = Int32Array.from({ length: universes.length * replicas }, (_, row) =>
    Math.floor(row / replicas),
  )
  // The mean of a class in the latent is that of its replicas, of which there are few: the mean spectrum's place
  // stands for it.
  const places = { dimensions: d, centres: Float64Array.from(latent), points, classOf }
  yield 0.2

  const found = { universes, whitened, latent, places }
  if (calibrated) return { ...found, calibration: calibrated }
  const known: KnownUniverses = {
    ...found,
    calibration: Object.fromEntries(
      empiricalScores.map((name) => [name, new Float64Array(calibration)]),
    ) as Record<EmpiricalScore, Float64Array>,
  }
  const others = heldOutUniverses(model, Math.ceil(calibration / perUniverse), seed, order)
  const spectra = noisySpectra(
    whitenSpectra(model.whitening, universeSpectra(model.templates, others, order), others.count),
    bins,
    perUniverse,
    seed + 1,
  )
  const z = runMlp(encoder, spectra, spectra.length / bins)
  const score = createScorer(bins, known)
  yield 0.3
  for (let row = 0; row < calibration; row++) {
    const values = score(spectra.subarray(row * bins, (row + 1) * bins), z.subarray(row * d, (row + 1) * d))
    for (const name of empiricalScores) known.calibration[name][row] = values[name]
    if (row % 500 === 499) yield 0.3 + (0.7 * row) / calibration
  }
  for (const name of empiricalScores) known.calibration[name].sort()
  return known
}

/** Gallery rows that are cross-sections: all but those flagged negative, which only linear theory has. */
export function positiveUniverses(flags: Uint8Array, order: EftOrder): Int32Array {
  const all = Int32Array.from(flags, (_, u) => u)
  return order === 'quadratic' ? all : all.filter((u) => !flags[u])
}

/** Whitened replicas, `replicas` of each mean one after the other. */
export function noisySpectra(
  means: Float32Array, // [universes, bins]
  bins: number,
  replicas: number,
  seed: number,
): Float32Array {
  const rows = (means.length / bins) * replicas
  const out = new Float32Array(rows * bins)
  for (let row = 0; row < rows; row++) {
    const universe = Math.floor(row / replicas)
    const noise = unitNoise(bins, seed, universe, row % replicas)
    for (let b = 0; b < bins; b++) out[row * bins + b] = means[universe * bins + b] + noise[b]
  }
  return out
}
