import type { TokenBatch, TokenEvents } from '../../../../ml/transformer/token-source.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { drawObjectMask, drawScalarMask } from '../tokens/scalar-masks.ts'
import { firstEventToken } from '../tokens/token-layout.ts'

/**
 * How scalars are hidden: 30 % of all of them, whose partners in the same object are often seen, or all six of one object, of
 * which only other objects tell.
 */
export const maskKinds = ['scalars', 'object'] as const
export type MaskKind = (typeof maskKinds)[number]

/** What is reported: scalars of objects with partners, of a whole hidden object, of the event. */
export const reconstructionGroups = ['within', 'across', 'global'] as const
export type ReconstructionGroup = (typeof reconstructionGroups)[number]

/** Events as one batch with masks of the seed alone, so that every imputer is asked the same. */
export function maskedEvents(
  events: TokenEvents,
  rows: Uint32Array,
  kind: MaskKind,
  seed: number,
): TokenBatch {
  const { tokens } = events
  const batch = {
    rows: rows.length,
    values: new Float32Array(rows.length * tokens),
    filled: new Uint8Array(rows.length * tokens),
    masked: new Uint8Array(rows.length * tokens),
    labels: Uint8Array.from(rows, (row) => events.labels[row]),
    weights: Float32Array.from(rows, (row) => events.weights[row]),
  }
  rows.forEach((row, r) => {
    const [from, to] = [row * tokens, (row + 1) * tokens]
    batch.values.set(events.values.subarray(from, to), r * tokens)
    const filled = events.filled.subarray(from, to)
    batch.filled.set(filled, r * tokens)
    const mask = batch.masked.subarray(r * tokens, (r + 1) * tokens)
    if (kind === 'scalars') drawScalarMask(seed, 0, row, mask)
    else drawObjectMask(seed, row, filled, mask)
  })
  return batch
}

/** Squared errors of masked filled scalars. */
export interface SquaredErrors {
  /** [tokens] weighted sums, and weights */
  perToken: Float64Array
  tokenWeight: Float64Array
  /** [rows, groups] weighted sums of each event, and weights */
  perEvent: Float64Array
  eventWeight: Float64Array
}

/** @param guess [rows, tokens] standardised */
export function squaredErrors(batch: TokenBatch, kind: MaskKind, guess: Float32Array): SquaredErrors {
  const { rows, values, filled, masked, weights } = batch
  const tokens = values.length / rows
  const groups = reconstructionGroups.length
  const errors = {
    perToken: new Float64Array(tokens),
    tokenWeight: new Float64Array(tokens),
    perEvent: new Float64Array(rows * groups),
    eventWeight: new Float64Array(rows * groups),
  }
  for (let r = 0; r < rows; r++)
    for (let t = 0; t < tokens; t++) {
      const at = r * tokens + t
      if (masked[at] === 0 || filled[at] === 0) continue
      const group: ReconstructionGroup =
        t >= firstEventToken ? 'global' : kind === 'object' ? 'across' : 'within'
      const place = r * groups + reconstructionGroups.indexOf(group)
      const square = weights[r] * (guess[at] - values[at]) ** 2
      errors.perToken[t] += square
      errors.tokenWeight[t] += weights[r]
      errors.perEvent[place] += square
      errors.eventWeight[place] += weights[r]
    }
  return errors
}

/** Weighted mean squared error of a group, NaN where nothing of it was masked. */
export function meanSquare({ perEvent, eventWeight }: SquaredErrors, group: ReconstructionGroup): number {
  const groups = reconstructionGroups.length
  let [sum, total] = [0, 0]
  for (let at = reconstructionGroups.indexOf(group); at < perEvent.length; at += groups) {
    sum += perEvent[at]
    total += eventWeight[at]
  }
  return sum / total
}

/** Mean squared error of `own` over that of `other` for the same events and masks, with the paired bootstrap over events. */
export function errorRatio(
  own: SquaredErrors,
  other: SquaredErrors,
  group: ReconstructionGroup,
  seed: number,
  draws = 200,
): Estimate {
  const groups = reconstructionGroups.length
  const rows = own.perEvent.length / groups
  const place = reconstructionGroups.indexOf(group)
  const rng = createRng(seed, 'bootstrap')
  const value = meanSquare(own, group) / meanSquare(other, group)
  let squares = 0
  for (let draw = 0; draw < draws; draw++) {
    let [a, b] = [0, 0]
    for (let k = 0; k < rows; k++) {
      const at = rng.integer(rows) * groups + place
      a += own.perEvent[at]
      b += other.perEvent[at]
    }
    squares += (a / b - value) ** 2 / draws
  }
  return { value, error: Math.sqrt(squares) }
}
