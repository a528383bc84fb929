import type { Rng } from '../../numerics/rng.ts'
import { credibilityOf, type CalibrationModel, type CalibrationProgress } from './model.ts'

export interface CoverageAt {
  truth: Float64Array // [d]
  credibilities: Float64Array // [toys] of the smallest highest-density set that holds the truth
  /** Share of toys whose set of each probability holds the truth */
  covered: number[]
}

export interface Coverage {
  probabilities: readonly number[]
  points: CoverageAt[]
  /** Two standard errors of a coverage, per probability: 0.066 for 68 % of 200 toys */
  tolerance: number[]
}

/**
 * Frequentist coverage of highest-density sets: at each truth, how often does the set hold it?
 * Bayesian sets need not cover exactly at every truth, only on average over the prior.
 *
 * @param toys  data sets per truth
 */
export function* coverage<Data>(
  model: CalibrationModel<Data>,
  truths: readonly Float64Array[],
  toys: number,
  rng: Rng,
  probabilities: readonly number[] = [0.68, 0.95],
): Generator<CalibrationProgress, Coverage> {
  const total = truths.length * toys
  let done = 0
  const points: CoverageAt[] = []
  for (const [index, truth] of truths.entries()) {
    const credibilities = new Float64Array(toys)
    for (let toy = 0; toy < toys; toy++) {
      const stream = rng.split(`coverage-${index}-${toy}`)
      const draws = model.infer(model.simulate(truth, stream.split('data')), stream.split('infer'))
      credibilities[toy] = credibilityOf(truth, draws)
      yield { done: ++done, total }
    }
    points.push({
      truth,
      credibilities,
      covered: probabilities.map((p) => credibilities.filter((value) => value < p).length / toys),
    })
  }
  return {
    probabilities,
    points,
    tolerance: probabilities.map((p) => 2 * Math.sqrt((p * (1 - p)) / toys)),
  }
}
