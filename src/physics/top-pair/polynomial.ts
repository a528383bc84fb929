import type { TopPairOperatorName } from './operators.ts'

/**
 * A cross-section is w(c) = w_0 + sum_j c_j w_j + sum_{j <= k} c_j c_k w_jk: its terms are stored as 1, the n linear ones,
 * then the pairs j <= k row by row.
 */
export function termCount(n: number): number {
  return 1 + n + (n * (n + 1)) / 2
}

/** Position of the pair (j, k) of operators among the terms. */
export function pairTerm(j: number, k: number, n: number): number {
  const [a, b] = j <= k ? [j, k] : [k, j]
  return 1 + n + a * n - (a * (a - 1)) / 2 + (b - a)
}

/** "1", "td8", "td8^2", "td8*tq8", ... in the order of the terms. */
export function termNames(operators: readonly TopPairOperatorName[]): string[] {
  const pairs = operators.flatMap((a, j) => operators.slice(j).map((b) => (a === b ? `${a}^2` : `${a}*${b}`)))
  return ['1', ...operators, ...pairs]
}

/** What each term is multiplied with at coefficients c [TeV^-2], in the order of the terms. */
export function coefficientMonomials(
  c: ArrayLike<number>,
  out = new Float64Array(termCount(c.length)),
): Float64Array {
  const n = c.length
  let at = 0
  out[at++] = 1
  for (let j = 0; j < n; j++) out[at++] = c[j]
  for (let j = 0; j < n; j++) for (let k = j; k < n; k++) out[at++] = c[j] * c[k]
  return out
}

/** w(c) of the terms that start at `offset`. */
export function evaluatePolynomial(
  terms: ArrayLike<number>,
  monomials: ArrayLike<number>,
  offset = 0,
): number {
  let sum = 0
  for (let t = 0; t < monomials.length; t++) sum += terms[offset + t] * monomials[t]
  return sum
}

/** What the terms are multiplied with when c_tG becomes factor x c_tG: 1, the factor or its square. */
export function dipoleTermFactors(operators: readonly TopPairOperatorName[], factor: number): Float64Array {
  return coefficientMonomials(operators.map((name) => (name === 'tG' ? factor : 1)))
}
