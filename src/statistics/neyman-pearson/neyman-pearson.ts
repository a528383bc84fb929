import { normalQuantile } from '../likelihood/normal-quantile.ts'
import { logRatios, type LogRatios, type TwoDensities } from './log-ratios.ts'
import { checkEventsOfSet, mostEventsOfSet, setLogRatios } from './set-log-ratios.ts'

/** How well two models can be told apart at all, whatever looks at these observables. */
export interface NeymanPearsonLimit {
  /**
   * Area under the curve of the likelihood ratio, the largest there can be, for sets of so many events: the chance that
   * a set of b has the larger ratio, half for equal ones.
   *
   * @throws AppError 'input/invalid' for another number of events than 1 to 1000
   */
  auc(events: number): number
  /**
   * Events after which a is expected to be excluded where b is true: the median of b's log-ratios has only the tail of so
   * many standard deviations of a's above it. Shapes alone, rates are left out. Between whole numbers by interpolation;
   * NaN where 1000 events do not suffice.
   *
   * @param sigmas  one-sided; 2 is a p-value of 0.0228
   */
  eventsToSeparate(sigmas?: number): number
}

/**
 * @throws AppError 'input/invalid', see logRatios
 * Source: J. Neyman, E. S. Pearson, Phil. Trans. R. Soc. A 231 (1933) 289; median significance G. Cowan, K. Cranmer,
 * E. Gross, O. Vitells, Eur. Phys. J. C 71 (2011) 1554, sec. 4.
 */
export function neymanPearsonLimit(densities: TwoDensities): NeymanPearsonLimit {
  const one = logRatios(densities)

  function auc(events: number): number {
    checkEventsOfSet(events)
    // One event needs no grid.
    const { a, b } = events === 1 ? grouped(one) : setLogRatios(one, events)
    let [below, area, all] = [0, 0, 0]
    for (let k = 0; k < a.length; k++) {
      area += b[k] * (below + a[k] / 2)
      below += a[k]
      all += b[k]
    }
    return area / below / all
  }

  function eventsToSeparate(sigmas = 2): number {
    const known = new Map<number, number>()
    const z = (events: number): number => {
      const found = known.get(events) ?? -normalQuantile(Math.max(leastTail, medianPValue(one, events)))
      known.set(events, found)
      return found
    }
    if (z(mostEventsOfSet) < sigmas) return Number.NaN
    const whole = (events: number) => Math.max(1, Math.min(mostEventsOfSet, Math.round(events)))
    // Significances grow like the root of the number: a few steps lead near it.
    let low = whole(10)
    for (let step = 0; step < 6; step++) {
      const next = whole(low * Math.min(20, (sigmas / Math.max(z(low), 1e-3)) ** 2))
      if (next === low) break
      low = next
    }
    while (low < mostEventsOfSet && z(low) < sigmas) low++
    while (low > 1 && z(low - 1) >= sigmas) low--
    if (low === 1) return 1
    return low - (z(low) - sigmas) / (z(low) - z(low - 1))
  }

  return { auc, eventsToSeparate }
}

/** Below it a tail is rounding. */
const leastTail = 1e-13

/** Equal log-ratios put together: they are ties. */
function grouped({ ratio, a, b }: LogRatios): { a: Float64Array; b: Float64Array } {
  const sums = { a: new Float64Array(ratio.length), b: new Float64Array(ratio.length) }
  let at = 0
  for (let i = 0; i < ratio.length; i++) {
    if (i > 0 && ratio[i] > ratio[i - 1] + 1e-12) at = i
    sums.a[at] += a[i]
    sums.b[at] += b[i]
  }
  return sums
}

/** P under a of a log-ratio above the median of b's. */
function medianPValue(one: LogRatios, events: number): number {
  const { a, b } = setLogRatios(one, events)
  let [sumB, at] = [0, 0]
  while (at < b.length - 1 && sumB + b[at] < 0.5) sumB += b[at++]
  const within = b[at] > 0 ? (0.5 - sumB) / b[at] : 0.5
  let tail = (1 - within) * a[at]
  for (let k = at + 1; k < a.length; k++) tail += a[k]
  return tail
}
