import gammaln from '@stdlib/math-base-special-gammaln'
import { cholesky, solveLower } from '../../numerics/linear-algebra.ts'
import { AppError } from '../../errors.ts'
import type { NestedProblem } from './problem.ts'

/**
 * Analytic problems with known evidence, named as in reference/ns-evidence.json. Sources: shells and egg box of
 * Feroz, Hobson and Bridges, arXiv:0809.3437; LogGamma of Beaujean and Caldwell, arXiv:1304.7808; correlated
 * normal and spike on a slab as used by the makers of dynesty and UltraNest.
 */
const builders: Record<string, () => NestedProblem> = {
  'gauss_d2_s0.1': () => gauss(2, 0.1),
  'gauss_d5_s0.1': () => gauss(5, 0.1),
  'gauss_d10_s0.1': () => gauss(10, 0.1),
  'gauss_d16_s0.01': () => gauss(16, 0.01),
  corrgauss_d2: () => correlatedGauss(2),
  corrgauss_d3: () => correlatedGauss(3),
  corrgauss_d5: () => correlatedGauss(5),
  corrgauss_d10: () => correlatedGauss(10),
  eggbox_2d: eggBox,
  shells_d2: () => shells(2),
  shells_d5: () => shells(5),
  shells_d10: () => shells(10),
  shells_d20: () => shells(20),
  shells_d30: () => shells(30),
  rosenbrock2_scale1_pm5: () => rosenbrock(1, 5),
  'rosenbrock2_scale0.5_pm10': () => rosenbrock(0.5, 10),
  rosenbrock2_scale2_pm10_ultranest: () => rosenbrock(2, 10),
  'loggamma_d2_scale1/30': () => logGamma(2),
  'loggamma_d5_scale1/30': () => logGamma(5),
  'loggamma_d10_scale1/30': () => logGamma(10),
  'spike_slab_2d (100*N(.2,.01)+1*N(.7,.1), U[0,1]^2)': spikeSlab,
  'eft_quartic_1d a=1 b=1.5 y=0.8 s=0.3 U[-2,2]': eftQuartic,
}

export const testProblemNames: readonly string[] = Object.keys(builders)

/**
 * @param name  in full, or its first word where that is enough ("spike_slab_2d")
 * @throws      AppError 'input/invalid' listing the names
 */
export function testProblem(name: string): { name: string; problem: NestedProblem } {
  const found = testProblemNames.find((known) => known === name || known.split(' ')[0] === name)
  if (found === undefined)
    throw new AppError(
      'input/invalid',
      `There is no test problem "${name}". Known: ${testProblemNames.join('; ')}.`,
    )
  return { name: found, problem: builders[found]() }
}

function box(low: number, high: number): NestedProblem['priorTransform'] {
  return (u, out) => {
    for (let k = 0; k < out.length; k++) out[k] = low + (high - low) * u[k]
  }
}

const log2Pi = Math.log(2 * Math.PI)

function logNormal(x: number, mean: number, sigma: number): number {
  return -0.5 * ((x - mean) / sigma) ** 2 - Math.log(sigma) - 0.5 * log2Pi
}

function logSum(a: number, b: number): number {
  const high = Math.max(a, b)
  return high === Number.NEGATIVE_INFINITY ? high : high + Math.log(Math.exp(a - high) + Math.exp(b - high))
}

/** Round normal in the middle of the unit cube. */
function gauss(d: number, sigma: number): NestedProblem {
  return {
    dimensions: d,
    priorTransform: box(0, 1),
    logLikelihood: (x) => {
      let sum = 0
      for (let k = 0; k < d; k++) sum += logNormal(x[k], 0.5, sigma)
      return sum
    },
  }
}

/** Unit variances, all correlations 0.95, in [-10, 10]^d. */
function correlatedGauss(d: number): NestedProblem {
  const covariance = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0.95))
  const factor = cholesky(covariance, d)
  let norm = -0.5 * d * log2Pi
  for (let k = 0; k < d; k++) norm -= Math.log(factor[k * d + k])
  return {
    dimensions: d,
    priorTransform: box(-10, 10),
    logLikelihood: (x) => norm - 0.5 * solveLower(factor, x, d).reduce((sum, y) => sum + y * y, 0),
  }
}

function eggBox(): NestedProblem {
  return {
    dimensions: 2,
    priorTransform: box(0, 10 * Math.PI),
    logLikelihood: ([x, y]) => (2 + Math.cos(x / 2) * Math.cos(y / 2)) ** 5,
  }
}

/** Two shells of radius 2 and width 0.1 about +-3.5 on the first axis, in [-6, 6]^d. */
function shells(d: number): NestedProblem {
  const [radius, width, centre] = [2, 0.1, 3.5]
  const norm = -Math.log(width) - 0.5 * log2Pi
  return {
    dimensions: d,
    priorTransform: box(-6, 6),
    logLikelihood: (x) => {
      let rest = 0
      for (let k = 1; k < d; k++) rest += x[k] * x[k]
      const left = (Math.sqrt(rest + (x[0] + centre) ** 2) - radius) / width
      const right = (Math.sqrt(rest + (x[0] - centre) ** 2) - radius) / width
      return norm + logSum(-0.5 * left * left, -0.5 * right * right)
    },
  }
}

function rosenbrock(scale: number, half: number): NestedProblem {
  return {
    dimensions: 2,
    priorTransform: box(-half, half),
    logLikelihood: ([x, y]) => -scale * ((1 - x) ** 2 + 100 * (y - x * x) ** 2),
  }
}

/** ln density of the logarithm of an exponential variable, ln Gamma(1), shifted and scaled. */
function logLogGamma(x: number, location: number, scale: number): number {
  const z = (x - location) / scale
  return z - Math.exp(z) - Math.log(scale) - gammaln(1)
}

/** First axis: two log-gammas; second: two normals; then log-gammas up to axis (d + 2)/2, normals after. */
function logGamma(d: number): NestedProblem {
  const scale = 1 / 30
  return {
    dimensions: d,
    priorTransform: box(0, 1),
    logLikelihood: (x) => {
      let sum =
        logSum(logLogGamma(x[0], 1 / 3, scale), logLogGamma(x[0], 2 / 3, scale)) +
        logSum(logNormal(x[1], 1 / 3, scale), logNormal(x[1], 2 / 3, scale)) -
        2 * Math.LN2
      for (let k = 2; k < d; k++)
        sum += k <= (d + 2) / 2 ? logLogGamma(x[k], 2 / 3, scale) : logNormal(x[k], 2 / 3, scale)
      return sum
    },
  }
}

function spikeSlab(): NestedProblem {
  return {
    dimensions: 2,
    priorTransform: box(0, 1),
    logLikelihood: ([x, y]) =>
      logSum(
        Math.log(100) + logNormal(x, 0.2, 0.01) + logNormal(y, 0.2, 0.01),
        logNormal(x, 0.7, 0.1) + logNormal(y, 0.7, 0.1),
      ),
  }
}

/** One measurement of a c + b c^2: two mirror modes, as in every fit dominated by quadratic terms. */
function eftQuartic(): NestedProblem {
  const [a, b, y, s] = [1, 1.5, 0.8, 0.3]
  return {
    dimensions: 1,
    names: ['c'],
    priorTransform: box(-2, 2),
    logLikelihood: ([c]) => -0.5 * ((a * c + b * c * c - y) / s) ** 2,
  }
}
