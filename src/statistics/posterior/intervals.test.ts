import { describe, expect, it } from 'vitest'
import { normalCdf } from '../special.ts'
import { density1d } from './density-1d.ts'
import { equalTailed, highestDensity, leastSegment, weightedQuantile } from './intervals.ts'
import { type WeightedSamples } from './samples.ts'
import { summarise } from './summary.ts'
import { withPeaks } from './unimodal.ts'
import '../../testing/matchers.ts'
import { equalWeights, normalAt, stratified } from '../../testing/stratified.ts'

describe('intervals', () => {
  const normal = stratified(normalAt)

  it('of a normal agree with its table', () => {
    const quantile = weightedQuantile(normal, equalWeights)
    const [low, high] = [normalCdf(-1), normalCdf(1)].map(quantile)
    expect(low).toBeCloseTo(-1, 2)
    expect(high).toBeCloseTo(1, 2)
    expect(equalTailed(quantile, 0.95).high).toBeCloseTo(1.96, 2)
    const { segments } = highestDensity(density1d(normal, equalWeights), 0.6827)
    expect(segments).toHaveLength(1)
    expect(segments[0].low).toBeCloseTo(-1, 1)
    expect(segments[0].mass).toBeCloseTo(0.6827, 6)
  })

  it('list each disjoint segment, and one that ends at a wall', () => {
    const two = density1d(
      normal.map((x, i) => (i % 4 === 0 ? 3 : -3) + 0.3 * x),
      equalWeights,
    )
    const { segments } = highestDensity(two, 0.9)
    expect(segments).toHaveLength(2)
    expect(segments[0].mass + segments[1].mass).toBeCloseTo(0.9, 6)
    expect(segments[0].mass).toBeGreaterThan(segments[1].mass)
    const falling = density1d(
      stratified((p) => -Math.log(1 - p)),
      equalWeights,
      { min: 0 },
    )
    const [only] = highestDensity(falling, 0.68).segments
    expect(only.low).toBe(0)
    expect(only.high).toBeCloseTo(-Math.log(0.32), 1)
    expect(
      equalTailed(
        weightedQuantile(
          stratified((p) => -Math.log(1 - p)),
          equalWeights,
        ),
        0.68,
      ).low,
    ).toBeGreaterThan(0.15)
  })

  it('one hill with ripples has one segment, and levels keep their mass', () => {
    const x = Float64Array.from({ length: 201 }, (_, i) => (i - 100) / 20)
    const density = x.map((t) => (Math.exp(-t * t) * (1 + 0.1 * Math.cos(20 * t))) / Math.sqrt(Math.PI))
    const rippled = { x, density, bandwidth: 0 }
    const level = withPeaks(rippled, [100])
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
    expect(sum(level.density)).toBeCloseToRel(sum(density), 1e-12)
    for (let i = 1; i < 201; i++)
      expect(Math.sign(level.density[i] - level.density[i - 1])).not.toBe(i <= 100 ? -1 : 1)
    expect(highestDensity(rippled, 0.4).segments.length).toBeGreaterThan(1)
    expect(highestDensity(level, 0.4).segments).toHaveLength(1)
  })

  it('a level that cuts a hair off a peak leaves that peak out, and holds its probability', () => {
    const x = Float64Array.from({ length: 801 }, (_, i) => (i - 300) / 50)
    const hill = (t: number, at: number, sigma: number) =>
      Math.exp(-0.5 * ((t - at) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI))
    const density = x.map((t) => 0.97 * hill(t, 0, 1) + 0.03 * hill(t, 7, 1))
    for (let p = 0.9; p < 0.999; p += 0.0005) {
      const { segments } = highestDensity({ x, density, bandwidth: 0 }, p)
      for (const { mass } of segments) expect(mass).toBeGreaterThanOrEqual(leastSegment)
      expect(segments.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(p, 6)
    }
  })

  it('the summary warns of mirror modes and is silent for one', () => {
    const make = (theta: Float64Array): WeightedSamples => ({
      names: ['c_td8'],
      theta,
      weights: equalWeights,
      logL: equalWeights,
    })
    const two = normal.map((x, i) => (i % 2 ? 1 : -1) + 0.1 * x)
    expect(summarise(make(two), [{}])[0].warning).toMatch(
      /c_td8 has 2 separate modes: -0\.99\d \(50 %\), 0\.99/,
    )
    const [{ warning, mean, standardDeviation, median }] = summarise(make(normal), [{}])
    expect(warning).toBeNull()
    expect(mean).toBeCloseTo(0, 10)
    expect(standardDeviation).toBeCloseTo(1, 2)
    expect(median).toBeCloseTo(0, 3)
  })
})
