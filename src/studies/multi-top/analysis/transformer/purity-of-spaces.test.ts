import { expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { drain } from '../../../../numerics/drain.ts'
import { purityOfSpaces, testEventsOfClasses } from './purity-of-spaces.ts'

const n = 120
const labels = Uint8Array.from({ length: n }, (_, i) => i % 2)

/** Normals about a centre of each class. */
function space(apart: number) {
  const rng = createRng(1, `${apart}`)
  const values = Float64Array.from({ length: 3 * n }, (_, at) => {
    const label = labels[Math.floor(at / 3)]
    return rng.normal() + (at % 3 === 0 ? apart * (label - 0.5) : 0)
  })
  return { values, n, dimensions: 3 }
}

it('a space that tells classes apart has purer neighbours, by every metric', () => {
  const { metrics, neighbours } = drain(purityOfSpaces(space(0), space(8), labels, 1))
  expect(neighbours).toBe(15)
  for (const { input, learned, gain } of Object.values(metrics)) {
    expect(Math.abs(input.value - 0.5)).toBeLessThan(0.08)
    expect(learned.value).toBeGreaterThan(0.9)
    expect(gain.value).toBeCloseTo(learned.value - input.value, 12)
    expect(gain.error).toBeGreaterThan(0)
    expect(gain.error).toBeLessThan(0.05)
  }
})

it('test events are as many of each class, none twice, the same for a seed', () => {
  const split = {
    training: Uint32Array.of(),
    validation: Uint32Array.of(),
    test: Uint32Array.from(labels.keys()),
  }
  const corpus = { split, labels, classes: ['a', 'b'] }
  const rows = testEventsOfClasses(corpus, 20, 1)
  expect(new Set(rows).size).toBe(40)
  expect([...rows].map((row) => labels[row])).toEqual([...Array(20).fill(0), ...Array(20).fill(1)])
  expect(testEventsOfClasses(corpus, 20, 1)).toEqual(rows)
  expect(testEventsOfClasses(corpus, 20, 2)).not.toEqual(rows)
})
