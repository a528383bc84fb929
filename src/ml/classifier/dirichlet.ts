import { digamma, logGamma, trigamma } from '../../numerics/gamma.ts'

/**
 * KL[Dir(a) || Dir(b)] = ln G(a0) - sum ln G(a_c) - ln G(b0) + sum ln G(b_c) + sum (a_c - b_c)(psi(a_c) - psi(a0)),
 * and its derivative by a.
 *
 * @param gradient  [classes] overwritten when given
 */
export function dirichletKl(a: ArrayLike<number>, b: ArrayLike<number>, gradient?: Float64Array): number {
  let a0 = 0
  let b0 = 0
  for (let c = 0; c < a.length; c++) {
    a0 += a[c]
    b0 += b[c]
  }
  const psi0 = digamma(a0)
  let value = logGamma(a0) - logGamma(b0)
  for (let c = 0; c < a.length; c++)
    value += logGamma(b[c]) - logGamma(a[c]) + (a[c] - b[c]) * (digamma(a[c]) - psi0)
  if (gradient) dirichletKlGradient(a, b, gradient)
  return value
}

/** The derivative alone: one trigamma per class instead of four gamma functions. */
export function dirichletKlGradient(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  gradient: Float64Array,
): void {
  let a0 = 0
  let b0 = 0
  for (let c = 0; c < a.length; c++) {
    a0 += a[c]
    b0 += b[c]
  }
  const common = (a0 - b0) * trigamma(a0)
  for (let c = 0; c < a.length; c++) gradient[c] = (a[c] - b[c]) * trigamma(a[c]) - common
}
