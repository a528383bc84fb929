/** Input of the network: w = whitening (x - mean), whitening the inverse Cholesky factor of the covariance. */
export interface Whitening {
  mean: Float32Array // [n]
  whitening: Float32Array // [n, n] row-major, lower triangular
}

/**
 * Whitened spectra as the network takes them; sums in double precision.
 *
 * @param x  [rows, n], pb per bin
 * @returns  [rows, n]
 */
export function whitenRows({ mean, whitening }: Whitening, x: ArrayLike<number>, rows: number): Float32Array {
  const n = mean.length
  const out = new Float32Array(rows * n)
  const matrix = Float64Array.from(whitening)
  const centred = new Float64Array(n)
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < n; k++) centred[k] = x[row * n + k] - mean[k]
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let k = 0, at = i * n; k <= i; k++, at++) sum += matrix[at] * centred[k]
      out[row * n + i] = sum
    }
  }
  return out
}
