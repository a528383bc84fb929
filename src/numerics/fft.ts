import { AppError } from '../errors.ts'

/** Cosines and sines of 2πk/n for k below n/2, by n. */
const tables = new Map<number, { cosines: Float64Array; sines: Float64Array }>()

function tableOf(n: number): { cosines: Float64Array; sines: Float64Array } {
  const known = tables.get(n)
  if (known) return known
  const angle = (k: number) => (2 * Math.PI * k) / n
  const made = {
    cosines: Float64Array.from({ length: n >> 1 }, (_, k) => Math.cos(angle(k))),
    sines: Float64Array.from({ length: n >> 1 }, (_, k) => Math.sin(angle(k))),
  }
  tables.set(n, made)
  return made
}

/**
 * Discrete Fourier transform in place, X_k = Σ x_j exp(∓2πi jk/n): minus forwards, plus and without 1/n backwards.
 * Radix 2 after bit reversal (Cooley and Tukey 1965).
 *
 * @param real, imaginary  [n], n a power of two
 * @throws AppError 'input/invalid' for another n
 */
export function fourier(real: Float64Array, imaginary: Float64Array, backwards = false): void {
  const n = real.length
  if (!(n >= 1 && (n & (n - 1)) === 0 && imaginary.length === n))
    throw new AppError(
      'input/invalid',
      `A Fourier transform takes a power of two of numbers, real and imaginary, got ${n} and ${imaginary.length}.`,
    )
  reverseBits(real)
  reverseBits(imaginary)
  const { cosines, sines } = tableOf(n)
  const sign = backwards ? 1 : -1
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half)
    for (let from = 0; from < n; from += 2 * half)
      for (let k = 0; k < half; k++) {
        const c = cosines[k * stride]
        const s = sign * sines[k * stride]
        const low = from + k
        const high = low + half
        const x = real[high] * c - imaginary[high] * s
        const y = real[high] * s + imaginary[high] * c
        real[high] = real[low] - x
        imaginary[high] = imaginary[low] - y
        real[low] += x
        imaginary[low] += y
      }
  }
}

function reverseBits(values: Float64Array): void {
  const n = values.length
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i >= j) continue
    const kept = values[i]
    values[i] = values[j]
    values[j] = kept
  }
}
