import { AppError } from '../../../../errors.ts'
import type { TokenBatch, TokenBatchSource, TokenEvents } from '../../../../ml/transformer/token-source.ts'
import { createRng, shuffle } from '../../../../numerics/rng.ts'
import type { MaskDraw } from '../../../../ml/transformer/transformer-config.ts'
import { drawMixedMask, drawScalarMask } from './scalar-masks.ts'

export interface TokenBatchOptions {
  /** Of order and masks. */
  seed: number
  classes: number
  masks?: MaskDraw
  /** False: always in the order of `rows`, with the masks of epoch 0, for numbers that are compared between epochs. */
  shuffled?: boolean
}

/**
 * Batches of some events. Order is drawn from (seed, epoch), masks from (seed, epoch, event), so that any batch can be asked for
 * in any order.
 *
 * @param rows  rows of `events`
 * @throws AppError 'input/invalid' where there are none
 */
export function createTokenBatches(
  events: TokenEvents,
  rows: ArrayLike<number>,
  { seed, classes, masks = 'scalars', shuffled = true }: TokenBatchOptions,
): TokenBatchSource {
  if (rows.length === 0)
    throw new AppError('input/invalid', 'Batches are drawn from 0 events, at least 1 is needed.')
  const { tokens } = events
  const order = Uint32Array.from(rows)
  let ordered = -1

  function orderOf(epoch: number): Uint32Array {
    if (!shuffled || epoch === ordered) return order
    order.set(Uint32Array.from(rows))
    ordered = epoch
    return shuffle(order, createRng(seed, `order/${epoch}`))
  }

  const batchesOf = (size: number): number => Math.max(1, Math.floor(rows.length / size))

  return {
    ...{ tokens, classes, events: rows.length, batchesOf },
    batch(epoch, index, size): TokenBatch {
      if (!(index >= 0 && index < batchesOf(size)))
        throw new AppError(
          'input/invalid',
          `Batch ${index} of ${size} events is asked for, an epoch of ${rows.length} events has batches 0 to ${batchesOf(size) - 1}.`,
        )
      const own = orderOf(epoch).subarray(index * size, (index + 1) * size)
      const batch = {
        rows: own.length,
        values: new Float32Array(own.length * tokens),
        filled: new Uint8Array(own.length * tokens),
        masked: new Uint8Array(own.length * tokens),
        labels: new Uint8Array(own.length),
        weights: new Float32Array(own.length),
      }
      own.forEach((row, r) => {
        batch.values.set(events.values.subarray(row * tokens, (row + 1) * tokens), r * tokens)
        batch.filled.set(events.filled.subarray(row * tokens, (row + 1) * tokens), r * tokens)
        const mask = batch.masked.subarray(r * tokens, (r + 1) * tokens)
        const filled = batch.filled.subarray(r * tokens, (r + 1) * tokens)
        const drawn = shuffled ? epoch : 0
        if (masks === 'scalars') drawScalarMask(seed, drawn, row, mask)
        else drawMixedMask(seed, drawn, row, filled, mask)
        batch.labels[r] = events.labels[row]
        batch.weights[r] = events.weights[row]
      })
      return batch
    },
  }
}
