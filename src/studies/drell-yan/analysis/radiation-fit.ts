import { AppError } from '../../../errors.ts'
import { generalisedLeastSquares, type LinearFit } from '../../../statistics/least-squares.ts'
import { kFactor, logMassPowers } from './k-factor.ts'

/** L = ln(m^2/m_l^2) - 1 of the photons that a measurement's leptons radiated before anything is fitted. */
export const usualLogarithm = 7
/** Standard deviation of what is assumed of L: hardly anything, so that the data decide. */
export const logarithmPriorWidth = 5

export interface RadiationFit extends LinearFit {
  /** L, last of the parameters; its error is that of the fit */
  logarithm: number
  error: number
  /** Share of chi2 that each bin has by itself, taken as chi2 less chi2 without the bin. */
  drop: Float64Array // [bins]
}

/**
 * K(m) = sum_k theta_k ln^k(m / m_Z) and L of the photon radiation together, by Gauss-Newton steps with the full
 * experimental covariance.
 *
 * @param prediction  the SM [bins] at any L, in the units of `value`
 * @param terms       of K
 * @throws            AppError 'numerics/not-converged' after 30 steps
 */
export function fitWithRadiation(
  edges: readonly number[],
  value: Float64Array,
  covariance: Float64Array,
  prediction: (logarithm: number) => Float64Array,
  terms: number,
): RadiationFit {
  const powers = logMassPowers(edges, terms)
  let logarithm = usualLogarithm
  let k = kFactor(edges, [1])
  for (let step = 0; step < 30; step++) {
    const sm = prediction(logarithm)
    const slope = slopeOf(prediction, logarithm)
    const design = [...powers.map((row) => row.map((p, b) => p * sm[b])), slope.map((d, b) => k[b] * d)]
    const fit = generalisedLeastSquares(value, covariance, design)
    const change = fit.parameters[terms]
    k = kFactor(edges, fit.parameters.slice(0, terms))
    logarithm = Math.max(0.1, Math.min(30, logarithm + change))
    if (Math.abs(change) > 1e-4) continue
    const n = value.length
    const drop = Float64Array.from({ length: n }, (_, b) => fit.chi2 - without(b, value, covariance, design))
    return {
      ...fit,
      logarithm,
      error: Math.sqrt(fit.covariance[terms * (terms + 1) + terms]),
      drop,
    }
  }
  throw new AppError(
    'numerics/not-converged',
    `The fit of K and of photon radiation did not settle in 30 steps; L is ${logarithm.toFixed(2)} now. Measured bins must reach below the Z peak for L to be known.`,
  )
}

/** d prediction / d L, per unit of L. */
export function slopeOf(prediction: (logarithm: number) => Float64Array, logarithm: number): Float64Array {
  const step = 0.25
  const high = prediction(logarithm + step)
  const low = prediction(Math.max(0, logarithm - step))
  const width = logarithm + step - Math.max(0, logarithm - step)
  return high.map((value, b) => (value - low[b]) / width)
}

function without(bin: number, value: Float64Array, covariance: Float64Array, design: Float64Array[]): number {
  const n = value.length
  const keep = Array.from({ length: n }, (_, b) => b).filter((b) => b !== bin)
  return generalisedLeastSquares(
    Float64Array.from(keep, (b) => value[b]),
    Float64Array.from(keep.flatMap((a) => keep.map((b) => covariance[a * n + b]))),
    design.map((row) => Float64Array.from(keep, (b) => row[b])),
  ).chi2
}

/**
 * The covariance of printed values with what their rounding to `digits` significant digits adds: a step has the variance
 * step^2 / 12.
 *
 * @returns  [bins, bins] in the units of value^2
 */
export function withRounding(
  { value, covariance }: { value: Float64Array; covariance: Float64Array },
  digits: number,
): Float64Array {
  const out = Float64Array.from(covariance)
  value.forEach((v, b) => {
    const step = 10 ** (Math.floor(Math.log10(Math.abs(v))) + 1 - digits)
    out[b * (value.length + 1)] += (step * step) / 12
  })
  return out
}
