import { AppError } from '../../errors.ts'

/** Two densities at the points of one quadrature, each times the rule's weight; normalised when used. */
export interface TwoDensities {
  a: Float64Array // [points], none below zero
  b: Float64Array // [points]
}

/** Log-ratio ln b/a of one event and its probability under either model, by rising log-ratio. */
export interface LogRatios {
  ratio: Float64Array
  a: Float64Array // sums to 1
  b: Float64Array
}

/** Points where neither model has more than this share of its events are left out. */
const leastShare = 1e-12

/** @throws AppError 'input/invalid' where a density is not finite, below zero or nowhere above it */
export function logRatios({ a, b }: TwoDensities): LogRatios {
  const [sumA, sumB] = [a, b].map((own) => own.reduce((sum, value) => sum + value, 0))
  if (!(sumA > 0 && sumB > 0 && Number.isFinite(sumA + sumB) && noneBelowZero(a) && noneBelowZero(b)))
    throw new AppError(
      'input/invalid',
      `Two densities to be compared have the integrals ${sumA} and ${sumB}; both must be above 0 and nowhere below. Choose cuts that both pass.`,
    )
  const kept = Uint32Array.from(a.keys()).filter((i) => a[i] > leastShare * sumA || b[i] > leastShare * sumB)
  const all = Float64Array.from(kept, (i) => Math.log(b[i] / sumB / (a[i] / sumA)))
  let [low, high] = [Infinity, -Infinity]
  for (const value of all)
    if (Number.isFinite(value)) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  if (low > high) low = high = 0
  // Where one model has nothing at all an event decides: it counts more than any that both have.
  const capped = all.map((value) => (value === -Infinity ? low - 1 : value === Infinity ? high + 1 : value))
  const order = Uint32Array.from(capped.keys()).sort((i, j) => capped[i] - capped[j])
  return {
    ratio: Float64Array.from(order, (i) => capped[i]),
    a: Float64Array.from(order, (i) => a[kept[i]] / sumA),
    b: Float64Array.from(order, (i) => b[kept[i]] / sumB),
  }
}

function noneBelowZero(values: Float64Array): boolean {
  for (const value of values) if (!(value >= 0)) return false
  return true
}
