import type { Rng } from '../../numerics/rng.ts'
import type { Prior } from '../likelihood/prior.ts'

/** Equally weighted posterior draws for one data set, and the posterior density up to a constant. */
export interface PosteriorDraws {
  theta: Float64Array // [count, d]
  logDensity: Float64Array // [count] ln L + ln prior
  logDensityAt(theta: Float64Array): number
}

/**
 * What is calibrated: how data arise and how parameters are inferred from them. The simulation is the truth; the
 * inference may use exact or learned ratios.
 */
export interface CalibrationModel<Data> {
  prior: Prior
  simulate(truth: Float64Array, rng: Rng): Data
  infer(data: Data, rng: Rng): PosteriorDraws
}

export interface CalibrationProgress {
  done: number
  total: number
}

/** What the data sets so far left behind, in their order: another run that begins with them goes on after them. */
export interface NumberedProgress extends CalibrationProgress {
  numbers: readonly number[]
}

/**
 * Credibility of the smallest highest-density set that holds the truth: share of draws with a higher density.
 * In the 68 % set exactly if below 0.68; uniform over data sets if truths come from the prior.
 */
export function credibilityOf(truth: Float64Array, draws: PosteriorDraws): number {
  const level = draws.logDensityAt(truth)
  let above = 0
  for (const value of draws.logDensity) if (value > level) above++
  return above / draws.logDensity.length
}
