import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../../numerics/rng.ts'
import { nearestUniverses, neighbourSpaces, overlap, type NeighbourGallery } from './neighbours.ts'
import { processorMs } from '../../../testing/processor-time.ts'

const count = 40
const bins = 6
const rng = createRng(4)
const gallery: NeighbourGallery = {
  count,
  latent: Float32Array.from({ length: count * 3 }, () => rng.normal()),
  whitened: Float32Array.from({ length: count * bins }, () => rng.normal()),
  coefficients: Float64Array.from({ length: count * 17 }, () => rng.normal()),
  halfWidth: Float64Array.from({ length: 17 }, (_, o) => 0.1 * (o + 1)),
}
const query = {
  latent: [0.1, -0.2, 0.3],
  whitened: [0.5, 0, 0, -0.5, 0.25, 1],
  coefficients: Float64Array.from({ length: 17 }, () => rng.normal()),
}

/** Distances by definition, one universe at a time. */
const distanceTo: Record<(typeof neighbourSpaces)[number], (u: number) => number> = {
  latent: (u) => Math.hypot(...query.latent.map((q, k) => q - gallery.latent[u * 3 + k])),
  spectrum: (u) => Math.hypot(...query.whitened.map((q, b) => q - gallery.whitened[u * bins + b])),
  wilson: (u) =>
    Math.hypot(
      ...query.coefficients.map((q, o) => (q - gallery.coefficients[u * 17 + o]) / gallery.halfWidth[o]),
    ),
}

describe.each(neighbourSpaces)('neighbours in %s space', (space) => {
  it('are the k smallest of all distances, nearest first', () => {
    const all = Array.from({ length: count }, (_, u) => distanceTo[space](u))
    const sorted = all.map((_, u) => u).sort((a, b) => all[a] - all[b])
    const found = nearestUniverses(gallery, query, space, 7)
    expect(found.map(({ universe }) => universe)).toEqual(sorted.slice(0, 7))
    found.forEach(({ universe, distance }) => expect(distance).toBeCloseTo(all[universe], 6))
  })

  it('leave out the query itself', () => {
    const [first] = nearestUniverses(gallery, query, space, 1)
    const others = nearestUniverses(gallery, { ...query, exclude: first.universe }, space, count)
    expect(others).toHaveLength(count - 1)
    expect(others.map(({ universe }) => universe)).not.toContain(first.universe)
  })

  it('are all of a small gallery, no more', () => {
    expect(nearestUniverses(gallery, query, space, 1000)).toHaveLength(count)
  })
})

it('of a million universes are those that a sort of all finds, at once', () => {
  const million = 1_000_000
  // On a grid, so that many are equally far.
  const latent = Float32Array.from({ length: 2 * million }, () => Math.round(50 * rng.normal()))
  const large = { ...gallery, count: million, latent }
  const distances = Float64Array.from(
    { length: million },
    (_, u) => latent[2 * u] ** 2 + latent[2 * u + 1] ** 2,
  )
  const sorted = Uint32Array.from({ length: million }, (_, u) => u).sort(
    (a, b) => distances[a] - distances[b] || a - b,
  )
  for (const k of [1, 10, 500]) {
    const began = processorMs()
    const found = nearestUniverses(large, { ...query, latent: [0, 0] }, 'latent', k)
    const took = processorMs() - began
    expect(found.map(({ universe }) => universe)).toEqual([...sorted.subarray(0, k)])
    expect(took).toBeLessThan(500) // [ms]; 10 to 40, before 700 and more
  }
})

it('ties go to the lower universe number', () => {
  const same = { ...gallery, latent: new Float32Array(count * 3) }
  const found = nearestUniverses(same, { ...query, latent: [0, 0, 0] }, 'latent', 5)
  expect(found).toEqual([0, 1, 2, 3, 4].map((universe) => ({ universe, distance: 0 })))
})

it('a query without coefficients has no neighbours in Wilson space', () => {
  expect(nearestUniverses(gallery, { ...query, coefficients: undefined }, 'wilson', 5)).toEqual([])
})

it('an operator that the prior leaves at zero does not count in Wilson space', () => {
  const halfWidth = gallery.halfWidth.slice()
  halfWidth[3] = 0
  const moved = { ...query, coefficients: query.coefficients.map((c, o) => (o === 3 ? c + 1e6 : c)) }
  const narrow = { ...gallery, halfWidth }
  expect(nearestUniverses(narrow, moved, 'wilson', 5)).toEqual(nearestUniverses(narrow, query, 'wilson', 5))
})

it('overlap counts what two lists share, in either order', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 })
  fc.assert(
    fc.property(list, list, (a, b) => {
      const of = (universes: number[]) => universes.map((universe) => ({ universe, distance: 0 }))
      const shared = a.filter((u) => b.includes(u)).length
      expect(overlap(of(a), of(b))).toBe(shared)
      expect(overlap(of(b), of(a))).toBe(shared)
    }),
  )
})
