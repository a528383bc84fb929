import { histogram } from '../../numerics/histogram.ts'
import { chi2Survival } from '../special.ts'

/** Values and what each counts. */
export interface WeightedValues {
  readonly values: ArrayLike<number>
  readonly weights: ArrayLike<number> // [values] not negative
}

/** Of either sample in a bin: fewer are not normal, and the bin is joined with the next one. */
const fewestEffective = 10

/**
 * χ² of two weighted histograms as shares, Σ (a − b)²/(σ_a² + σ_b²) with σ² = Σw²/(Σw)²; bins are joined until each has ten
 * effective events, (Σw)²/Σw², of both. What is left over at the end is left out; one degree of freedom is the norm. With one
 * bin alone nothing is compared: 0 degrees, p = 1.
 */
export function weightedChi2(
  a: WeightedValues,
  b: WeightedValues,
  edges: readonly number[],
): { chi2: number; degrees: number; p: number } {
  const [first, second] = [a, b].map(({ values, weights }) => {
    const { sumW, sumW2 } = histogram(values, edges, weights)
    const total = sumW.reduce((sum, w) => sum + w, 0)
    return { share: sumW.map((w) => w / total), variance: sumW2.map((w2) => w2 / total ** 2) }
  })
  let [chi2, bins] = [0, 0]
  let [p, q, ofP, ofQ] = [0, 0, 0, 0]
  for (let k = 0; k + 1 < edges.length; k++) {
    p += first.share[k]
    q += second.share[k]
    ofP += first.variance[k]
    ofQ += second.variance[k]
    if (!(p ** 2 >= fewestEffective * ofP && q ** 2 >= fewestEffective * ofQ && p * q > 0)) continue
    chi2 += (p - q) ** 2 / (ofP + ofQ)
    bins++
    ;[p, q, ofP, ofQ] = [0, 0, 0, 0]
  }
  const degrees = Math.max(0, bins - 1)
  return { chi2, degrees, p: degrees > 0 ? chi2Survival(chi2, degrees) : 1 }
}
