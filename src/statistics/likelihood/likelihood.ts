/**
 * A likelihood of Wilson coefficients c [TeV^-2] and, if its luminosity is sampled, of one standard-normal nuisance
 * after them. Constants that do not depend on the parameters are dropped; which ones is said where it is built.
 */
export interface Likelihood {
  dimensions: number
  names: readonly string[]
  logLikelihood(theta: Float64Array): number
  /** Optional: rows of thetas [count, dimensions] at once. */
  logLikelihoods?(thetas: Float64Array, count: number, out: Float64Array): void
  /** The same, with the derivatives written to `gradient` [dimensions]. */
  withGradient(theta: Float64Array, gradient: Float64Array): number
  /** Observed events, as they enter the counting term */
  events: number
}

/** Relative uncertainty of the luminosity: a factor 1 + relativeError * t, t standard normal. */
export interface LuminosityNuisance {
  relativeError: number
  /** 'profiled': maximised for every c, penalty included; 'sampled': one more parameter, whose penalty is its prior. */
  treatment: 'profiled' | 'sampled'
}
