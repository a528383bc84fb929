import { createRng } from '../../../numerics/rng.ts'
import type { Whitening } from './whitening.ts'

/**
 * One Monte Carlo replica: the universe's exact spectrum plus correlated noise L g, g unit normal, with the
 * covariance of the SM for every universe (the model in which the closed-form limits hold).
 *
 * The noise depends on (seed, universe, replica) alone, so any row of a corpus of 10^6 can be made again without
 * storing it.
 */
export function replicaSpectrum(
  whitening: Whitening,
  mean: ArrayLike<number>,
  seed: number,
  universe: number,
  replica: number,
  out: Float64Array = new Float64Array(whitening.reference.length),
): Float64Array {
  const bins = whitening.reference.length
  const g = unitNoise(bins, seed, universe, replica)
  for (let i = 0; i < bins; i++) {
    let sum = mean[i]
    for (let k = 0; k <= i; k++) sum += whitening.cholesky[i * bins + k] * g[k]
    out[i] = sum
  }
  return out
}

/** The replica's noise in whitened coordinates: what must be added to the whitened mean. */
export function unitNoise(bins: number, seed: number, universe: number, replica: number): Float64Array {
  const rng = createRng(seed, `/replica/${universe}/${replica}`)
  const g = new Float64Array(bins)
  for (let k = 0; k < bins; k++) g[k] = rng.normal()
  return g
}
