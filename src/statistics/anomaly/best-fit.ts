import { cholesky, invertLower } from '../../numerics/linear-algebra.ts'
import { chi2Test, type Chi2Test } from './template-span.ts'

/** Whitened predictions that are a polynomial of second degree in the parameters. */
export interface QuadraticTheory {
  parameters: number
  bins: number
  linear: Float64Array // [parameters, bins]
  /** [parameters (parameters + 1) / 2, bins]: pairs i <= j row by row, i < j holding both orders */
  quadratic: Float64Array
}

export interface BestFit extends Chi2Test {
  parameters: Float64Array
  /** [bins], data - best prediction */
  residual: Float64Array
  converged: boolean
}

/**
 * The universe of a quadratic theory nearest to a whitened spectrum, by Levenberg-Marquardt. The squared residual is
 * chi-squared with bins - rank degrees of freedom only asymptotically (Wilks): near the SM squares and boundaries
 * bend the theory, so its p-value is approximate where that of residualTest is a closed form.
 *
 * @param starts  parameter vectors to start from; the best end is kept, since the surface has several valleys
 * @param rank    independent directions of the linear part
 * Source: D. W. Marquardt, J. SIAM 11 (1963) 431.
 */
export function bestFit(
  theory: QuadraticTheory,
  x: ArrayLike<number>,
  starts: readonly ArrayLike<number>[],
  rank: number,
): BestFit {
  let best: Descent | null = null
  for (const start of starts) {
    const end = descend(theory, x, Float64Array.from(start))
    if (!best || end.chi2 < best.chi2) best = end
  }
  if (!best) best = descend(theory, x, new Float64Array(theory.parameters))
  const { chi2, parameters, residual, converged } = best
  return { ...chi2Test(chi2, theory.bins - rank), parameters, residual, converged }
}

interface Descent {
  chi2: number
  parameters: Float64Array
  residual: Float64Array
  converged: boolean
}

const maxSteps = 200
const done = 1e-9

function descend(theory: QuadraticTheory, x: ArrayLike<number>, start: Float64Array): Descent {
  const { parameters: p, bins } = theory
  let at = start
  let residual = residualAt(theory, x, at)
  let chi2 = squared(residual)
  let damping = 1e-3
  const normal = new Float64Array(p * p)
  const right = new Float64Array(p)
  for (let step = 0; step < maxSteps; step++) {
    const slope = slopes(theory, at)
    for (let i = 0; i < p; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0
        for (let b = 0; b < bins; b++) sum += slope[i * bins + b] * slope[j * bins + b]
        normal[i * p + j] = sum
        normal[j * p + i] = sum
      }
      let sum = 0
      for (let b = 0; b < bins; b++) sum += slope[i * bins + b] * residual[b]
      right[i] = sum
    }
    let gained = -1
    for (let tries = 0; tries < 30 && gained < 0; tries++) {
      const next = solveDamped(normal, right, p, damping).map((change, i) => at[i] + change)
      const nextResidual = residualAt(theory, x, next)
      const nextChi2 = squared(nextResidual)
      if (nextChi2 <= chi2) {
        gained = chi2 - nextChi2
        at = next
        residual = nextResidual
        chi2 = nextChi2
        damping = Math.max(damping / 10, 1e-12)
      } else damping *= 10
    }
    if (gained < done * (1 + chi2)) return { chi2, parameters: at, residual, converged: true }
  }
  return { chi2, parameters: at, residual, converged: false }
}

/** (N + damping diag N) step = right; a parameter that moves nothing stays where it is. */
function solveDamped(normal: Float64Array, right: Float64Array, p: number, damping: number): Float64Array {
  const a = Float64Array.from(normal)
  for (let i = 0; i < p; i++) a[i * p + i] = a[i * p + i] * (1 + damping + 1e-12) || 1
  const inverse = invertLower(cholesky(a, p), p)
  const half = new Float64Array(p)
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) half[i] += inverse[i * p + j] * right[j]
  const step = new Float64Array(p)
  for (let i = 0; i < p; i++) for (let j = i; j < p; j++) step[i] += inverse[j * p + i] * half[j]
  return step
}

function residualAt(theory: QuadraticTheory, x: ArrayLike<number>, at: Float64Array): Float64Array {
  const { parameters: p, bins, linear, quadratic } = theory
  const out = Float64Array.from(x)
  for (let i = 0, pair = 0; i < p; i++) {
    if (at[i] !== 0) for (let b = 0; b < bins; b++) out[b] -= at[i] * linear[i * bins + b]
    for (let j = i; j < p; j++, pair++) {
      const product = at[i] * at[j]
      if (product === 0) continue
      for (let b = 0; b < bins; b++) out[b] -= product * quadratic[pair * bins + b]
    }
  }
  return out
}

/** d prediction / d parameter. @returns [parameters, bins] */
function slopes({ parameters: p, bins, linear, quadratic }: QuadraticTheory, at: Float64Array): Float64Array {
  const out = Float64Array.from(linear)
  for (let i = 0, pair = 0; i < p; i++)
    for (let j = i; j < p; j++, pair++)
      for (let b = 0; b < bins; b++) {
        const q = quadratic[pair * bins + b]
        out[i * bins + b] += at[j] * q
        out[j * bins + b] += at[i] * q
      }
  return out
}

function squared(v: Float64Array): number {
  let sum = 0
  for (const value of v) sum += value * value
  return sum
}
