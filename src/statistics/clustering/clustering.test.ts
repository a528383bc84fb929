import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { adjustedRandIndex } from './adjusted-rand.ts'
import { averageLinkage } from './average-linkage.ts'
import { kMeans } from './k-means.ts'

// Three blobs far apart in the plane; 40 rows each.
const rng = createRng(3)
const truth = Array.from({ length: 120 }, (_, i) => i % 3)
const rows = Float64Array.from(
  truth.flatMap((c) => [10 * (c === 1 ? 1 : 0) + rng.normal(), 10 * (c === 2 ? 1 : 0) + rng.normal()]),
)
const distances = Float64Array.from({ length: 120 * 120 }, (_, at) => {
  const [i, j] = [Math.floor(at / 120), at % 120]
  return Math.hypot(rows[2 * i] - rows[2 * j], rows[2 * i + 1] - rows[2 * j + 1])
})

it('finds three blobs by linkage and by means', () => {
  expect(adjustedRandIndex(truth, averageLinkage(distances, 120, 3))).toBe(1)
  expect(adjustedRandIndex(truth, kMeans(rows, 120, 2, 3, createRng(1)))).toBe(1)
})

it('cuts into as many as asked for, in order of appearance', () => {
  for (const clusters of [1, 2, 5, 120])
    expect(new Set(averageLinkage(distances, 120, clusters)).size).toBe(clusters)
  expect(averageLinkage([0, 1, 9, 1, 0, 9, 9, 9, 0], 3, 2)).toEqual(Uint8Array.of(0, 0, 1))
})

// Table 1 example by hand: a = {0,0,0,1,1,1}, b = {0,0,1,1,2,2}: index 2, pairs 6 and 3, of 15:
// (2 - 6*3/15) / (4.5 - 1.2) = 0.8/3.3.
it('has the adjusted Rand index of a small case', () => {
  expect(adjustedRandIndex([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])).toBeCloseTo(0.8 / 3.3, 14)
  expect(adjustedRandIndex([0, 0, 1, 1], [5, 5, 2, 2])).toBe(1)
  expect(adjustedRandIndex([0, 0, 0], [1, 1, 1])).toBe(1)
})

it('is zero on average for independent labels', () => {
  const random = createRng(8)
  let sum = 0
  for (let k = 0; k < 200; k++) {
    const [a, b] = [0, 1].map(() => Array.from({ length: 60 }, () => Math.floor(3 * random.uniform())))
    sum += adjustedRandIndex(a, b) / 200
  }
  expect(Math.abs(sum)).toBeLessThan(0.01) // spread of one is about 0.02
})
