import { dropoutKey, dropoutMask } from '../kernels/dropout.ts'
import type { EncoderArchitecture } from './encoder-parameters.ts'

/**
 * Inverted dropout masks of one step, [rows, width] of 0 or 1/(1 - rate) per block: a pure function of
 * (seed, step, block), so that a resumed training drops the same units, on the kernels too.
 */
export function dropoutMasks(
  { widths }: EncoderArchitecture,
  rate: number,
  rows: number,
  seed: number,
  step: number,
): (Float32Array | null)[] {
  const key = dropoutKey(seed, step)
  return widths.map((width, block) => (rate === 0 ? null : dropoutMask(key, block, rows, width, rate)))
}
