import { AppError } from '../errors.ts'

/** Square and rectangular matrices are Float64Array, row-major; sizes travel beside them. */

/**
 * Lower Cholesky factor L of a symmetric positive-definite matrix, A = L L^T.
 *
 * @param a  [n, n]
 * @throws   AppError 'numerics/not-positive-definite' naming the pivot
 */
export function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k]
      if (i === j) {
        if (!(sum > 0))
          throw new AppError(
            'numerics/not-positive-definite',
            `The ${n} x ${n} covariance is not positive definite: pivot ${i} is ${sum.toExponential(3)}, must be > 0. Check for duplicated or empty bins.`,
            { pivot: i, value: sum },
          )
        l[i * n + i] = Math.sqrt(sum)
      } else l[i * n + j] = sum / l[j * n + j]
    }
  }
  return l
}

/** Solves L y = b for one lower-triangular L [n, n]; returns y, leaves b alone. */
export function solveLower(l: Float64Array, b: ArrayLike<number>, n: number): Float64Array {
  const y = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = b[i]
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * y[k]
    y[i] = sum / l[i * n + i]
  }
  return y
}

/** Inverse of a lower-triangular matrix, itself lower-triangular. */
export function invertLower(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    inverse[j * n + j] = 1 / l[j * n + j]
    for (let i = j + 1; i < n; i++) {
      let sum = 0
      for (let k = j; k < i; k++) sum -= l[i * n + k] * inverse[k * n + j]
      inverse[i * n + j] = sum / l[i * n + i]
    }
  }
  return inverse
}

/** C = A B for A [m, k], B [k, n]. */
export function multiply(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  const c = new Float64Array(m * n)
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const factor = a[i * k + p]
      if (factor === 0) continue
      for (let j = 0; j < n; j++) c[i * n + j] += factor * b[p * n + j]
    }
  return c
}

export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const t = new Float64Array(a.length)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) t[j * rows + i] = a[i * columns + j]
  return t
}

export interface SymmetricEigen {
  values: Float64Array // [n], descending
  vectors: Float64Array // [n, n], row i is the unit eigenvector of values[i]
}

/** Eigen-decomposition of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, 8.5). */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = Float64Array.from(matrix)
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  let norm = 0
  for (const value of a) norm += value * value
  for (let sweep = 0; sweep < 100; sweep++) {
    let off = 0
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) off += a[i * n + j] ** 2
    if (off <= 1e-30 * norm) break
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]
        if (apq === 0) continue
        const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1))
        const c = 1 / Math.hypot(t, 1)
        const s = t * c
        for (let k = 0; k < n; k++) {
          const akp = a[k * n + p]
          const akq = a[k * n + q]
          a[k * n + p] = c * akp - s * akq
          a[k * n + q] = s * akp + c * akq
        }
        for (let k = 0; k < n; k++) {
          const apk = a[p * n + k]
          const aqk = a[q * n + k]
          a[p * n + k] = c * apk - s * aqk
          a[q * n + k] = s * apk + c * aqk
          const vpk = v[p * n + k]
          const vqk = v[q * n + k]
          v[p * n + k] = c * vpk - s * vqk
          v[q * n + k] = s * vpk + c * vqk
        }
      }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i])
  const values = new Float64Array(n)
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => {
    values[to] = a[from * n + from]
    vectors.set(v.subarray(from * n, from * n + n), to * n)
  })
  return { values, vectors }
}
