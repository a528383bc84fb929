import { AppError } from '../errors.ts'

/** How far learned ratios are from exact ones, averaged over the Standard Model. */
export interface RatioDistance {
  /** Root mean square of ln(learned/exact). */
  rmsLogRatio: number
  /** The same without the 0.5 % of the weight with the smallest and with the largest exact ratio. */
  rmsLogRatioCentral: number
  /** Kullback-Leibler divergence of the learned from the exact density, both normalised [nats]. */
  kl: number
  /** Share of the weight where one of the two is not positive; left out of the other numbers. */
  notPositiveShare: number
}

/**
 * @param learned, exact  dσ(c)/dσ(SM) or ratios of one term at the same points
 * @param weights         SM weight of each point: of an event, or density times quadrature weight
 */
export function ratioDistance(
  learned: ArrayLike<number>,
  exact: ArrayLike<number>,
  weights: ArrayLike<number>,
): RatioDistance {
  const total = checkWeights(weights, learned, exact)
  const order: number[] = []
  let lost = 0
  for (let i = 0; i < weights.length; i++)
    if (learned[i] > 0 && exact[i] > 0) order.push(i)
    else lost += weights[i]
  order.sort((a, b) => exact[a] - exact[b])
  const kept = total - lost
  let sum = 0
  let central = 0
  let centralWeight = 0
  let below = 0
  let learnedTotal = 0
  let exactTotal = 0
  for (const i of order) {
    const d2 = weights[i] * Math.log(learned[i] / exact[i]) ** 2
    sum += d2
    learnedTotal += weights[i] * learned[i]
    exactTotal += weights[i] * exact[i]
    const middle = (below + weights[i] / 2) / kept
    below += weights[i]
    if (middle < 0.005 || middle > 0.995) continue
    central += d2
    centralWeight += weights[i]
  }
  let kl = 0
  for (const i of order) {
    const p = (weights[i] * exact[i]) / exactTotal
    kl += p * Math.log((exact[i] / exactTotal) * (learnedTotal / learned[i]))
  }
  return {
    rmsLogRatio: Math.sqrt(sum / kept),
    rmsLogRatioCentral: Math.sqrt(central / centralWeight),
    kl,
    notPositiveShare: lost / total,
  }
}

export interface SumRule {
  /** E_SM[r] of the learned ratio. */
  learned: number
  /** σ_term/σ_SM of the same events. */
  expected: number
  /** Error of their difference, from the differences event by event. */
  error: number
}

/**
 * E_SM[r_j] = σ_j/σ_SM on events that carry both weights. What an event has of the term fluctuates about r, and
 * only that is in the error.
 *
 * @param smWeights, termWeights  of each event, [pb]
 */
export function sumRule(
  learned: ArrayLike<number>,
  smWeights: ArrayLike<number>,
  termWeights: ArrayLike<number>,
): SumRule {
  const total = checkWeights(smWeights, learned, termWeights)
  let mean = 0
  let expected = 0
  for (let i = 0; i < learned.length; i++) {
    mean += (smWeights[i] * learned[i]) / total
    expected += termWeights[i] / total
  }
  // Of a ratio of sums: the SM's own fluctuation cancels as far as both agree.
  let variance = 0
  for (let i = 0; i < learned.length; i++)
    variance += ((smWeights[i] * (learned[i] - mean + expected) - termWeights[i]) / total) ** 2
  return { learned: mean, expected, error: Math.sqrt(variance) }
}

export interface ClosureBin {
  low: number
  high: number
  /** Sum over the bin of SM weight times learned ratio, and of the term's own weight, both as shares of the SM total. */
  learned: number
  exact: number
  /** Error of their difference. */
  error: number
  /** SM share of the bin. */
  sm: number
}

export interface Closure {
  bins: ClosureBin[]
  /** Sum of squared pulls, one per bin. */
  chi2: number
}

/**
 * Reweighting closure: SM events times learned ratio against the term's own weights, in bins of equal SM weight of any
 * quantity.
 *
 * @param by  the quantity of each event
 */
export function reweightingClosure(
  by: ArrayLike<number>,
  learned: ArrayLike<number>,
  smWeights: ArrayLike<number>,
  termWeights: ArrayLike<number>,
  binCount = 20,
): Closure {
  const total = checkWeights(smWeights, learned, termWeights)
  if (by.length !== learned.length)
    throw new AppError(
      'data/mismatch',
      `There are ${by.length} values to bin by and ${learned.length} ratios.`,
    )
  const order = Uint32Array.from({ length: by.length }, (_, i) => i).sort((a, b) => by[a] - by[b])
  const bins: ClosureBin[] = []
  let below = 0
  let at = 0
  for (let b = 0; b < binCount && at < order.length; b++) {
    const bin = { low: by[order[at]], high: 0, learned: 0, exact: 0, error: 0, sm: 0 }
    const until = b === binCount - 1 ? Infinity : ((b + 1) / binCount) * total
    // Equal values stay together, whatever the bin's share.
    while (at < order.length && (below < until || by[order[at]] === bin.high)) {
      const i = order[at++]
      below += smWeights[i]
      bin.high = by[i]
      bin.sm += smWeights[i] / total
      bin.learned += (smWeights[i] * learned[i]) / total
      bin.exact += termWeights[i] / total
      bin.error += ((smWeights[i] * learned[i] - termWeights[i]) / total) ** 2
    }
    bin.error = Math.sqrt(bin.error)
    bins.push(bin)
  }
  const chi2 = bins.reduce(
    (sum, { learned: a, exact: b, error }) => sum + (error > 0 ? ((a - b) / error) ** 2 : 0),
    0,
  )
  return { bins, chi2 }
}

export interface CalibrationPoint {
  /** Mean over a bin of SM events of the learned ratio, and the ratio of the summed weights there. */
  predicted: number
  observed: number
  error: number
}

/** Calibration curve: what the events say where the network says r, in bins of equal SM weight of r itself. */
export function calibrationCurve(
  learned: ArrayLike<number>,
  smWeights: ArrayLike<number>,
  termWeights: ArrayLike<number>,
  binCount = 20,
): { points: CalibrationPoint[]; chi2: number } {
  const { bins, chi2 } = reweightingClosure(learned, learned, smWeights, termWeights, binCount)
  const points = bins
    .filter(({ sm }) => sm > 0)
    .map((bin) => ({
      predicted: bin.learned / bin.sm,
      observed: bin.exact / bin.sm,
      error: bin.error / bin.sm,
    }))
  return { points, chi2 }
}

function checkWeights(weights: ArrayLike<number>, ...others: ArrayLike<number>[]): number {
  for (const other of others)
    if (other.length !== weights.length)
      throw new AppError(
        'data/mismatch',
        `There are ${weights.length} weights and ${other.length} ratios; give one of each per point.`,
      )
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] >= 0 && weights[i] < Infinity))
      throw new AppError(
        'data/corrupt',
        `Point ${i + 1} has the SM weight ${weights[i]}, must be a finite number of at least 0.`,
      )
    total += weights[i]
  }
  if (!(total > 0))
    throw new AppError(
      'data/corrupt',
      `The SM weights of ${weights.length} points add up to ${total}, must be positive.`,
    )
  return total
}
