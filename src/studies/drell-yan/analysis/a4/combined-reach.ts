import { singularDecomposition } from '../../../../numerics/singular-values.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import { resolvedDirections, type ResolvedDirections } from '../directions/resolved-directions.ts'

/** What one measurement, or several, know of the coefficients at the Standard Model, in linear theory. */
export interface Reach extends ResolvedDirections {
  bins: number
  singularValues: Float64Array // [17], TeV^2, falling
  directions: Float64Array // [17, 17], row k that of singular value k
  /** One standard deviation of each coefficient with all others zero; TeV^-2 */
  single: Float64Array // [17]
}

/**
 * @param parts  whitened templates [17, bins] of measurements whose errors have nothing in common
 */
export function reachOf(parts: readonly Float64Array[]): Reach {
  const n = operatorNames.length
  const widths = parts.map((part) => part.length / n)
  const bins = widths.reduce((sum, width) => sum + width, 0)
  const all = new Float64Array(n * bins)
  for (let o = 0; o < n; o++) {
    let at = o * bins
    parts.forEach((part, p) => {
      all.set(part.subarray(o * widths[p], (o + 1) * widths[p]), at)
      at += widths[p]
    })
  }
  const { values, left } = singularDecomposition(all, n, bins)
  return {
    ...resolvedDirections(values),
    bins,
    singularValues: values,
    directions: left,
    single: Float64Array.from(operatorNames, (_, o) => {
      let sum = 0
      for (let b = 0; b < bins; b++) sum += all[o * bins + b] ** 2
      return 1 / Math.sqrt(sum)
    }),
  }
}

/** Directions of the coefficients that the mass spectrum resolves, that A_4 does, and that both do together. */
export interface CombinedReach {
  mll: Reach
  a4: Reach
  both: Reach
}

/**
 * Errors of the two are taken as independent: the measurements are of different data, and what theory does not know (K,
 * radiation and CT18NLO there, dilution here) is described by sources that have nothing in common.
 *
 * @param mll  whitened templates of a dataset that holds a measured m_ll spectrum [17, bins]
 * @param a4   those of A_4 [17, bins]
 */
export function combinedReach(mll: Float64Array, a4: Float64Array): CombinedReach {
  return { mll: reachOf([mll]), a4: reachOf([a4]), both: reachOf([mll, a4]) }
}
