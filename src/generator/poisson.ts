import gammaln from '@stdlib/math-base-special-gammaln'
import { AppError } from '../errors.ts'
import type { Rng } from '../numerics/rng.ts'

/**
 * Poisson number: products of uniforms below a mean of 30, transformed rejection above (Hörmann, Insur. Math. Econ. 12
 * (1993) 39, "PTRS").
 *
 * @throws AppError 'input/invalid' for a mean that is negative or not finite, which no number of draws would end
 */
export function poisson(mean: number, rng: Rng): number {
  if (!(mean >= 0 && mean < Infinity))
    throw new AppError(
      'input/invalid',
      `A Poisson number needs a mean that is 0 or more and finite, got ${mean}. Check the weights and the luminosity.`,
    )
  if (mean < 30) {
    const limit = Math.exp(-mean)
    let k = 0
    for (let product = rng.uniform(); product > limit; product *= rng.uniform()) k++
    return k
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  const vr = 0.9277 - 3.6224 / (b - 2)
  const logMean = Math.log(mean)
  for (;;) {
    const u = rng.uniform() - 0.5
    const v = rng.uniform()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us) * u + b * u + mean + 0.43)
    if (us >= 0.07 && v <= vr) return k
    if (k < 0 || (us < 0.013 && v > us)) continue
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - gammaln(k + 1)) return k
  }
}
