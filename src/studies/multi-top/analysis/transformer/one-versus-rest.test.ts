import { expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { oneVersusRestAuc } from './one-versus-rest.ts'

it('is the weighted share of pairs in the right order', () => {
  const rng = createRng(1)
  const rows = 60
  const logits = Float32Array.from({ length: 3 * rows }, () => Math.round(3 * rng.normal()))
  const labels = Uint8Array.from({ length: rows }, () => rng.integer(3))
  const weights = Float64Array.from({ length: rows }, () => rng.uniform())
  const probability = (row: number): number => {
    const e = [0, 1, 2].map((k) => Math.exp(logits[3 * row + k]))
    return e[1] / (e[0] + e[1] + e[2])
  }
  let [right, all] = [0, 0]
  for (let a = 0; a < rows; a++)
    for (let b = 0; b < rows; b++) {
      if (labels[a] !== 1 || labels[b] === 1) continue
      const difference = probability(a) - probability(b)
      const w = weights[a] * weights[b]
      all += w
      right += w * (Math.abs(difference) < 1e-12 ? 0.5 : Number(difference > 0))
    }
  expect(oneVersusRestAuc(logits, labels, weights, 3, 1)).toBeCloseTo(right / all, 10)
})

it('is 1 where a class stands apart, and no number without it', () => {
  const logits = Float32Array.of(9, 0, 8, 0, 0, 5, 0, 7)
  expect(oneVersusRestAuc(logits, [0, 0, 1, 1], [1, 2, 1, 3], 2, 0)).toBe(1)
  expect(oneVersusRestAuc(logits, [1, 1, 1, 1], [1, 2, 1, 3], 2, 0)).toBeNaN()
})
