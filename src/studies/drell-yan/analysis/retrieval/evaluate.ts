import { mlpOutputs, runMlp, type Mlp } from '../../../../ml/mlp.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { principalAxes, project, squaredDistances } from '../../../../statistics/gaussian-limit.ts'
import { retrievalScores, type RetrievalScores } from '../../../../statistics/retrieval-metrics-gallery.ts'
import { trustworthiness } from '../../../../statistics/retrieval-metrics.ts'
import { heldOutUniverses } from '../encoder-limits.ts'
import { unitNoise } from '../replicas.ts'
import { universeSpectra, type UniverseModel } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'

export interface RetrievalOptions {
  seed: number
  order: EftOrder
  /** Universes that no training and no gallery has seen. */
  queries: number
  /** Asked with the spectrum of the universe, or with one noisy replica of it. */
  query: 'mean' | 'replica'
}

export const retrievalDefaults = { seed: 930_001, queries: 300, query: 'replica' } as const

/** Recalls that are reported. */
const ks = [1, 5, 10]
/** Neighbours on the map that trustworthiness and continuity look at. */
export const trustedNeighbours = 10

export interface RepresentationRetrieval extends RetrievalScores {
  name: string
  trustworthiness: number
  continuity: number
}

export interface RetrievalEvaluation {
  options: RetrievalOptions
  gallery: number
  /** Learned (where there is a network), PCA-2, PCA-5, all directions: the last is the true answer. */
  representations: RepresentationRetrieval[]
}

/**
 * Held-out universes as queries to a gallery of universe means: how well does each representation order the gallery
 * as the noise-free Fisher distance does? Yields the fraction done.
 *
 * @param gallery  [universes, bins] whitened means
 */
export function* evaluateRetrieval(
  model: UniverseModel,
  gallery: Float32Array,
  learned: { id: string; mlp: Mlp } | null,
  options: RetrievalOptions,
): Generator<number, RetrievalEvaluation> {
  const { seed, order, queries } = options
  const bins = model.templates.bins
  const universes = gallery.length / bins
  const table = heldOutUniverses(model, queries, seed, order)
  const means = whitenSpectra(model.whitening, universeSpectra(model.templates, table, order), queries)
  const asked = options.query === 'mean' ? means : means.slice()
  if (options.query === 'replica')
    for (let q = 0; q < queries; q++) {
      const noise = unitNoise(bins, seed, q, 0)
      for (let b = 0; b < bins; b++) asked[q * bins + b] += noise[b]
    }
  const doubles = (rows: Float32Array): Float64Array => Float64Array.from(rows)
  // Below a thousandth of the noise an axis is rounding of float32 spectra.
  const axes = principalAxes(doubles(gallery), universes, bins, 1e-3)
  const linear = (d: number) => (rows: Float32Array) => project(axes, rows, rows.length / bins, bins, d)
  const encode = learned && ((rows: Float32Array) => doubles(runMlp(learned.mlp, rows, rows.length / bins)))
  const representations: [string, number, (rows: Float32Array) => Float64Array][] = [
    ...(learned && encode ? [[learned.id, mlpOutputs(learned.mlp), encode] as const] : []),
    ...[2, 5].map((d) => [`PCA-${d}`, Math.min(d, axes.rank), linear(Math.min(d, axes.rank))] as const),
    // Noise outside the span of all universes says nothing about which one it is.
    ['all directions', axes.rank, linear(axes.rank)] as const,
  ].map(([name, d, of]) => [name, d, of])

  const truth = squaredDistances(doubles(means), queries, doubles(gallery), universes, bins)
  const truthAmong = squaredDistances(doubles(means), queries, doubles(means), queries, bins)
  yield 0.1
  const results: RepresentationRetrieval[] = []
  for (const [name, d, of] of representations) {
    const places = of(asked)
    const found = squaredDistances(places, queries, of(gallery), universes, d)
    const scores = retrievalScores({ queries, gallery: universes, truth, found }, ks)
    yield 0.1 + (0.9 * (results.length + 0.6)) / representations.length
    const among = squaredDistances(places, queries, places, queries, d)
    results.push({
      name,
      ...scores,
      trustworthiness: trustworthiness(trustedNeighbours, truthAmong, among, queries),
      continuity: trustworthiness(trustedNeighbours, among, truthAmong, queries),
    })
    yield 0.1 + (0.9 * results.length) / representations.length
  }
  return { options, gallery: universes, representations: results }
}
