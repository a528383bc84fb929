import { expect, it } from 'vitest'
import { keptNeighbours, lostNeighbours, sampledRows, trueNeighbours, uncounted } from './kept-neighbours.ts'

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

it('counts a seeded sample where there are too many pairs, as it counts these among all', () => {
  const places = (seed: number) => Float64Array.from({ length: 400 }, (_, i) => Math.sin(seed * i))
  const request = {
    ...{ count: 200, k: 5 },
    truth: { values: places(1.3), dimensions: 2 },
    maps: [{ values: places(2.9), dimensions: 2 }],
  }
  const rows = sampledRows(200, 200 * 60)
  if (!rows) throw new Error('all of them')
  expect(rows).toHaveLength(60)
  expect(new Set(rows).size).toBe(60)
  expect(sampledRows(200, 200 * 60)).toEqual(rows)
  expect(sampledRows(200)).toBeNull()
  const all = keptNeighbours(request)
  const some = keptNeighbours(request, rows)
  expect(all.sample).toBeNull()
  expect(some.sample).toEqual({ size: 60, of: 200 })
  const counted = Array.from(rows, (row) => all.maps[0].kept[row])
  expect(Array.from(rows, (row) => some.maps[0].kept[row])).toEqual(counted)
  expect(some.maps[0].mean).toBeCloseTo(counted.reduce((sum, own) => sum + own, 0) / 60)
  const [left] = Array.from({ length: 200 }, (_, row) => row).filter((row) => !rows.includes(row))
  expect(some.maps[0].kept[left]).toBe(uncounted)
  expect([trueNeighbours(some, left), lostNeighbours(some, 0, left)]).toEqual([[], []])
  expect(trueNeighbours(some, rows[3])).toEqual(trueNeighbours(all, rows[3]))
})
