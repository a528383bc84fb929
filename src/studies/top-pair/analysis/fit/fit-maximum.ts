import type { Likelihood } from '../../../../statistics/likelihood/likelihood.ts'
import { luminosityName } from '../../../../statistics/likelihood/luminosity.ts'
import { maximise, type Maximum } from '../../../../statistics/likelihood/maximise.ts'
import { deltaChi2, type DeltaChi2 } from '../../../../statistics/posterior/delta-chi2.ts'
import { bestSample, type WeightedSamples } from '../../../../statistics/posterior/samples.ts'

/** A sampled luminosity may go this many standard deviations from its mean while a maximum is sought. */
const nuisanceRange = 8

/** The normal prior of a sampled luminosity belongs to what is maximised; flat priors do not. */
function penaltyOf({ names }: Likelihood) {
  const at = names.indexOf(luminosityName)
  return (theta: Float64Array, gradient: Float64Array): number => {
    if (at < 0) return 0
    gradient[at] = -theta[at]
    return -0.5 * theta[at] ** 2
  }
}

function maximumFrom(
  likelihood: Likelihood,
  start: ArrayLike<number>,
  halfWidth: number,
  fixed: ArrayLike<number> | null = null,
): Maximum {
  const isNuisance = (name: string) => name === luminosityName
  const wall = (sign: number) =>
    likelihood.names.map((name, k) =>
      isNuisance(name) ? sign * nuisanceRange : fixed ? fixed[k] : sign * halfWidth,
    )
  const box = { min: wall(-1), max: wall(1) }
  return maximise(likelihood, start, box, penaltyOf(likelihood))
}

/** The best of the summits reached from several starts inside the prior's box; shorter starts get a luminosity of 0. */
export function bestFit(
  likelihood: Likelihood,
  starts: readonly ArrayLike<number>[],
  halfWidth: number,
): Maximum {
  return starts
    .map((start) => maximumFrom(likelihood, padded(start, likelihood.dimensions), halfWidth))
    .reduce((best, other) => (other.logLikelihood > best.logLikelihood ? other : best))
}

/** Of coefficients c against the best fit; a sampled luminosity is free in both. */
export function deltaChi2At(
  likelihood: Likelihood,
  best: Maximum,
  c: ArrayLike<number>,
  halfWidth: number,
): DeltaChi2 {
  const held = maximumFrom(likelihood, padded(c, likelihood.dimensions), halfWidth, c)
  const coefficients = likelihood.names.filter((name) => name !== luminosityName).length
  return deltaChi2(best.logLikelihood, held.logLikelihood, coefficients)
}

function padded(start: ArrayLike<number>, dimensions: number): Float64Array {
  return Float64Array.from({ length: dimensions }, (_, k) => (k < start.length ? start[k] : 0))
}

/** The best sample, and good ones at least a tenth of the box away from it and from each other: one in each mode. */
export function spreadStarts(samples: WeightedSamples, halfWidth: number, count: number): Float64Array[] {
  const { theta, logL, names } = samples
  const d = names.length
  const order = Int32Array.from({ length: logL.length }, (_, i) => i).sort((a, b) => logL[b] - logL[a])
  const starts = [bestSample(samples).theta]
  for (const i of order) {
    if (starts.length === count) break
    const point = theta.slice(i * d, (i + 1) * d)
    const far = (other: Float64Array) => point.some((x, k) => Math.abs(x - other[k]) > 0.2 * halfWidth)
    if (starts.every(far)) starts.push(point)
  }
  return starts
}
