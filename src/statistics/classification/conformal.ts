import { AppError } from '../../errors.ts'
import { rowOf, rowsOf, topClass, type Predictions } from './predictions.ts'

/**
 * lac: classes above a threshold of probability (Sadinle et al. 1609.00451): the smallest sets on average, which may
 * be empty. aps: classes in order of probability up to a summed probability (Romano et al. 2006.02544): more even
 * coverage over easy and hard spectra, larger sets.
 */
export const conformalMethods = ['lac', 'aps'] as const
export type ConformalMethod = (typeof conformalMethods)[number]

/** A calibrated rule for sets of classes. */
export interface ConformalRule {
  method: ConformalMethod
  /** 1 - alpha: the coverage that is guaranteed for spectra drawn like the calibration set. */
  level: number
  /** A class whose score is at most this is in the set. */
  quantile: number
  calibrationRows: number
}

/**
 * How badly a class fits: lac 1 - p; aps the summed probability of all classes that are at least as probable.
 *
 * @param u  aps counts this share of the class's own probability: 1 is cautious; a uniform random number, used in
 *           calibration and prediction alike, makes the coverage exact
 */
export function nonconformity(
  method: ConformalMethod,
  probabilities: ArrayLike<number>,
  label: number,
  u = 1,
): number {
  const own = probabilities[label]
  if (method === 'lac') return 1 - own
  let before = 0
  for (let c = 0; c < probabilities.length; c++)
    if (probabilities[c] > own || (probabilities[c] === own && c < label)) before += probabilities[c]
  return before + u * own
}

/**
 * Split conformal calibration: the ceil((n + 1) level)-th smallest score of n calibration rows. Then a set holds the
 * true class with probability at least `level`, and at most level + 1/(n + 1) without ties, for any classifier
 * (Vovk et al. 2005; Lei et al. 1604.04173), as long as calibration and new rows are exchangeable.
 *
 * @param uniform  one number in [0, 1) per call, for randomised aps
 */
export function calibrateConformal(
  method: ConformalMethod,
  calibration: Predictions,
  level: number,
  uniform: () => number = () => 1,
): ConformalRule {
  if (!(level > 0 && level < 1))
    throw new AppError(
      'input/invalid',
      `The coverage of a conformal set is ${level}, must be between 0 and 1.`,
    )
  const rows = rowsOf(calibration)
  const scores = Float64Array.from(calibration.labels, (label, r) =>
    nonconformity(method, rowOf(calibration, r), label, uniform()),
  ).sort()
  const rank = Math.ceil((rows + 1) * level - 1e-9)
  const quantile = rank > rows ? Number.POSITIVE_INFINITY : scores[rank - 1]
  return { method, level, quantile, calibrationRows: rows }
}

/** Classes in the set, most probable first. Cautious aps (u = 1) always has its top class, so it is never empty. */
export function conformalSet(rule: ConformalRule, probabilities: ArrayLike<number>, u = 1): number[] {
  const top = topClass(probabilities)
  const inside: number[] = []
  for (let c = 0; c < probabilities.length; c++) {
    const always = rule.method === 'aps' && u === 1 && c === top
    if (always || nonconformity(rule.method, probabilities, c, u) <= rule.quantile) inside.push(c)
  }
  return inside.sort((a, b) => probabilities[b] - probabilities[a] || a - b)
}

export interface ConformalReport {
  coverage: number
  meanSize: number
  emptyShare: number
  /** Smallest coverage of any class: the guarantee is for all classes together. */
  worstClassCoverage: number
}

/** Coverage and size of the sets on rows that were not calibrated on. */
export function conformalReport(
  rule: ConformalRule,
  test: Predictions,
  uniform: () => number = () => 1,
): ConformalReport {
  const rows = rowsOf(test)
  const covered = new Float64Array(test.classes)
  const seen = new Float64Array(test.classes)
  let size = 0
  let empty = 0
  for (let r = 0; r < rows; r++) {
    const set = conformalSet(rule, rowOf(test, r), uniform())
    const label = test.labels[r]
    seen[label]++
    if (set.includes(label)) covered[label]++
    size += set.length
    if (set.length === 0) empty++
  }
  let worst = 1
  for (let c = 0; c < test.classes; c++) if (seen[c] > 0) worst = Math.min(worst, covered[c] / seen[c])
  return {
    coverage: covered.reduce((sum, value) => sum + value, 0) / rows,
    meanSize: size / rows,
    emptyShare: empty / rows,
    worstClassCoverage: worst,
  }
}
