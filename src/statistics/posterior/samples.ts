import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'

/** Draws from a posterior, each with a weight. */
export interface WeightedSamples {
  names: readonly string[]
  theta: Float64Array // [count, names]
  /** Not negative; any normalisation */
  weights: Float64Array // [count]
  logL: Float64Array // [count]
}

/** @throws AppError 'data/mismatch' or 'data/corrupt' for lengths that do not fit or weights that are none */
export function checkSamples({ names, theta, weights, logL }: WeightedSamples): void {
  const count = weights.length
  if (theta.length !== count * names.length || logL.length !== count)
    throw new AppError(
      'data/mismatch',
      `${count} weights come with ${theta.length} parameter values and ${logL.length} likelihoods; ${names.length} parameters need ${count * names.length} and ${count}.`,
    )
  let sum = 0
  for (let i = 0; i < count; i++) {
    if (!(weights[i] >= 0))
      throw new AppError(
        'data/corrupt',
        `Sample ${i} has the weight ${weights[i]}; weights must not be negative.`,
      )
    sum += weights[i]
  }
  if (!(sum > 0 && Number.isFinite(sum)))
    throw new AppError(
      'data/corrupt',
      `The weights of ${count} samples sum to ${sum}; the sum must be positive and finite. Run the sampler again.`,
    )
}

/** One parameter of all samples. */
export function columnOf({ theta, names, weights }: WeightedSamples, k: number): Float64Array {
  const d = names.length
  return Float64Array.from({ length: weights.length }, (_, i) => theta[i * d + k])
}

/** Kish's effective number, (sum w)^2 / sum w^2. */
export function effectiveSamples(weights: Float64Array): number {
  let sum = 0
  let squares = 0
  for (const w of weights) {
    sum += w
    squares += w * w
  }
  return (sum * sum) / squares
}

/**
 * Equally weighted draws by systematic resampling: one uniform number places `count` equidistant ticks on the
 * cumulative weights, so that each sample appears floor or ceil of its expected number of times. In random order.
 *
 * @param count  the effective number of samples if absent
 */
export function resampleEqual(
  samples: WeightedSamples,
  rng: Rng,
  count = Math.round(effectiveSamples(samples.weights)),
): WeightedSamples {
  checkSamples(samples)
  const d = samples.names.length
  const total = samples.weights.reduce((sum, w) => sum + w, 0)
  const picked = new Int32Array(count)
  const offset = rng.uniform()
  let cumulative = 0
  let at = 0
  for (let i = 0; i < samples.weights.length; i++) {
    cumulative += (samples.weights[i] / total) * count
    while (at < count && at + offset < cumulative) picked[at++] = i
  }
  while (at < count) picked[at++] = samples.weights.length - 1 // rounding of the last sum
  for (let i = count - 1; i > 0; i--) {
    const j = rng.integer(i + 1)
    const kept = picked[i]
    picked[i] = picked[j]
    picked[j] = kept
  }
  const theta = new Float64Array(count * d)
  const logL = new Float64Array(count)
  picked.forEach((from, to) => {
    theta.set(samples.theta.subarray(from * d, from * d + d), to * d)
    logL[to] = samples.logL[from]
  })
  return { names: samples.names, theta, logL, weights: new Float64Array(count).fill(1 / count) }
}

/** The sample of largest likelihood: where a fit should start. */
export function bestSample({ theta, logL, names }: WeightedSamples): { theta: Float64Array; logL: number } {
  let best = 0
  for (let i = 1; i < logL.length; i++) if (logL[i] > logL[best]) best = i
  return { theta: theta.slice(best * names.length, (best + 1) * names.length), logL: logL[best] }
}
