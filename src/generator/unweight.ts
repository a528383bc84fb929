import { AppError } from '../errors.ts'
import { shuffle, type Rng } from '../numerics/rng.ts'
import { selectRows, weightsAt, type EventTable } from './event-table.ts'
import { poisson } from './poisson.ts'

export interface Unweighted {
  /** Numbers of the rows that were kept, ascending. */
  rows: Int32Array
  /** Kept events per event offered. */
  efficiency: number
  /** Weight that is accepted with certainty. */
  maxWeight: number
  /** Share of the cross-section that lies above maxWeight and is lost. */
  clippedShare: number
}

/**
 * Accept or reject by weight. The largest weight is chosen so that clipping loses no more than `clip` of the sum: a
 * handful of huge weights would otherwise reject nearly everything.
 *
 * @throws AppError 'data/corrupt' for a weight that is negative or not a number, or if all are zero
 */
export function unweight(weights: Float64Array, rng: Rng, clip = 1e-3): Unweighted {
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] >= 0 && weights[i] < Infinity))
      throw new AppError(
        'data/corrupt',
        `Event ${i + 1} of ${weights.length} has the weight ${weights[i]}: only weights that are 0 or more can be unweighted. Choose coefficients at which the rate is positive.`,
        { event: i },
      )
    total += weights[i]
  }
  if (!(total > 0))
    throw new AppError(
      'data/corrupt',
      `All ${weights.length} events have weight zero, there is nothing to draw from. Generate more events or loosen the cuts.`,
    )
  const { maxWeight, clippedShare } = clippingWeight(weights, total, clip)
  const kept: number[] = []
  for (let i = 0; i < weights.length; i++) if (rng.uniform() * maxWeight < weights[i]) kept.push(i)
  return {
    rows: Int32Array.from(kept),
    efficiency: kept.length / weights.length,
    maxWeight,
    clippedShare,
  }
}

/** Lowest m with sum of max(0, w - m) <= clip x sum of w. */
function clippingWeight(
  weights: Float64Array,
  total: number,
  clip: number,
): { maxWeight: number; clippedShare: number } {
  const sorted = weights.slice().sort()
  let above = 0
  let i = sorted.length - 1
  while (i > 0) {
    const excess = above + (sorted.length - i) * (sorted[i] - sorted[i - 1])
    if (excess > clip * total) break
    above = excess
    i--
  }
  // Between two neighbours the excess is linear in m.
  const maxWeight = Math.max(sorted[i] - (clip * total - above) / (sorted.length - i), sorted[0])
  let lost = 0
  for (let k = i; k < sorted.length; k++) lost += Math.max(0, sorted[k] - maxWeight)
  return { maxWeight, clippedShare: lost / total }
}

export interface PseudoData {
  events: EventTable
  /** Rows of the pool that were drawn. */
  rows: Int32Array
  /** L sigma(c) after cuts. */
  expected: number
  /** Events in the pool per event drawn. */
  poolRatio: number
  clippedShare: number
}

/**
 * Events as an experiment would see them at coefficients c: a Poisson number (or exactly `events`), drawn without
 * replacement from a weighted pool that nothing else should use.
 *
 * @throws AppError 'input/invalid' if the pool is too small, with both numbers
 */
export function drawPseudoData(
  pool: EventTable,
  c: ArrayLike<number>,
  request: { luminosityInvPb: number } | { events: number },
  rng: Rng,
): PseudoData {
  const weights = weightsAt(pool, c)
  const accepted = unweight(weights, rng.split('accept'))
  let sigma = 0
  for (const w of weights) sigma += w
  const expected = 'events' in request ? request.events : request.luminosityInvPb * sigma
  const count = 'events' in request ? request.events : poisson(expected, rng.split('count'))
  if (count > accepted.rows.length)
    throw new AppError(
      'input/invalid',
      `${count} events are asked for, but the pool of ${pool.rows} weighted events gives only ${accepted.rows.length} unweighted ones at these coefficients. Generate at least ${Math.ceil((1.1 * pool.rows * count) / Math.max(1, accepted.rows.length))}.`,
      { count, available: accepted.rows.length },
    )
  const rows = shuffle(accepted.rows, rng.split('order')).slice(0, count)
  return {
    events: selectRows(pool, rows),
    rows,
    expected,
    poolRatio: pool.rows / Math.max(1, count),
    clippedShare: accepted.clippedShare,
  }
}
