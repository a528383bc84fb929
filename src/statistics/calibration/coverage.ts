import type { Rng } from '../../numerics/rng.ts'
import { credibilityOf, type CalibrationModel, type NumberedProgress } from './model.ts'

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
 * @param toys        data sets per truth
 * @param resumeFrom  numbers of the progress at which an earlier run of the same arguments ended
 */
export function* coverage<Data>(
  model: CalibrationModel<Data>,
  truths: readonly Float64Array[],
  toys: number,
  rng: Rng,
  probabilities: readonly number[] = [0.68, 0.95],
  resumeFrom: readonly number[] = [],
): Generator<NumberedProgress, Coverage> {
  const total = truths.length * toys
  const numbers = [...resumeFrom] // credibility of the truth in each data set
  while (numbers.length < total) {
    const [index, toy] = [Math.floor(numbers.length / toys), numbers.length % toys]
    const stream = rng.split(`coverage-${index}-${toy}`)
    const draws = model.infer(model.simulate(truths[index], stream.split('data')), stream.split('infer'))
    numbers.push(credibilityOf(truths[index], draws))
    yield { done: numbers.length, total, numbers }
  }
  return {
    probabilities,
    points: truths.map((truth, index) => {
      const credibilities = Float64Array.from(numbers.slice(index * toys, (index + 1) * toys))
      const covered = probabilities.map((p) => credibilities.filter((value) => value < p).length / toys)
      return { truth, credibilities, covered }
    }),
    tolerance: probabilities.map((p) => 2 * Math.sqrt((p * (1 - p)) / toys)),
  }
}
