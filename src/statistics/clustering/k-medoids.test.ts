import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { kMedoids } from './k-medoids.ts'

const distances = (points: readonly (readonly number[])[]) =>
  points.flatMap((p) => points.map((q) => p.reduce((sum, x, k) => sum + Math.abs(x - q[k]), 0)))

/** The least cost of all choices. */
function exhaustive(matrix: readonly number[], n: number, k: number): number {
  let least = Infinity
  const choose = (from: number, chosen: readonly number[]): void => {
    if (chosen.length === k) {
      let cost = 0
      for (let i = 0; i < n; i++) cost += Math.min(...chosen.map((m) => matrix[i * n + m]))
      least = Math.min(least, cost)
      return
    }
    for (let i = from; i < n; i++) choose(i + 1, [...chosen, i])
  }
  choose(0, [])
  return least
}

it('two of ten points in the plane, against all choices', () => {
  const points = [2, 6, 3, 4, 3, 8, 4, 7, 6, 2, 6, 4, 7, 3, 7, 4, 8, 5, 7, 6]
  const matrix = distances(Array.from({ length: 10 }, (_, i) => points.slice(2 * i, 2 * i + 2)))
  const { medoids, nearest, cost } = kMedoids(matrix, 10, 2)
  expect(cost).toBe(exhaustive(matrix, 10, 2))
  nearest.forEach((m, i) =>
    expect(matrix[10 * i + m]).toBe(Math.min(...medoids.map((o) => matrix[10 * i + o]))),
  )
})

it('finds the least cost of small random sets', () => {
  const rng = createRng(9)
  for (let k = 1; k <= 4; k++) {
    const matrix = distances(Array.from({ length: 11 }, () => [rng.normal(), rng.normal()]))
    expect(kMedoids(matrix, 11, k).cost).toBeCloseTo(exhaustive(matrix, 11, k), 12)
  }
})

it('all represent themselves; none or more than there are is refused', () => {
  expect(kMedoids([0, 1, 1, 0], 2, 2)).toEqual({ medoids: [0, 1], nearest: [0, 1], cost: 0 })
  for (const k of [0, 3]) expect(() => kMedoids([0, 1, 1, 0], 2, k)).toThrow(new RegExp(`${k} rep.*1 to 2`))
})
