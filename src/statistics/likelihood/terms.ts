import { AppError } from '../../errors.ts'

/** 'linear': 1, c_j; 'quadratic': 1, c_j, c_j c_k with j <= k row by row. */
export type PolynomialOrder = 'linear' | 'quadratic'

export function termsFor(n: number, order: PolynomialOrder): number {
  return order === 'linear' ? 1 + n : 1 + n + (n * (n + 1)) / 2
}

/** Values of the terms at c, in order. */
export function termValues(
  c: ArrayLike<number>,
  n: number,
  order: PolynomialOrder,
  out: Float64Array,
): Float64Array {
  let at = 0
  out[at++] = 1
  for (let j = 0; j < n; j++) out[at++] = c[j]
  if (order === 'quadratic') for (let j = 0; j < n; j++) for (let k = j; k < n; k++) out[at++] = c[j] * c[k]
  return out
}

/** Chain rule: d/dc of a function whose derivative with respect to the terms is `byTerm`. */
export function pullBack(
  c: ArrayLike<number>,
  n: number,
  order: PolynomialOrder,
  byTerm: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < n; j++) out[j] = byTerm[1 + j]
  if (order === 'linear') return
  let at = 1 + n
  for (let j = 0; j < n; j++)
    for (let k = j; k < n; k++) {
      out[j] += byTerm[at] * c[k]
      out[k] += byTerm[at] * c[j]
      at++
    }
}

/** sum_k row[offset + k] b[k]. */
export function dotTerms(row: Float64Array, offset: number, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < b.length; k++) sum += row[offset + k] * b[k]
  return sum
}

/** @throws AppError naming what has the wrong number of terms */
export function checkTerms(
  what: string,
  length: number,
  rows: number,
  n: number,
  order: PolynomialOrder,
): void {
  const terms = termsFor(n, order)
  if (length !== rows * terms)
    throw new AppError(
      'data/mismatch',
      `${what} has ${length} numbers, ${rows} rows of ${terms} ${order} terms for ${n} coefficients need ${rows * terms}. Use the terms 1, c_j${order === 'quadratic' ? ', c_j c_k' : ''} in this order.`,
    )
}

/** Keeps the first terms of each row: the linear truncation of a quadratic table. */
export function linearPart(rows: Float64Array, n: number): Float64Array {
  const from = termsFor(n, 'quadratic')
  const to = termsFor(n, 'linear')
  const count = rows.length / from
  const out = new Float64Array(count * to)
  for (let i = 0; i < count; i++) out.set(rows.subarray(i * from, i * from + to), i * to)
  return out
}
