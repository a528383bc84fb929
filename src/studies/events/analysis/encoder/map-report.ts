import type { AucOfSets, PairDistances } from '../distances/distance-report.ts'
import { latentDistances, type LatentCloud } from '../distances/latent-clouds.ts'
import { madeAlike } from '../distances/made-alike.ts'
import { limitCheck, type LimitCheck } from '../distances/limit-check.ts'
import { orderOfPairs, type OrderOfPairs } from '../distances/order-of-pairs.ts'
import { axisOrder, gluinoOf, splittingAreas, type AxisOrder, type SplittingAreas } from './gluino-grid.ts'
import { qualityOf, type MapQuality } from './map-quality.ts'

/** What is known of a pair of models without a map. */
export interface KnownPair {
  a: string
  b: string
  aucSupervised: AucOfSets[]
  aucExact: AucOfSets[] | null
}

/** What a map makes of all pairs of its models. */
export interface MapReport extends MapQuality {
  /** ρ of distances with what networks of pairs make of single events; null where these are not known. */
  order: Pick<OrderOfPairs, 'centroid' | 'energy'> | null
  /** Its areas beside the limits; null where none is known. */
  limits: LimitCheck | null
  /** Of gluinos alone. */
  axis?: AxisOrder
  splittings?: SplittingAreas
}

/**
 * @param clouds  of models as the map has them
 * @param known   pairs, in either order of their models; pairs that are missing are unknown
 */
export function mapReport(
  clouds: readonly LatentCloud[],
  known: readonly KnownPair[],
  { perSet, seed }: { perSet: number; seed: number },
): MapReport {
  const pairs = clouds.flatMap((b, j) =>
    clouds.slice(0, j).map((a): PairDistances => {
      const own = known.find((pair) => [a.id, b.id].every((id) => id === pair.a || id === pair.b))
      const { aucSupervised, aucExact } = own ?? { aucSupervised: [], aucExact: null }
      return {
        ...{ a: a.id, b: b.id, ...latentDistances(a, b), aucSupervised, aucExact, separation: null },
        ...{ aucJet: [], madeAlike: madeAlike(a, b) },
      }
    }),
  )
  const ids = clouds.map(({ id }) => id)
  const order = orderOfPairs(pairs, ids, { perSet: 1, seed })
  return {
    ...qualityOf(pairs.map(({ aucLatent }) => aucLatent.value)),
    order: order && { centroid: order.centroid, energy: order.energy },
    limits: limitCheck(pairs, perSet, ({ aucLatent }) => aucLatent),
    ...(ids.every((id) => gluinoOf(id)) && { axis: axisOrder(clouds), splittings: splittingAreas(pairs) }),
  }
}
