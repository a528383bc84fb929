import { normalCdf } from '../special.ts'
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
    const wanted = 1 - normalCdf(sigmas)
    let [low, high] = [1, 1]
    while (medianPValue(one, high) > wanted) {
      if (high === mostEventsOfSet) return Number.NaN
      low = high
      high = Math.min(mostEventsOfSet, 2 * high)
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (medianPValue(one, middle) > wanted) low = middle
      else high = middle
    }
    if (high === 1) return 1
    const [above, below] = [low, high].map((events) => Math.log(medianPValue(one, events)))
    return low + (above - Math.log(wanted)) / (above - below)
  }

  return { auc, eventsToSeparate }
}

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
