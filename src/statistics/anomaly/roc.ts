import { AppError } from '../../errors.ts'
import type { Estimate } from '../gaussian-limit.ts'

/** How well a score sets anomalies apart from background; larger scores are more anomalous. */
export interface RocSummary {
  /** Chance that an anomaly scores above a background spectrum, ties counted half; error by DeLong. */
  auroc: Estimate
  /** Share of anomalies above the threshold that each false-alarm rate allows; binomial errors. */
  truePositives: { falseAlarms: number; rate: Estimate }[]
  /** The curve, thinned: false-alarm and true-positive rate, both ascending */
  curve: { falseAlarms: Float64Array; truePositives: Float64Array }
}

const curvePoints = 200

/**
 * @param background, anomalies  scores, finite
 * @param rates  false-alarm rates at which the true-positive rate is wanted
 * Source: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837.
 */
export function rocSummary(
  background: ArrayLike<number>,
  anomalies: ArrayLike<number>,
  rates: readonly number[],
): RocSummary {
  if (background.length < 2 || anomalies.length < 2)
    throw new AppError(
      'input/invalid',
      `A ROC curve needs at least 2 background and 2 anomalous scores, got ${background.length} and ${anomalies.length}. Draw more spectra.`,
    )
  const null_ = Float64Array.from(background).sort()
  const signal = Float64Array.from(anomalies).sort()
  const m = signal.length
  const n = null_.length
  // Placement values: the share of the other sample below each score.
  const ofSignal = signal.map((s) => share(null_, s))
  const ofNull = null_.map((s) => 1 - share(signal, s))
  const value = mean(ofSignal)
  const variance = spread(ofSignal) / m + spread(ofNull) / n
  // Perfect separation has no spread; then the rule of three speaks.
  const error = Math.max(Math.sqrt(variance), 1 / Math.sqrt(12 * m * n))
  return {
    auroc: { value, error },
    truePositives: rates.map((falseAlarms) => ({
      falseAlarms,
      rate: binomial(above(signal, threshold(null_, falseAlarms)), m),
    })),
    curve: curve(null_, signal),
  }
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

export function binomial(hits: number, total: number): Estimate {
  const value = hits / total
  return { value, error: Math.sqrt(Math.max(value * (1 - value), 1 / total) / total) }
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

function curve(null_: Float64Array, signal: Float64Array): RocSummary['curve'] {
  const falseAlarms = new Float64Array(curvePoints + 1)
  const truePositives = new Float64Array(curvePoints + 1)
  // Even steps of log rate below one half, where the physics is, and even steps of rate above.
  const lowest = 1 / null_.length
  for (let i = 1; i <= curvePoints; i++) {
    const t = i / curvePoints
    const rate = t < 0.5 ? lowest * (0.5 / lowest) ** (2 * t) : t
    const cut = threshold(null_, Math.min(rate, 1))
    falseAlarms[i] = i === curvePoints ? 1 : above(null_, cut) / null_.length
    truePositives[i] = i === curvePoints ? 1 : above(signal, cut) / signal.length
  }
  return { falseAlarms, truePositives }
}

/** Tail share of a score among background scores, (1 + at least as large) / (1 + n): never zero. */
export function empiricalPValue(sortedBackground: Float64Array, score: number): number {
  const atLeast = sortedBackground.length - below(sortedBackground, score, false)
  return (1 + atLeast) / (1 + sortedBackground.length)
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const v of values) sum += v
  return sum / values.length
}

function spread(values: Float64Array): number {
  const centre = mean(values)
  let sum = 0
  for (const v of values) sum += (v - centre) ** 2
  return sum / (values.length - 1)
}
