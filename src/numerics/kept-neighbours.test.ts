import { expect, it } from 'vitest'
import { keptNeighbours, lostNeighbours } from './kept-neighbours.ts'

// Six points on a line; the map swaps the two halves' ends: 0 and 5 change places.
const line = Float64Array.of(0, 1, 2, 10, 11, 12)
const swapped = Float64Array.of(12, 1, 2, 10, 11, 0)

it('counts true neighbours among the nearest on each map', () => {
  const { maps, truth, chance } = keptNeighbours({
    ...{ count: 6, k: 2 },
    truth: { values: line, dimensions: 1 },
    maps: [
      { values: line, dimensions: 1 },
      { values: swapped, dimensions: 1 },
    ],
  })
  expect(Array.from(truth.subarray(0, 2))).toEqual([1, 2])
  expect([maps[0].mean, Array.from(maps[0].kept)]).toEqual([2, [2, 2, 2, 2, 2, 2]])
  // By hand: 0 at 12 has 4 and 3 near, neither true; 1 has 2 and 5, of which 2 is true; and so on.
  expect(Array.from(maps[1].kept)).toEqual([0, 1, 1, 1, 1, 0])
  expect(maps[1].mean).toBeCloseTo(4 / 6)
  expect(chance).toBeCloseTo(4 / 5)
})

it('names those that are lost, nearest first', () => {
  const kept = keptNeighbours({
    ...{ count: 6, k: 2 },
    truth: { values: line, dimensions: 1 },
    maps: [{ values: swapped, dimensions: 1 }],
  })
  expect(lostNeighbours(kept, 0, 0)).toEqual([1, 2])
  expect(lostNeighbours(kept, 0, 1)).toEqual([0])
})
