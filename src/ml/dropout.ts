import { createRng } from '../numerics/rng.ts'
import type { EncoderArchitecture } from './encoder-parameters.ts'

/**
 * Inverted dropout masks of one step, [rows, width] of 0 or 1/(1 - rate) per block: a pure function of
 * (seed, step, block), so that a resumed training drops the same units.
 */
export function dropoutMasks(
  { widths }: EncoderArchitecture,
  rate: number,
  rows: number,
  seed: number,
  step: number,
): (Float32Array | null)[] {
  if (rate === 0) return widths.map(() => null)
  const keep = Math.fround(1 / (1 - rate))
  const stream = createRng(seed).split('dropout').split(step)
  return widths.map((width, block) => {
    const rng = stream.split(block)
    const mask = new Float32Array(rows * width)
    for (let i = 0; i < mask.length; i++) if (rng.uniform() >= rate) mask[i] = keep
    return mask
  })
}
