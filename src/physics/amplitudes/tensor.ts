import type { AmplitudeTensor } from './squared-matrix-element.ts'

/** Σ over configurations and colours of |amplitude|², averaged: what squaredMatrixElement gives. */
export function squaredTensor(tensor: AmplitudeTensor): number {
  const { values, structures, normalisation } = tensor
  let sum = 0
  for (let at = 0; at < values.length; at += 2 * structures) sum += colourSum(values, at, tensor)
  return normalisation * sum
}

/** Σ_ij A_i C_ij A_j* of the amplitudes of all structures from `at` on. */
export function colourSum(
  values: Float64Array,
  at: number,
  { structures, colourMatrix }: Pick<AmplitudeTensor, 'structures' | 'colourMatrix'>,
): number {
  let sum = 0
  for (let i = 0; i < structures; i++) {
    let re = 0
    let im = 0
    for (let j = 0; j < structures; j++) {
      const c = colourMatrix[structures * i + j]
      re += c * values[at + 2 * j]
      im += c * values[at + 2 * j + 1]
    }
    sum += re * values[at + 2 * i] + im * values[at + 2 * i + 1]
  }
  return sum
}
