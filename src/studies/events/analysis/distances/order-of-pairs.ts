import { createRng } from '../../../../numerics/rng.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { kMedoids, type Medoids } from '../../../../statistics/clustering/k-medoids.ts'
import { pairCorrelation, type PairCorrelation } from '../../../../statistics/rank-correlation.ts'
import type { PairDistances } from './distance-report.ts'
import type { LatentDistances } from './latent-clouds.ts'

const replicas = 1000

/** Distances in latent space that rise with how well models come apart. */
export const orderedDistances = ['centroid', 'pooled', 'energy', 'sliced'] as const

/** [models, models] of one number of each pair, 0 on the diagonal. */
export function pairMatrix(
  pairs: readonly PairDistances[],
  ids: readonly string[],
  of: (pair: PairDistances) => number,
): Float64Array {
  const out = new Float64Array(ids.length ** 2)
  for (const pair of pairs) {
    const [i, j] = [ids.indexOf(pair.a), ids.indexOf(pair.b)]
    out[i * ids.length + j] = out[j * ids.length + i] = of(pair)
  }
  return out
}

export type OrderOfPairs = Record<(typeof orderedDistances)[number], PairCorrelation>

/**
 * Spearman's ρ between each latent distance and 2 AUC − 1 of the networks of pairs over all pairs, with the interval of a
 * bootstrap over models.
 *
 * @param perSet  events of the sets whose AUC is taken: single events do not saturate at 1
 * @returns       null where a pair lacks that AUC, or there are fewer than four models
 */
export function orderOfPairs(
  pairs: readonly PairDistances[],
  ids: readonly string[],
  { perSet, seed }: { perSet: number; seed: number },
): OrderOfPairs | null {
  const apart = (pair: PairDistances) => pair.aucSupervised.find((own) => own.perSet === perSet)?.auc.value
  const complete = pairs.length === (ids.length * (ids.length - 1)) / 2
  if (ids.length < 4 || !complete || pairs.some((pair) => apart(pair) === undefined)) return null
  const reference = pairMatrix(pairs, ids, (pair) => 2 * (apart(pair) ?? Number.NaN) - 1)
  const of = (name: keyof LatentDistances) =>
    pairCorrelation(
      pairMatrix(pairs, ids, (pair) => pair[name].value),
      reference,
      ids.length,
      {
        replicas,
        rng: createRng(seed, 'order').split(name),
      },
    )
  return { centroid: of('centroid'), pooled: of('pooled'), energy: of('energy'), sliced: of('sliced') }
}

/** The k models that represent all others best by their energy distance, which is no less than 0 here. */
export function representatives(pairs: readonly PairDistances[], ids: readonly string[], k: number): Medoids {
  const matrix = pairMatrix(pairs, ids, ({ energy }) => Math.max(0, energy.value))
  return kMedoids(matrix, ids.length, k)
}

/** A model and the one that is nearest to it. */
export interface NearestModel {
  model: string
  nearest: string
  energy: Estimate
}

/** Each model with its nearest by energy distance, the loneliest first: where a benchmark between would fill a gap. */
export function nearestModels(pairs: readonly PairDistances[], ids: readonly string[]): NearestModel[] {
  return ids
    .flatMap((model) => {
      const own = pairs.filter(({ a, b }) => a === model || b === model)
      if (own.length === 0) return []
      const { a, b, energy } = own.reduce((best, pair) =>
        pair.energy.value < best.energy.value ? pair : best,
      )
      return [{ model, nearest: a === model ? b : a, energy }]
    })
    .sort((x, y) => y.energy.value - x.energy.value)
}
