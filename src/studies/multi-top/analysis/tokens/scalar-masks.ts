import { createRng, type Rng } from '../../../../numerics/rng.ts'
import { objectScalars, objectSlots } from './token-layout.ts'

/** Share of an event's scalars that is hidden in pre-training (arXiv:2511.09335). */
const maskRate = 0.3

/**
 * Which scalars of an event are hidden: each on its own with the same chance, filled or not. Depends on seed, epoch and event
 * alone, whatever was drawn before.
 *
 * @param out  [tokens] 1 where hidden
 */
export function drawScalarMask(seed: number, epoch: number, event: number, out: Uint8Array): Uint8Array {
  const rng = createRng(seed, `mask/${epoch}/${event}`)
  for (let t = 0; t < out.length; t++) out[t] = rng.uniform() < maskRate ? 1 : 0
  return out
}

/**
 * Hides all six scalars of one object of an event, drawn among those that are there: what then is known of them, other objects
 * have told.
 *
 * @param filled  [tokens] of the event
 * @param out     [tokens] 1 where hidden; all 0 for an event without objects
 * @returns the slot, -1 where there is none
 */
export function drawObjectMask(seed: number, event: number, filled: Uint8Array, out: Uint8Array): number {
  out.fill(0)
  return hideObject(createRng(seed, `object/${event}`), filled, out)
}

/**
 * The mask of drawScalarMask() and, for every other event, all six scalars of one object besides: with 30 % of scalars hidden
 * each on its own, all six are in one of 1,400 objects, and a transformer never learns what others tell of it.
 *
 * @param out  [tokens] 1 where hidden
 */
export function drawMixedMask(
  seed: number,
  epoch: number,
  event: number,
  filled: Uint8Array,
  out: Uint8Array,
): void {
  drawScalarMask(seed, epoch, event, out)
  const rng = createRng(seed, `object/${epoch}/${event}`)
  if (rng.uniform() < 0.5) hideObject(rng, filled, out)
}

function hideObject(rng: Rng, filled: Uint8Array, out: Uint8Array): number {
  const width = objectScalars.length
  const present: number[] = []
  for (let slot = 0; slot < objectSlots; slot++) if (filled[slot * width] === 1) present.push(slot)
  if (present.length === 0) return -1
  const slot = present[rng.integer(present.length)]
  out.fill(1, slot * width, (slot + 1) * width)
  return slot
}
