import { describe, expect, it } from 'vitest'
import { createRng, type Rng } from '../../numerics/rng.ts'
import { checkMixture, drawMixture, randomMixture, weightedDraws } from '../../testing/mixtures.ts'
import '../../testing/matchers.ts'
import { resampleEqual, type WeightedSamples } from '../posterior/samples.ts'
import { findModes } from './find-modes.ts'
import { component } from './mixture.ts'

// All 200 are in find-modes.slow.test.ts.
describe('modes of mixtures of one to three normals in one to three dimensions', () => {
  it.each([1, 2, 3, 4, 5, 6])('equally weighted, seed %i', (seed) => {
    const rng = createRng(seed)
    const parts = randomMixture(rng)
    checkMixture(parts, drawMixture(parts, 4000, rng))
  })

  it.each([1, 2, 3])('with unequal weights, seed %i', (seed) => {
    const rng = createRng(seed)
    const parts = randomMixture(rng)
    checkMixture(parts, weightedDraws(parts, 8000, rng))
  })
})

function drawn(count: number, seed: number, draw: (rng: Rng) => number[]): WeightedSamples {
  const rng = createRng(seed)
  const rows = Array.from({ length: count }, () => draw(rng))
  return {
    names: rows[0].map((_, k) => `c${k + 1}`),
    theta: Float64Array.from(rows.flat()),
    weights: new Float64Array(count).fill(1),
    logL: new Float64Array(count),
  }
}

/** Shapes that no small number of normals describes. */
const shapes: Record<string, (rng: Rng) => number[]> = {
  'a flat prior': (rng) => [rng.uniform()],
  'a fall from a wall': (rng) => [-Math.log(1 - rng.uniform())],
  'a banana': (rng) => {
    const a = rng.normal()
    return [a, a * a + 0.3 * rng.normal()]
  },
  'a ring': (rng) => {
    const angle = 2 * Math.PI * rng.uniform()
    const radius = 1 + 0.1 * rng.normal()
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  },
  'heavy tails': (rng) => [rng.normal() / Math.hypot(rng.normal(), rng.normal(), rng.normal())],
}

it.each(Object.entries(shapes))('%s is one mode', (_, draw) => {
  expect(findModes(drawn(3000, 1, draw)).modes).toHaveLength(1)
})

it('gives the same in other units, in any order of samples and for a resampled posterior', () => {
  const parts = [
    component(0.7, Float64Array.of(0, 0), Float64Array.of(1, 0.6, 0.6, 1))!,
    component(0.3, Float64Array.of(4, -3), Float64Array.of(0.2, 0, 0, 0.5))!,
  ]
  const samples = weightedDraws(parts, 3000, createRng(4))
  const found = findModes(samples).modes
  expect(found).toHaveLength(2)
  const scaled = {
    ...samples,
    theta: samples.theta.map((value, i) => (i % 2 === 0 ? 1e6 * value : 5 - 1e-3 * value)),
  }
  findModes(scaled).modes.forEach(({ mass, mean }, m) => {
    expect(mass).toBeCloseTo(found[m].mass, 2)
    expect(mean[0] / 1e6).toBeCloseTo(found[m].mean[0], 1)
  })
  // Heavy samples come several times: no clump of equal points is a mode.
  expect(findModes(resampleEqual(samples, createRng(5), 9000)).modes).toHaveLength(2)
})

it('few samples, equal samples and a parameter that does not vary are one mode', () => {
  expect(findModes(drawn(1, 1, () => [1, 2])).modes).toHaveLength(1)
  expect(findModes(drawn(500, 1, () => [1, 2])).modes.map(({ mass }) => mass.toFixed(9))).toEqual([
    '1.000000000',
  ])
  const fixed = findModes(drawn(800, 1, (rng) => [rng.uniform() < 0.5 ? rng.normal() : 20 + rng.normal(), 7]))
  expect(fixed.modes).toHaveLength(2)
  expect(fixed.labelsAlong(0)).not.toEqual(new Int32Array(2))
  expect(fixed.labelsAlong(1)).toEqual(new Int32Array(2))
})
