import { AppError } from '../errors.ts'

export interface QuadratureRule {
  nodes: Float64Array // [n], ascending in (-1, 1)
  weights: Float64Array // [n], summing to 2
}

const rules = new Map<number, QuadratureRule>()

/**
 * Gauss-Legendre rule on [-1, 1], exact for polynomials of degree 2n - 1.
 * Nodes by Newton's method on P_n from the Chebyshev-like guess (Abramowitz and Stegun 25.4.29).
 */
export function gaussLegendre(n: number): QuadratureRule {
  const known = rules.get(n)
  if (known) return known
  if (!Number.isInteger(n) || n < 1)
    throw new AppError('physics/out-of-range', `Gauss-Legendre needs a whole number of nodes >= 1, got ${n}.`)
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < (n + 1) >> 1; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      let previous = 1
      let current = x
      for (let k = 2; k <= n; k++) {
        const next = ((2 * k - 1) * x * current - (k - 1) * previous) / k
        previous = current
        current = next
      }
      slope = (n * (x * current - previous)) / (x * x - 1)
      const move = current / slope
      x -= move
      if (Math.abs(move) < 1e-15) break
    }
    const weight = 2 / ((1 - x * x) * slope * slope)
    nodes[i] = -x
    nodes[n - 1 - i] = x
    weights[i] = weights[n - 1 - i] = weight
  }
  if (n % 2 === 1) nodes[n >> 1] = 0
  const rule = { nodes, weights }
  rules.set(n, rule)
  return rule
}

/** int_a^b f by one Gauss-Legendre rule of n nodes. */
export function integrate(f: (x: number) => number, a: number, b: number, n = 16): number {
  const { nodes, weights } = gaussLegendre(n)
  const half = 0.5 * (b - a)
  const middle = 0.5 * (a + b)
  let sum = 0
  for (let i = 0; i < n; i++) sum += weights[i] * f(middle + half * nodes[i])
  return sum * half
}
