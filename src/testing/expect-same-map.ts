import { expect } from 'vitest'

/** Latent coordinates that agree to rounding: our kernels compute in float32, the plain loop in doubles. */
export function expectSameMap(latent: readonly number[], expected: Float32Array): void {
  const scale = Math.max(...expected.map(Math.abs))
  expect(latent).toHaveLength(expected.length)
  expect(Math.max(...latent.map((z, i) => Math.abs(z - expected[i])))).toBeLessThan(1e-5 * scale)
}
