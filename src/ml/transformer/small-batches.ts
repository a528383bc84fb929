import type { Rng } from '../../numerics/rng.ts'
import type { TokenBatch } from './token-source.ts'
import type { TransformerLayout } from './transformer-parameters.ts'

/** Random events for tests and benchmarks of the engines' arithmetic; a fifth of the slots is empty, 30 % are masked. */
export function randomBatch({ spec }: TransformerLayout, rows: number, rng: Rng): TokenBatch {
  const cells = rows * spec.tokens
  const filled = Uint8Array.from({ length: cells }, () => Number(rng.uniform() < 0.8))
  return {
    rows,
    filled,
    values: Float32Array.from(filled, (full) => full * 1.5 * rng.normal()),
    masked: Uint8Array.from({ length: cells }, () => Number(rng.uniform() < 0.3)),
    labels: Uint8Array.from({ length: rows }, () => rng.integer(spec.classes)),
    weights: Float32Array.from({ length: rows }, () => 0.2 + rng.uniform()),
  }
}

/** Parameters with nothing at zero, so that each gradient is tested. */
export function randomParameters({ regions, total }: TransformerLayout, rng: Rng): Float32Array {
  const flat = new Float32Array(total)
  for (const { name, start, length, rows } of regions)
    for (let i = start; i < start + length; i++)
      flat[i] = name.endsWith('/gain')
        ? 1 + 0.3 * rng.normal()
        : (rows > 1 && !name.startsWith('embedding') ? 1 / Math.sqrt(rows) : 0.4) * rng.normal()
  return flat
}
