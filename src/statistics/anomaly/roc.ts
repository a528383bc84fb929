import { AppError } from '../../errors.ts'
import type { Estimate } from '../gaussian-limit.ts'

/** How well a score sets anomalies apart from background; larger scores are more anomalous. */
export interface RocSummary {
  /** Chance that an anomaly scores above a background spectrum, ties counted half */
  auroc: Estimate
  /** Share of anomalies above the threshold that each false-alarm rate allows; the error takes that threshold as known. */
  truePositives: { falseAlarms: number; rate: Estimate }[]
  /** The curve, thinned: false-alarm and true-positive rate, both ascending */
  curve: { falseAlarms: Float64Array; truePositives: Float64Array }
}

const curvePoints = 200

/**
 * Chance that an anomaly scores above a background spectrum, ties counted half. Scores of one universe are not
 * independent of each other: for the error the sums over its spectra are what varies.
 *
 * @param background, anomalies  scores, finite
 * @param together  how many scores in a row belong to one universe
 * @param togetherAnomalous  the same of the anomalies, where it differs
 * @throws AppError 'input/invalid' for fewer than two scores
 * Source: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837; with clusters N. A. Obuchowski,
 * Biometrics 53 (1997) 567.
 */
export function auroc(
  background: ArrayLike<number>,
  anomalies: ArrayLike<number>,
  together = 1,
  togetherAnomalous = together,
): Estimate {
  if (background.length < 2 || anomalies.length < 2)
    throw new AppError(
      'input/invalid',
      `A ROC curve needs at least 2 background and 2 anomalous scores, got ${background.length} and ${anomalies.length}. Draw more spectra.`,
    )
  const sortedBackground = Float64Array.from(background).sort()
  const sortedAnomalies = Float64Array.from(anomalies).sort()
  // Placement values: the share of the other sample below each score.
  const ofSignal = meanOfGroups(anomalies, togetherAnomalous, (s) => share(sortedBackground, s))
  const ofBackground = meanOfGroups(background, together, (s) => 1 - share(sortedAnomalies, s))
  // Perfect separation has no spread, but is not known without error either: to about one inversion.
  const least = 1 / Math.sqrt(12 * anomalies.length * background.length)
  return {
    value: ofSignal.mean,
    error: Math.max(Math.sqrt(ofSignal.variance + ofBackground.variance), least),
  }
}

/**
 * The area with its error, see auroc, rates and the curve.
 *
 * @param background, anomalies  scores, finite
 * @param rates     false-alarm rates at which the true-positive rate is wanted
 * @param together  how many scores in a row, of both lists, belong to one universe
 */
export function rocSummary(
  background: ArrayLike<number>,
  anomalies: ArrayLike<number>,
  rates: readonly number[],
  together = 1,
): RocSummary {
  const area = auroc(background, anomalies, together)
  const sortedBackground = Float64Array.from(background).sort()
  const sortedAnomalies = Float64Array.from(anomalies).sort()
  return {
    auroc: area,
    truePositives: rates.map((falseAlarms) => {
      const cut = threshold(sortedBackground, falseAlarms)
      const found = meanOfGroups(anomalies, together, (s) => (s > cut ? 1 : 0))
      // A rate of 0 or 1 is known to about one spectrum.
      return {
        falseAlarms,
        rate: {
          value: found.mean,
          error: Math.max(Math.sqrt(found.variance), 1 / anomalies.length),
        },
      }
    }),
    curve: curve(sortedBackground, sortedAnomalies),
  }
}

/** Mean of a function of scores and the variance of that mean, the scores of a group being anyhow correlated. */
function meanOfGroups(
  scores: ArrayLike<number>,
  together: number,
  of: (score: number) => number,
): { mean: number; variance: number } {
  const rows = scores.length
  const groups = Math.ceil(rows / together)
  const sums = new Float64Array(groups)
  for (let r = 0; r < rows; r++) sums[Math.floor(r / together)] += of(scores[r])
  const mean = sums.reduce((total, sum) => total + sum, 0) / rows
  let squares = 0
  sums.forEach((sum, g) => (squares += (sum - Math.min(together, rows - g * together) * mean) ** 2))
  return { mean, variance: (squares * groups) / Math.max(1, groups - 1) / rows ** 2 }
}

/**
 * The score that floor(rate n) background spectra exceed. A sample too small for a single false alarm cannot measure
 * the rate; its largest score is then the threshold. With few false alarms allowed the threshold itself is
 * uncertain: 10 of them fix the rate to a third.
 */
export function threshold(sortedBackground: Float64Array, rate: number): number {
  const allowed = Math.floor(rate * sortedBackground.length + 1e-9)
  return sortedBackground[sortedBackground.length - 1 - Math.min(allowed, sortedBackground.length - 1)]
}

/** Share of a sorted list below s, ties half. */
function share(sorted: Float64Array, s: number): number {
  return (below(sorted, s, false) + below(sorted, s, true)) / (2 * sorted.length)
}

/** Entries < s, or <= s. */
function below(sorted: Float64Array, s: number, inclusive: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < s || (inclusive && sorted[middle] === s)) low = middle + 1
    else high = middle
  }
  return low
}

/** Entries above s. */
function above(sorted: Float64Array, s: number): number {
  return sorted.length - below(sorted, s, true)
}

function curve(background: Float64Array, anomalies: Float64Array): RocSummary['curve'] {
  const falseAlarms = new Float64Array(curvePoints + 1)
  const truePositives = new Float64Array(curvePoints + 1)
  // Even steps of log rate below one half, where the physics is, and even steps of rate above.
  const lowest = 1 / background.length
  for (let i = 1; i <= curvePoints; i++) {
    const t = i / curvePoints
    const rate = t < 0.5 ? lowest * (0.5 / lowest) ** (2 * t) : t
    const cut = threshold(background, Math.min(rate, 1))
    falseAlarms[i] = i === curvePoints ? 1 : above(background, cut) / background.length
    truePositives[i] = i === curvePoints ? 1 : above(anomalies, cut) / anomalies.length
  }
  return { falseAlarms, truePositives }
}

/** Tail share of a score among background scores, (1 + at least as large) / (1 + n): never zero. */
export function empiricalPValue(sortedBackground: Float64Array, score: number): number {
  const atLeast = sortedBackground.length - below(sortedBackground, score, false)
  return (1 + atLeast) / (1 + sortedBackground.length)
}
