import { AppError } from '../../../../errors.ts'
import type { EventTable } from '../../../../generator/event-table.ts'
import type { RatioDecoder } from '../../../../ml/ratio/ratio-network.ts'
import type { RatioPreset } from '../../../../ml/ratio/ratio-presets.ts'
import { termWeights, type RatioRows } from './ratio-sample.ts'
import { termIndex, type RatioTerm } from './ratio-terms.ts'

/**
 * A class may be negative on so much of its size. Below it a signed cross-entropy is still bounded, because the density
 * given the features (over which neutrinos and more are averaged) stays positive; above it is not.
 */
export const largestNegativeShare = 0.05

/** 'positive' and 'negative' take one sign of the term's weights: r is the sum of the two networks' (the second's is below 0). */
export type TermPart = 'whole' | 'positive' | 'negative'

/** SM against one term, or against SM + c × term. */
export function classifierRows(
  events: EventTable,
  term: RatioTerm,
  sm: Float64Array,
  method: Extract<RatioPreset['method'], { kind: 'classifier' }>,
  part: TermPart,
): RatioRows {
  const { trainingPoint } = method
  const raw = termWeights(events, termIndex(events.operators, term))
  // A destructive term is learned with its sign turned, so about a negative training point, and the decoder turns it back.
  const sign = part === 'negative' || (part === 'whole' && sum(raw) < 0) ? -1 : 1
  const own = raw.map((w) => (part === 'whole' ? sign * w : Math.max(0, sign * w)))
  const fixed = trainingPoint === null ? null : trainingPoint ** (term.kind === 'linear' ? 1 : 2)
  // Interference of both signs is learned on top of the SM, as much of it as the SM bears.
  const monomial =
    fixed === null && shareBelowZero(own) > largestNegativeShare ? bearableMultiple(own, sm) : fixed
  const other = monomial === null ? own : own.map((v, i) => sm[i] + monomial * v)
  const otherTotal = sum(other)
  const size = sum(other.map(Math.abs))
  const negativeShare = shareBelowZero(other)
  const name = monomial === null ? term.name : `SM + ${monomial} × ${term.name}`
  if (size === 0)
    throw new AppError(
      'data/corrupt',
      `All weights of ${name} are zero: its ratio is 0 everywhere and needs no network.`,
      { term: term.name },
    )
  if (negativeShare > largestNegativeShare)
    throw new AppError(
      'input/invalid',
      `${name} is negative on ${(100 * negativeShare).toFixed(1)} % of its size, a classifier bears ${100 * largestNegativeShare} %. ${fixed === null ? 'Use joint-ratio regression, or train its positive and negative part' : `The training point ${trainingPoint} is too far from 0 for it: use a preset that finds its own (thesis, parton), or joint-ratio regression`}.`,
      { term: term.name, negativeShare },
    )
  const normalised = method.classWeights === 'normalised'
  const smTotal = sum(sm)
  const [smScale, otherScale] = normalised ? [1 / smTotal, 1 / otherTotal] : [1, 1]
  const mean = (smTotal * smScale + otherTotal * otherScale) / events.rows
  const targets = new Float32Array(events.rows)
  const weights = new Float32Array(events.rows)
  for (let i = 0; i < events.rows; i++) {
    const p = (sm[i] * smScale) / mean
    const both = p + (other[i] * otherScale) / mean
    // Where the classes cancel only the product weight x target counts.
    weights[i] = Math.abs(both) < 1e-6 * p ? 1e-6 * p : both
    targets[i] = weights[i] === 0 ? 0.5 : p / weights[i]
  }
  const scale = (normalised ? otherTotal / smTotal : 1) * (monomial === null ? sign : 1)
  const decoder: RatioDecoder = {
    kind: 'classifier',
    scale,
    trainingPoint: monomial === null ? null : sign * monomial,
  }
  return { targets, weights, decoder, negativeShare }
}

/** Of the absolute size of a density. */
export function shareBelowZero(density: Float64Array): number {
  const size = sum(density.map(Math.abs))
  return size > 0 ? (size - sum(density)) / 2 / size : 0
}

/** Rate of the SM on which SM + m × term may fall below half of the SM. */
const rateBelowHalf = 0.002

/** The m with which SM + m × term is positive but for rare tails. */
function bearableMultiple(term: Float64Array, sm: Float64Array): number {
  const order = Array.from(sm, (_, i) => i)
    .filter((i) => sm[i] > 0)
    .sort((a, b) => term[a] / sm[a] - term[b] / sm[b])
  let left = rateBelowHalf * sum(sm)
  const at = order.find((i) => (left -= sm[i]) <= 0) ?? order[0]
  return (0.5 * sm[at]) / Math.abs(term[at])
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
