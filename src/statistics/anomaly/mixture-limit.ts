import type { Rng } from '../../numerics/rng.ts'
import { rocSummary, type RocSummary } from './roc.ts'

/**
 * The Neyman-Pearson limit between two populations of universes with unit normal noise: p(x) is the average over
 * the universes of a population, and no score whatever has more power than the ratio of the two averages.
 *
 * Both averages are Monte Carlo sums over `means`, so the limit is found a little too low (the sums are not the true
 * densities) and has the statistical error of the test spectra. Noise outside the span of all means cancels in the
 * ratio: give coordinates in that span, not all bins.
 *
 * @param known, strange  means [*, d] of the populations, for the densities
 * @param knownTests, strangeTests  other means of the same populations, from which test spectra are drawn
 */
export function* neymanPearson(
  known: Float64Array,
  strange: Float64Array,
  knownTests: Float64Array,
  strangeTests: Float64Array,
  d: number,
  rates: readonly number[],
  rng: Rng,
): Generator<number, RocSummary> {
  const rows = (knownTests.length + strangeTests.length) / d
  const x = new Float64Array(d)
  let done = 0
  function* scores(means: Float64Array): Generator<number, Float64Array> {
    const out = new Float64Array(means.length / d)
    for (let r = 0; r < out.length; r++) {
      for (let i = 0; i < d; i++) x[i] = means[r * d + i] + rng.normal()
      out[r] = logAverage(strange, x, d) - logAverage(known, x, d)
      if (++done % 100 === 0) yield done / rows
    }
    return out
  }
  const background = yield* scores(knownTests)
  const anomalies = yield* scores(strangeTests)
  return rocSummary(background, anomalies, rates)
}

/** ln of the mean over rows of exp(-|x - row|^2 / 2). */
function logAverage(means: Float64Array, x: Float64Array, d: number): number {
  const rows = means.length / d
  const half = new Float64Array(rows)
  let largest = Number.NEGATIVE_INFINITY
  for (let r = 0; r < rows; r++) {
    let square = 0
    for (let i = 0; i < d; i++) square += (x[i] - means[r * d + i]) ** 2
    half[r] = -0.5 * square
    if (half[r] > largest) largest = half[r]
  }
  let sum = 0
  for (let r = 0; r < rows; r++) if (half[r] > largest - 40) sum += Math.exp(half[r] - largest)
  return largest + Math.log(sum / rows)
}
