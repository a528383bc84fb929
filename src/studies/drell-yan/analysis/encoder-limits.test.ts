import { describe, expect, it } from 'vitest'
import { foldBatchNorm, initialiseParameters } from '../../../ml/encoder-parameters.ts'
import { symmetricEigen } from '../../../numerics/linear-algebra.ts'
import { createRng } from '../../../numerics/rng.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import '../../../testing/matchers.ts'
import { referenceModel } from '../../../testing/reference-model.ts'
import { hopelessModel, smallBins, smallModel } from '../../../testing/small-universes.ts'
import { finish } from './corpus.ts'
import { encoderLimits } from './encoder-limits.ts'
import { singleOperatorSigma } from './prior.ts'
import reference from './reference/limits.json' with { type: 'json' }
import { whitenedTemplates } from './whitening.ts'

type Sigmas = Record<string, number>

function sigmasOf(mllBelow: number, ptlBelow: number): Float64Array {
  const model = referenceModel(mllBelow, ptlBelow, 1)
  return singleOperatorSigma(whitenedTemplates(model.whitening, model.templates))
}

function singularValues(mllBelow: number, ptlBelow: number): number[] {
  const model = referenceModel(mllBelow, ptlBelow, 1)
  const whitened = whitenedTemplates(model.whitening, model.templates)
  const n = operatorNames.length
  const bins = model.templates.bins
  const fisher = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let b = 0; b < bins; b++) fisher[i * n + j] += whitened[i * bins + b] * whitened[j * bins + b]
  return [...symmetricEigen(fisher, n).values.slice(0, 6)].map(Math.sqrt)
}

// All numbers from drell-yan notes 7.4 and 7.5, printed with two or three digits.
describe('whitening and prior reproduce the numbers of the notes', () => {
  it.each([
    ['m_ll', 3000, 0, reference.mllOnlySingularValues],
    ['p_T', 0, 1000, reference.ptlOnlySingularValues],
  ] as const)('singular values of the whitened %s templates', (_, mll, ptl, expected) => {
    singularValues(mll, ptl).forEach((value, i) => expect(value).toBeCloseToRel(expected[i], 3e-3))
  })

  it.each([
    ['m_ll alone', 3000, 0, reference.mllOnlySigma, 0.03],
    // The notes' "p_T < 600" keeps the bins that end below it: the last edge is 540 GeV.
    ['m_ll < 1200 and p_T < 600 GeV', 1200, 600, reference.singleOperatorSigma, 0.02],
  ] as const)('one sigma of each operator alone: %s', (_, mll, ptl, expected, tolerance) => {
    const sigmas = sigmasOf(mll, ptl)
    operatorNames.forEach((name, o) =>
      expect(sigmas[o], name).toBeCloseToRel((expected as Sigmas)[name], tolerance),
    )
  })
})

describe('limits beside an encoder', () => {
  const model = smallModel(6)
  const options = { universes: 30, replicas: 20, seed: 4, order: 'linear' as const }
  const untrained = foldBatchNorm(
    initialiseParameters({ features: smallBins, widths: [8], latentDim: 2 }, createRng(3)),
  )

  it('name the learned map first, then the closed forms, none better than the Bayes posterior', () => {
    const limits = finish(encoderLimits(model, untrained, options))
    expect(limits.scores.map(({ name }) => name)).toEqual(['learned', 'PCA-2', 'PCA-5'])
    expect(limits.bayes.value).toBeGreaterThan(0.3)
    for (const { accuracy } of limits.scores) {
      expect(accuracy.value).toBeGreaterThan(1 / options.universes)
      expect(accuracy.value).toBeLessThan(
        limits.bayes.value + 3 * Math.hypot(accuracy.error, limits.bayes.error),
      )
    }
    const [learned, pca2, pca5] = limits.scores
    expect(pca5.accuracy.value).toBeGreaterThan(pca2.accuracy.value)
    expect(learned.accuracy.value).toBeLessThan(pca5.accuracy.value)
    expect(pca5.distanceCorrelation).toBeGreaterThan(0.99)
    for (const s of limits.scores)
      for (const part of [s.recallAt1, s.recallAt5, s.trustworthiness, s.continuity]) {
        expect(part).toBeGreaterThanOrEqual(0)
        expect(part).toBeLessThanOrEqual(1)
      }
  })

  it('are the same for the same seed, and leave the learned map out where there is none', () => {
    const limits = finish(encoderLimits(model, null, options))
    expect(limits.scores.map(({ name }) => name)).toEqual(['PCA-2', 'PCA-5'])
    expect(limits).toEqual(finish(encoderLimits(model, null, options)))
    expect(limits).toMatchObject({ universes: 30, replicas: 20, seed: 4 })
  })

  it('report a growing fraction', () => {
    const fractions: number[] = []
    finish(encoderLimits(model, untrained, options), (f) => fractions.push(f))
    expect(fractions.length).toBeGreaterThan(4)
    fractions.forEach((f, i) => {
      expect(f).toBeGreaterThan(i ? fractions[i - 1] : 0)
      expect(f).toBeLessThanOrEqual(1)
    })
  })

  it('a random guesser is at chance', () => {
    const constant = foldBatchNorm(
      initialiseParameters({ features: smallBins, widths: [], latentDim: 2 }, createRng(3)),
    )
    constant.layers[0].kernel.fill(0)
    const [learned] = finish(encoderLimits(model, constant, options)).scores
    expect(learned.accuracy.value).toBeCloseTo(1 / 30, 9) // all means coincide: the first one always wins
  })

  it('refuse a prior without positive universes', () => {
    expect(() => finish(encoderLimits(hopelessModel(), null, options))).toThrow(/Narrow the prior/)
  })
})
