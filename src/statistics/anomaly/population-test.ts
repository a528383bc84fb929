import { cholesky, solveLower } from '../../numerics/linear-algebra.ts'
import type { Rng } from '../../numerics/rng.ts'
import { rocSummary, type RocSummary } from './roc.ts'

/** Mean and covariance of noisy spectra of a population of universes: spread of the means plus the unit noise. */
interface Population {
  mean: Float64Array // [d]
  factor: Float64Array // [d, d], lower Cholesky
  logVolume: number
}

/**
 * How well somebody who knows both populations tells them apart: the ratio of two normal densities with the
 * populations' own means and covariances. Were the populations normal this would be the Neyman-Pearson limit, which
 * no score whatever passes; sums of many uniform coefficients are close to normal, so it is passed by next to nothing.
 *
 * Noise outside the span of all means cancels in the ratio: give coordinates in that span, not all bins.
 *
 * @param known, strange  [*, d] whitened means
 * @param draws           test spectra per mean
 */
export function populationTest(
  known: Float64Array,
  strange: Float64Array,
  d: number,
  draws: number,
  rates: readonly number[],
  rng: Rng,
): RocSummary {
  const [ofKnown, ofStrange] = [known, strange].map((means) => populationOf(means, d))
  const x = new Float64Array(d)
  const [background, anomalies] = [known, strange].map((means) =>
    Float64Array.from({ length: draws * (means.length / d) }, (_, r) => {
      const start = d * Math.floor(r / draws)
      for (let i = 0; i < d; i++) x[i] = means[start + i] + rng.normal()
      return logDensity(ofStrange, x, d) - logDensity(ofKnown, x, d)
    }),
  )
  return rocSummary(background, anomalies, rates, draws)
}

function populationOf(means: Float64Array, d: number): Population {
  const rows = means.length / d
  const mean = new Float64Array(d)
  for (let r = 0; r < rows; r++) for (let i = 0; i < d; i++) mean[i] += means[r * d + i] / rows
  const covariance = new Float64Array(d * d)
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < d; i++)
      for (let j = 0; j <= i; j++)
        covariance[i * d + j] += ((means[r * d + i] - mean[i]) * (means[r * d + j] - mean[j])) / rows
  for (let i = 0; i < d; i++) covariance[i * d + i] += 1
  const factor = cholesky(covariance, d)
  let logVolume = 0
  for (let i = 0; i < d; i++) logVolume += Math.log(factor[i * d + i])
  return { mean, factor, logVolume }
}

function logDensity({ mean, factor, logVolume }: Population, x: Float64Array, d: number): number {
  const y = solveLower(
    factor,
    x.map((value, i) => value - mean[i]),
    d,
  )
  let square = 0
  for (const value of y) square += value * value
  return -0.5 * square - logVolume
}
