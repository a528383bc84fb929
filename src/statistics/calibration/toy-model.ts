import type { Rng } from '../../numerics/rng.ts'
import { flatPrior } from '../likelihood/prior.ts'
import { toyEvents, toyLikelihood, toySigma } from '../likelihood/toy-exponential.ts'
import { drawFromGrid } from '../posterior/grid-1d.ts'
import type { CalibrationModel } from './model.ts'

/**
 * The closed-form toy with a flat prior: simulation and inference are both exact, so every calibration must pass.
 *
 * @param events  expected number at c = 0
 * @param shift   added to each draw, in prior units: a deliberate fault that calibration must find
 */
export function toyCalibration(events: number, shift = 0): CalibrationModel<Float64Array> {
  const [min, max] = [-2, 2]
  return {
    prior: flatPrior(['c'], min, max),
    simulate: ([c], rng) => toyEvents(c, poisson(events * toySigma(c), rng), rng),
    infer: (x, rng) => {
      const likelihood = toyLikelihood(x, events)
      const logDensityAt = (theta: Float64Array) =>
        likelihood.logLikelihood(Float64Array.of(theta[0] - shift * (max - min)))
      const at = new Float64Array(1)
      const theta = drawFromGrid((c) => likelihood.logLikelihood(at.fill(c)), min, max, 400, rng).map(
        (c) => c + shift * (max - min),
      )
      return { theta, logDensity: theta.map((c) => logDensityAt(Float64Array.of(c))), logDensityAt }
    },
  }
}

/** Poisson number: products of uniforms in chunks of mean 30. */
export function poisson(mean: number, rng: Rng): number {
  let left = mean
  let count = 0
  while (left > 0) {
    const limit = Math.exp(-Math.min(left, 30))
    for (let product = rng.uniform(); product > limit; product *= rng.uniform()) count++
    left -= 30
  }
  return count
}
