import { expect, it } from 'vitest'
import { latentSpread } from './latent-spread.ts'

const labels = Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3)

it('finds four separate corners round and far apart', () => {
  const corners = [10, 0, -10, 0, 0, 10, 0, -10]
  const z = Float32Array.from(labels, (label) => label).reduce<number[]>((all, label, i) => {
    const nudge = i % 2 === 0 ? 1 : -1
    return [...all, corners[2 * label] + nudge, corners[2 * label + 1]]
  }, [])
  const spread = latentSpread(Float32Array.from(z), labels, 2)
  // per axis 50 from the corners; 1 more along the first from the nudge
  expect(spread.variance).toBeCloseTo(101, 6)
  expect(spread.separation).toBeCloseTo(100, 6)
  expect(spread.effectiveRank).toBeCloseTo(101 ** 2 / (51 ** 2 + 50 ** 2), 6)
  expect(spread.collapsed).toBe(false)
})

it('names a point and a line collapsed', () => {
  expect(latentSpread(new Float32Array(16).fill(3), labels, 2).collapsed).toBe(true)
  const line = Float32Array.from({ length: 16 }, (_, i) => labels[i >> 1])
  expect(latentSpread(line, labels, 2)).toMatchObject({ collapsed: true, separation: Infinity })
  expect(latentSpread(line, labels, 2).effectiveRank).toBeCloseTo(1, 9)
})
