import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import type { AucOfSets, PairDistances } from './distance-report.ts'

/** What an area may lie above the limit, beside two of its errors, and what a network of a pair may lie below it. */
const margins = { above: 0.005, below: 0.015 }

/** An area that does not keep to the limit of its pair. */
export interface ComparedArea {
  a: string
  b: string
  auc: number
  error: number
  limit: number
  /** False where further jets tell more than the limit knows. */
  madeAlike: boolean
}

/** Areas of sets of one size beside what nothing can beat that looks at the one jet of the hard process. */
export interface LimitCheck {
  perSet: number
  /** With both an area and a limit. */
  pairs: number
  /** Of them made by the same partons: these alone the limit is expected to bound. */
  alike: number
  /** Above limit + .005 + 2 errors. */
  above: ComparedArea[]
  /** Below limit − .015 − 2 errors. */
  below: ComparedArea[]
}

/** @returns null where no pair has both a limit and an area for sets of so many events */
export function limitCheck(
  pairs: readonly PairDistances[],
  perSet: number,
  areaOf: (pair: PairDistances) => Estimate | undefined,
): LimitCheck | null {
  const compared = pairs.flatMap((pair): ComparedArea[] => {
    const [area, limit] = [areaOf(pair), aucOfSets(pair.aucExact, perSet)]
    if (!area || !limit) return []
    return [
      {
        a: pair.a,
        b: pair.b,
        auc: area.value,
        error: area.error,
        limit: limit.value,
        madeAlike: pair.madeAlike === true,
      },
    ]
  })
  if (compared.length === 0) return null
  return {
    ...{ perSet, pairs: compared.length, alike: compared.filter((own) => own.madeAlike).length },
    above: compared.filter(({ auc, error, limit }) => auc > limit + margins.above + 2 * error),
    below: compared.filter(({ auc, error, limit }) => auc < limit - margins.below - 2 * error),
  }
}

/** The area for sets of so many events, if it is among these. */
export const aucOfSets = (areas: readonly AucOfSets[] | null, perSet: number): Estimate | undefined =>
  areas?.find((own) => own.perSet === perSet)?.auc
