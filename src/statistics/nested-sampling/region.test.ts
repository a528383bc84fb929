import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { insertionPull, tally } from './insertion-test.ts'
import { friendsOfFriends, nearestNeighbours } from './neighbours.ts'
import { buildRegion, insideRegion, proposeFrom } from './region.ts'

/** n points uniform in two discs of radius 0.1 at (0.25, 0.5) and (0.75, 0.5). */
function twoDiscs(n: number, seed: number): Float64Array {
  const rng = createRng(seed)
  const points = new Float64Array(2 * n)
  for (let i = 0; i < n;) {
    const x = 2 * rng.uniform() - 1
    const y = 2 * rng.uniform() - 1
    if (x * x + y * y > 1) continue
    points[2 * i] = (i % 2 ? 0.75 : 0.25) + 0.1 * x
    points[2 * i + 1] = 0.5 + 0.1 * y
    i++
  }
  return points
}

describe('the region of the next point', () => {
  const points = twoDiscs(400, 1)
  const region = buildRegion(points, 400, 2, createRng(2))

  it('sees two clusters and holds every live point and nearly all of the true contour', () => {
    expect(region.clusters).toBe(2)
    for (let i = 0; i < 400; i++) expect(insideRegion(region, points.subarray(2 * i, 2 * i + 2))).toBe(true)
    const fresh = twoDiscs(20_000, 3)
    let outside = 0
    for (let i = 0; i < 20_000; i++) if (!insideRegion(region, fresh.subarray(2 * i, 2 * i + 2))) outside++
    expect(outside / 20_000).toBeLessThan(0.003)
  })

  it('proposes uniformly: as many per area as throwing at the whole square', () => {
    const rng = createRng(4)
    const u = new Float64Array(2)
    let [leftHalf, proposedInner, thrown, thrownInner] = [0, 0, 0, 0]
    const inner = (x: number, y: number) => (x - 0.25) ** 2 + (y - 0.5) ** 2 < 0.05 ** 2
    for (let i = 0; i < 20_000; i++) {
      proposeFrom(region, rng, u)
      expect(insideRegion(region, u)).toBe(true)
      if (u[0] < 0.5) leftHalf++
      if (inner(u[0], u[1])) proposedInner++
    }
    for (let i = 0; i < 200_000; i++) {
      for (let k = 0; k < 2; k++) u[k] = rng.uniform()
      if (!insideRegion(region, u)) continue
      thrown++
      if (inner(u[0], u[1])) thrownInner++
    }
    const expected = thrownInner / thrown
    const error = Math.sqrt(expected * (1 - expected) * (1 / 20_000 + 1 / thrown))
    expect(Math.abs(proposedInner / 20_000 - expected)).toBeLessThan(4 * error)
    expect(Math.abs(leftHalf / 20_000 - 0.5)).toBeLessThan(0.05)
  })
})

describe('neighbours', () => {
  it('nearest lists equal a full sort', () => {
    const rng = createRng(5)
    const [n, d] = [60, 3]
    const points = Float64Array.from({ length: n * d }, () => rng.normal())
    for (let i = 0; i < n; i++) points[i * d] = i / 10 // sorted by the first coordinate
    const { index, kept } = nearestNeighbours(points, n, d, 7)
    for (let i = 0; i < n; i++) {
      const distance = (j: number) =>
        [0, 1, 2].reduce((sum, k) => sum + (points[i * d + k] - points[j * d + k]) ** 2, 0)
      const sorted = Array.from({ length: n }, (_, j) => j)
        .filter((j) => j !== i)
        .sort((a, b) => distance(a) - distance(b))
      expect(Array.from(index.subarray(i * kept, (i + 1) * kept))).toEqual(sorted.slice(0, 7))
    }
  })

  it('friends of friends join chains and leave strangers alone', () => {
    const { groups, label } = friendsOfFriends(Float64Array.of(0, 0.9, 1.8, 5, 5.5), 5, 1, 1)
    expect(groups).toBe(2)
    expect(label[0]).toBe(label[2])
    expect(label[0]).not.toBe(label[3])
  })
})

it('the insertion test is standard normal for uniform ranks and sees a bias of a tenth', () => {
  const rng = createRng(6)
  const pulls = Array.from({ length: 300 }, () => {
    const record = { sum: 0, count: 0 }
    for (let i = 0; i < 2000; i++) tally(record, rng.integer(400), 400)
    return insertionPull(record)
  })
  const variance = pulls.reduce((sum, u) => sum + u * u, 0) / pulls.length
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 300))
  const biased = { sum: 0, count: 0 }
  for (let i = 0; i < 2000; i++) tally(biased, Math.floor(400 * rng.uniform() ** 1.2), 400)
  expect(insertionPull(biased)).toBeLessThan(-3)
})
