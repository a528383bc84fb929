import { AppError } from '../../../errors.ts'
import { runMlp, type Mlp } from '../../../ml/mlp.ts'
import type { EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import { createRng } from '../../../numerics/rng.ts'
import {
  bayesAccuracy,
  nearestRow,
  principalAxes,
  project,
  squaredDistances,
  type Estimate,
} from '../../../statistics/gaussian-limit.ts'
import { distanceCorrelation, recallAt, trustworthiness } from '../../../statistics/retrieval-metrics.ts'
import { unitNoise } from './replicas.ts'
import { drawUniverses, universeSpectra, type UniverseModel, type UniverseTable } from './universes.ts'
import { whitenSpectra } from './whitening.ts'

/** Scores of one 2-D (or d-D) representation on universes that no training has seen. */
export interface RepresentationScores {
  name: string
  /** Fraction of replicas whose nearest latent class mean is their own universe. */
  accuracy: Estimate
  recallAt1: number
  recallAt5: number
  /** Spearman correlation of latent with Fisher distances. */
  distanceCorrelation: number
  trustworthiness: number
  continuity: number
}

export interface EncoderLimits {
  universes: number
  replicas: number
  seed: number
  /** In the order: learned (when a network is given), PCA-2, PCA-5. */
  scores: RepresentationScores[]
  /** Accuracy of the Bayes posterior: no encoder can beat it. */
  bayes: Estimate
}

export interface LimitOptions {
  universes: number
  replicas: number
  seed: number
  order: EftOrder
}

/**
 * Universes for tests and early stopping. In linear theory those with a negative bin are left out; with squares
 * kept every spectrum is positive.
 */
export function heldOutUniverses(
  model: UniverseModel,
  count: number,
  seed: number,
  order: EftOrder,
): UniverseTable {
  if (order === 'quadratic') {
    const table = drawUniverses(model, count + 1, seed)
    return {
      count,
      coefficients: table.coefficients.slice(model.prior.halfWidth.length),
      flags: table.flags.slice(1),
    }
  }
  const n = model.prior.halfWidth.length
  const table = drawUniverses(model, count * 20, seed)
  const coefficients = new Float64Array(count * n)
  let kept = 0
  for (let u = 1; u < table.count && kept < count; u++)
    if (!table.flags[u]) coefficients.set(table.coefficients.subarray(u * n, (u + 1) * n), kept++ * n)
  if (kept < count)
    throw new AppError(
      'physics/out-of-range',
      `Only ${kept} of ${table.count - 1} universes drawn from prior ${model.prior.name} have a positive linear spectrum; ${count} are needed. Narrow the prior.`,
    )
  return { count, coefficients, flags: new Uint8Array(count) }
}

/**
 * The closed-form limits beside a learned encoder, on held-out universes: Bayes accuracy, PCA-2 and PCA-5 fitted
 * to other universes of the same prior, and the same scores for the network. Yields the fraction done.
 *
 * Sources: drell-yan notes 7.3-7.5; Khosla et al. arXiv:2004.11362 for the loss the network was trained with.
 */
export function* encoderLimits(
  model: UniverseModel,
  encoder: Mlp | null,
  options: LimitOptions,
): Generator<number, EncoderLimits> {
  const { universes, replicas, seed, order } = options
  const bins = model.templates.bins
  const means = whitenRows(model, heldOutUniverses(model, universes, seed, order), order)
  const reference = whitenRows(model, heldOutUniverses(model, 400, seed + 1, order), order)
  yield 0.1

  const own = principalAxes(means, universes, bins)
  const bayes = bayesAccuracy(
    project(own, means, universes, bins, own.rank),
    universes,
    own.rank,
    replicas,
    createRng(seed).split('bayes'),
  )
  yield 0.3

  const truth = squaredDistances(means, universes, means, universes, bins)
  const noisy = new Float32Array(universes * replicas * bins)
  for (let u = 0; u < universes; u++)
    for (let r = 0; r < replicas; r++) {
      const g = unitNoise(bins, seed, u, r)
      for (let b = 0; b < bins; b++) noisy[(u * replicas + r) * bins + b] = means[u * bins + b] + g[b]
    }
  yield 0.5

  const scores: RepresentationScores[] = []
  if (encoder) {
    const d = encoder.layers[encoder.layers.length - 1].outputs
    const latent = Float64Array.from(runMlp(encoder, noisy, universes * replicas))
    scores.push(score('learned', latent, d, universes, replicas, truth))
    yield 0.7
  }
  const axes = principalAxes(reference, 400, bins)
  for (const wanted of [2, 5]) {
    const d = Math.min(wanted, axes.rank)
    scores.push(
      score(
        `PCA-${wanted}`,
        project(axes, noisy, universes * replicas, bins, d),
        d,
        universes,
        replicas,
        truth,
      ),
    )
    yield 0.7 + 0.05 * wanted
  }
  return { universes, replicas, seed, scores, bayes }
}

function whitenRows(model: UniverseModel, table: UniverseTable, order: EftOrder): Float64Array {
  return Float64Array.from(
    whitenSpectra(model.whitening, universeSpectra(model.templates, table, order), table.count),
  )
}

/** Class means come from even replicas and are tested on odd ones, so no replica votes for itself. */
function score(
  name: string,
  latent: Float64Array,
  d: number,
  universes: number,
  replicas: number,
  truth: Float64Array,
): RepresentationScores {
  const centres = new Float64Array(universes * d)
  const even = Math.ceil(replicas / 2)
  for (let u = 0; u < universes; u++)
    for (let r = 0; r < replicas; r += 2)
      for (let k = 0; k < d; k++) centres[u * d + k] += latent[(u * replicas + r) * d + k] / even
  let correct = 0
  let total = 0
  for (let u = 0; u < universes; u++)
    for (let r = 1; r < replicas; r += 2) {
      const at = (u * replicas + r) * d
      if (nearestRow(centres, universes, d, latent.subarray(at, at + d)) === u) correct++
      total++
    }
  const value = correct / total
  const found = squaredDistances(centres, universes, centres, universes, d)
  return {
    name,
    accuracy: { value, error: Math.sqrt(Math.max(value * (1 - value), 1 / total) / total) },
    recallAt1: recallAt(1, truth, found, universes),
    recallAt5: recallAt(5, truth, found, universes),
    distanceCorrelation: distanceCorrelation(truth, found, universes),
    trustworthiness: trustworthiness(5, truth, found, universes),
    continuity: trustworthiness(5, found, truth, universes),
  }
}
