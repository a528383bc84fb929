import { describe, expect, it } from 'vitest'
import { createRng } from '../../../numerics/rng.ts'
import { bayesAccuracy, principalAxes, project } from '../../../statistics/gaussian-limit.ts'
import { referenceModel } from '../../../testing/reference-model.ts'
import { finish } from './corpus.ts'
import { encoderLimits, heldOutUniverses, type EncoderLimits } from './encoder-limits.ts'
import reference from './reference/limits.json' with { type: 'json' }
import { universeSpectra } from './universes.ts'
import { whitenSpectra } from './whitening.ts'

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

interface Sample {
  mean: number
  /** of one draw of 100 universes; the notes quote one draw */
  spread: number
}

function sampleOf(values: number[]): Sample {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  return {
    mean,
    spread: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1)),
  }
}

/** The notes' value must be a likely draw: within 3.5 spreads of ours, and no wider than the rounding allows. */
function expectLikely({ mean, spread }: Sample, expected: number, rounding: number): void {
  expect(Math.abs(mean - expected)).toBeLessThan(3.5 * spread * Math.sqrt(1 + 1 / seeds.length) + rounding)
}

describe.each([
  [3, 'balanced-3-sigma'],
  [10, 'balanced-10-sigma'],
] as const)('limits of 100 universes, balanced %i sigma (drell-yan notes 7.5)', (sigmas, prior) => {
  const model = referenceModel(1200, 600, sigmas)
  const expected = reference.accuracy[prior]

  it('best linear accuracies of the universes themselves, and Bayes', () => {
    const bins = model.templates.bins
    const found: Record<string, number[]> = {
      linear1: [],
      linear2: [],
      linear3: [],
      linear5: [],
      bayes: [],
      medianDistance: [],
    }
    for (const seed of seeds) {
      const table = heldOutUniverses(model, 100, seed, 'linear')
      const means = Float64Array.from(
        whitenSpectra(model.whitening, universeSpectra(model.templates, table, 'linear'), 100),
      )
      const axes = principalAxes(means, 100, bins)
      const accuracy = (d: number) =>
        bayesAccuracy(project(axes, means, 100, bins, d), 100, d, 60, createRng(seed).split(d)).value
      for (const d of [1, 2, 3, 5]) found[`linear${d}`].push(accuracy(d))
      found.bayes.push(accuracy(axes.rank))
      const distances = Array.from({ length: 100 }, (_, u) =>
        Math.hypot(...means.subarray(u * bins, (u + 1) * bins)),
      )
      found.medianDistance.push(distances.sort((a, b) => a - b)[50])
    }
    for (const [name, value] of Object.entries(expected)) {
      const sample = sampleOf(found[name])
      expectLikely(sample, value, name === 'medianDistance' ? 0.1 : 1e-3)
      // The band is a test only where it is narrow.
      expect(sample.spread, name).toBeLessThan(name === 'medianDistance' ? 0.12 * value : 0.05)
    }
  })

  it('PCA on other universes, as shown in the page', () => {
    const limits: EncoderLimits[] = seeds.map((seed) =>
      finish(encoderLimits(model, null, { universes: 100, replicas: 100, seed, order: 'linear' })),
    )
    expectLikely(sampleOf(limits.map(({ bayes }) => bayes.value)), expected.bayes, 1e-3)
    for (const [at, name] of (['PCA-2', 'PCA-5'] as const).entries()) {
      const quoted = reference.heldOut[prior][name]
      const sample = sampleOf(limits.map(({ scores }) => scores[at].accuracy.value))
      expectLikely(sample, quoted.accuracy, 2e-3)
      expect(sample.spread).toBeLessThan(0.05)
      expectLikely(
        sampleOf(limits.map(({ scores }) => scores[at].distanceCorrelation)),
        quoted.distanceCorrelation,
        6e-3,
      )
      expectLikely(sampleOf(limits.map(({ scores }) => scores[at].recallAt1)), quoted.recallAt1, 0.01)
      expectLikely(sampleOf(limits.map(({ scores }) => scores[at].recallAt5)), quoted.recallAt5, 0.01)
    }
    for (const { scores, bayes } of limits)
      for (const { accuracy } of scores)
        expect(accuracy.value - bayes.value).toBeLessThan(4 * Math.hypot(accuracy.error, bayes.error))
  })
})
