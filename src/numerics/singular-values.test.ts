import { expect, it } from 'vitest'
import '../testing/matchers.ts'
import { createRng } from './rng.ts'
import { singularDecomposition } from './singular-values.ts'

const [rows, columns] = [5, 9]

function orthonormal(count: number, length: number, seed: number): Float64Array {
  const rng = createRng(seed)
  const { right } = singularDecomposition(
    Float64Array.from({ length: count * length }, () => rng.normal()),
    count,
    length,
  )
  return right
}

it('gives back the singular values a matrix was made of, twelve decades apart', () => {
  const values = [7e3, 2, 2, 3e-5, 4e-9]
  const left = orthonormal(rows, rows, 1)
  const right = orthonormal(rows, columns, 2)
  const b = new Float64Array(rows * columns)
  values.forEach((s, k) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) b[i * columns + j] += s * left[k * rows + i] * right[k * columns + j]
  })
  const found = singularDecomposition(b, rows, columns)
  // The matrix itself is rounded to 1e-16 of its largest entry, 1e-12.
  values.forEach((s, k) => expect(Math.abs(found.values[k] - s)).toBeLessThan(1e-12 + 1e-14 * s))
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let k = 0; k < rows; k++)
        sum += found.values[k] * found.left[k * rows + i] * found.right[k * columns + j]
      expect(Math.abs(sum - b[i * columns + j])).toBeLessThan(1e-11)
    }
})

it('keeps small values of scaled rows to relative precision, which the product of the matrix loses', () => {
  // Rows 1 and 1e-10 long at an angle of 60 degrees: singular values 1 and sin 60 * 1e-10.
  const b = [1, 0, 0, 0.5e-10, Math.sqrt(0.75) * 1e-10, 0]
  expect(singularDecomposition(b, 2, 3).values[1]).toBeCloseToRel(Math.sqrt(0.75) * 1e-10, 1e-12)
})

it('finds the rank', () => {
  const b = [1, 2, 3, 2, 4, 6, 0, 1, 0]
  const { values, right } = singularDecomposition(b, 3, 3)
  expect(values[2]).toBeLessThan(1e-14)
  expect(values[1]).toBeGreaterThan(0.5)
  let product = 0
  for (let k = 0; k < 3; k++) product += right[k] * right[3 + k]
  expect(Math.abs(product)).toBeLessThan(1e-14)
})
