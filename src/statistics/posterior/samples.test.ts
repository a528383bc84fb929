import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { bestSample, effectiveSamples, resampleEqual, type WeightedSamples } from './samples.ts'
import '../../testing/matchers.ts'
import { equalWeights, stratifiedCount } from '../../testing/stratified.ts'

describe('weighted samples', () => {
  const rng = createRng(1)
  const samples: WeightedSamples = {
    names: ['a', 'b'],
    theta: Float64Array.from({ length: 2 * stratifiedCount }, () => rng.normal()),
    weights: Float64Array.from({ length: stratifiedCount }, () => rng.uniform() ** 4),
    logL: Float64Array.from({ length: stratifiedCount }, (_, i) => -((i - 1234) ** 2)),
  }

  it('resample to floor or ceil of their expected number', () => {
    const tagged = { ...samples, theta: Float64Array.from({ length: 2 * stratifiedCount }, (_, i) => i >> 1) }
    const total = samples.weights.reduce((sum, w) => sum + w, 0)
    const { theta, weights } = resampleEqual(tagged, createRng(2), 10_000)
    expect(weights.length).toBe(10_000)
    const times = new Float64Array(stratifiedCount)
    for (let i = 0; i < 10_000; i++) times[theta[2 * i]]++
    for (let i = 0; i < stratifiedCount; i++)
      expect(Math.abs(times[i] - (10_000 * samples.weights[i]) / total)).toBeLessThan(1 + 1e-9)
  })

  it('know their effective number and their best', () => {
    expect(effectiveSamples(equalWeights)).toBeCloseToRel(stratifiedCount, 1e-12)
    expect(effectiveSamples(Float64Array.of(1, 0, 0))).toBe(1)
    expect(Array.from(bestSample(samples).theta)).toEqual(Array.from(samples.theta.subarray(2468, 2470)))
  })

  it('are checked', () => {
    const bad = { ...samples, weights: samples.weights.with(5, Number.NaN) }
    expect(() => resampleEqual(bad, rng)).toThrow(/Sample 5 has the weight NaN/)
    expect(() => resampleEqual({ ...samples, names: ['a'] }, rng)).toThrow(/1 parameters need 4000/)
    expect(() => resampleEqual({ ...samples, weights: new Float64Array(stratifiedCount) }, rng)).toThrow(
      /sum to 0/,
    )
  })
})
