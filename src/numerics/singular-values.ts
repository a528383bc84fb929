/** B = sum_k values_k left_k right_k^T, with orthonormal left_k and right_k. */
export interface SingularDecomposition {
  values: Float64Array // [rows], descending
  left: Float64Array // [rows, rows], row k is left_k
  right: Float64Array // [rows, columns], row k is right_k; zero where values_k is
}

/** Rows shorter than this share of all are rounding: turning them against each other would never end. */
const rounding = 1e-17

/**
 * Singular value decomposition of a matrix by one-sided Jacobi rotations of its rows. Small singular values
 * keep their relative accuracy, which they lose when the product B B^T is formed.
 *
 * @param b  [rows, columns] row-major
 * Source: Hestenes 1958; Golub and Van Loan, Matrix Computations, 8.6.3.
 */
export function singularDecomposition(
  b: ArrayLike<number>,
  rows: number,
  columns: number,
): SingularDecomposition {
  const r = Float64Array.from(b)
  const u = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) u[i * rows + i] = 1
  let all = 0
  for (const value of r) all += value * value
  const negligible = all * rounding * rounding
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false
    for (let p = 0; p < rows; p++)
      for (let q = p + 1; q < rows; q++) {
        let [pp, qq, pq] = [0, 0, 0]
        for (let k = 0; k < columns; k++) {
          const x = r[p * columns + k]
          const y = r[q * columns + k]
          pp += x * x
          qq += y * y
          pq += x * y
        }
        if (Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq) || pp * qq < negligible * negligible) continue
        rotated = true
        const theta = (qq - pp) / (2 * pq)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1))
        const c = 1 / Math.hypot(t, 1)
        rotate(r, p * columns, q * columns, columns, c, t * c)
        rotate(u, p * rows, q * rows, rows, c, t * c)
      }
  }
  const lengths = Float64Array.from({ length: rows }, (_, i) =>
    Math.hypot(...r.subarray(i * columns, (i + 1) * columns)),
  )
  const order = Array.from({ length: rows }, (_, i) => i).sort((i, j) => lengths[j] - lengths[i])
  const values = new Float64Array(rows)
  const left = new Float64Array(rows * rows)
  const right = new Float64Array(rows * columns)
  order.forEach((from, to) => {
    values[to] = lengths[from]
    left.set(u.subarray(from * rows, (from + 1) * rows), to * rows)
    if (lengths[from] > 0)
      for (let k = 0; k < columns; k++) right[to * columns + k] = r[from * columns + k] / lengths[from]
  })
  return { values, left, right }
}

function rotate(a: Float64Array, p: number, q: number, length: number, c: number, s: number): void {
  for (let k = 0; k < length; k++) {
    const x = a[p + k]
    const y = a[q + k]
    a[p + k] = c * x - s * y
    a[q + k] = s * x + c * y
  }
}
