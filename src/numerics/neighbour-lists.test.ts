import { expect, it } from 'vitest'
import { jaccard, nearestOthers, neighbourLists } from './neighbour-lists.ts'
import { createRng, type Rng } from './rng.ts'

it('lists neighbours as a full sort does', () => {
  const rng = createRng(2)
  const rows = Float64Array.from({ length: 50 * 3 }, () => Math.round(4 * rng.normal()))
  const lists = neighbourLists(rows, 50, 3, 7)
  for (let i = 0; i < 50; i++) {
    const d = (j: number) => [0, 1, 2].reduce((sum, c) => sum + (rows[3 * i + c] - rows[3 * j + c]) ** 2, 0)
    const sorted = Array.from({ length: 50 }, (_, j) => j)
      .filter((j) => j !== i)
      .sort((a, b) => d(a) - d(b) || a - b)
    expect(Array.from(lists.subarray(7 * i, 7 * i + 7))).toEqual(sorted.slice(0, 7))
    expect(nearestOthers(rows, 50, 3, i, 7)).toEqual(
      sorted.slice(0, 7).map((row) => ({ row, distance: Math.sqrt(d(row)) })),
    )
  }
  expect(nearestOthers(rows, 3, 3, 0, 7)).toHaveLength(2)
  expect(jaccard(3, 3)).toBe(1)
  expect(jaccard(1, 3)).toBe(0.2)
})

it.each([
  ['spread along one axis', (rng: Rng, c: number) => (c === 0 ? 100 : 1) * rng.normal()],
  ['far from the origin', (rng: Rng) => 1e6 + rng.normal()],
  ['many of them equal', (rng: Rng) => rng.integer(2)],
  ['all equal', () => 3],
  [
    'one of them not a number',
    (rng: Rng, c: number, i: number) => (i === 7 && c === 1 ? Number.NaN : rng.normal()),
  ],
] as const)('lists those of each row alone where rows are %s', (_, value) => {
  const [n, d, k] = [300, 4, 9]
  const rng = createRng(5)
  const rows = Float64Array.from({ length: n * d }, (_, at) => value(rng, at % d, Math.floor(at / d)))
  const lists = neighbourLists(rows, n, d, k)
  for (let i = 0; i < n; i++)
    expect(Array.from(lists.subarray(k * i, k * i + k))).toEqual(
      nearestOthers(rows, n, d, i, k).map(({ row }) => row),
    )
})
