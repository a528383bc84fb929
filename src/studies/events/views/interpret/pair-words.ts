import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import type { PairDistances } from '../../analysis/distances/distance-report.ts'
import type { EventsIntent } from '../../intent.ts'

export type Measure = EventsIntent['measure']

export const measureNames: Record<Measure, string> = {
  centroid: 'distance of centres',
  pooled: 'distance in widths, d′',
  energy: 'energy distance',
  sliced: 'sliced Wasserstein distance',
  aucLatent: 'AUC on the map',
  aucSupervised: 'AUC of a network of the pair',
  aucExact: 'limit of one jet, AUC',
}

/** What the limit bounds, where it stands beside what was learned. */
export const limitWords = (madeAlike: boolean | null): string =>
  madeAlike === null
    ? ''
    : 'The limit (Neyman and Pearson) is of p_T and |η| of the one jet at parton level. ' +
      (madeAlike
        ? 'The same partons make both models, so that their further jets are much alike: nothing learned was found above it.'
        : 'Gluons make one of these models and quarks the other, so that their further jets differ: map and network see those, the limit does not and is no bound for them. A network of the leading jet alone compares with it.')

/** One number of a pair for sets of so many events; null where it is not known. */
export function measureOf(pair: PairDistances, measure: Measure, perSet: number): Estimate | null {
  if (measure === 'aucSupervised') return pair.aucSupervised.find((own) => own.perSet === perSet)?.auc ?? null
  if (measure === 'aucExact') return pair.aucExact?.find((own) => own.perSet === perSet)?.auc ?? null
  return pair[measure]
}

/** Pairs with what networks of some of them added. */
export function mergedPairs(
  pairs: readonly PairDistances[],
  withNetworks: readonly PairDistances[],
): PairDistances[] {
  return pairs.map((pair) => {
    const found = withNetworks.find(({ a, b }) => a === pair.a && b === pair.b)
    return found ? { ...pair, aucSupervised: found.aucSupervised, aucJet: found.aucJet } : pair
  })
}
