import type { Rng } from '../../../numerics/rng.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'

/** Independent uniform priors C_i ~ U[-h_i, h_i] in TeV^-2. */
export interface CoefficientPrior {
  name: string
  description: string
  halfWidth: Float64Array // [17]
}

/**
 * One-standard-deviation reach on each operator alone: 1 / sqrt(F_ii), F the Fisher matrix of the linear theory.
 *
 * @param whitenedLinear  [17, bins] from whitenedTemplates
 */
export function singleOperatorSigma(whitenedLinear: Float64Array): Float64Array {
  const n = operatorNames.length
  const bins = whitenedLinear.length / n
  return Float64Array.from({ length: n }, (_, o) => {
    let information = 0
    for (let b = 0; b < bins; b++) information += whitenedLinear[o * bins + b] ** 2
    return 1 / Math.sqrt(information)
  })
}

/** Every operator is allowed the same number of its own standard deviations, so none drowns the others. */
export function balancedPrior(whitenedLinear: Float64Array, sigmas: number): CoefficientPrior {
  return {
    name: `balanced-${sigmas}-sigma`,
    description: `C_i uniform in +-${sigmas} times its one-at-a-time standard deviation under this dataset's covariance`,
    halfWidth: singleOperatorSigma(whitenedLinear).map((sigma) => sigmas * sigma),
  }
}

export function drawCoefficients(
  prior: CoefficientPrior,
  rng: Rng,
  out: Float64Array = new Float64Array(operatorNames.length),
): Float64Array {
  for (let o = 0; o < out.length; o++) out[o] = prior.halfWidth[o] * (2 * rng.uniform() - 1)
  return out
}
