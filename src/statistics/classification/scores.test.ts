import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { bayesAccuracy } from '../gaussian-limit.ts'
import { topClass, type Predictions } from './predictions.ts'
import { reliability } from './reliability.ts'
import { riskCoverage } from './risk-coverage.ts'
import { accuracy, brierScore, meanKl, negativeLogLikelihood } from './scores.ts'
import { applyTemperature, fitTemperature, scaledPredictions } from './temperature.ts'
import { toyClasses, toyPredictions } from './toy-classes.ts'

const byHand: Predictions = {
  classes: 2,
  probabilities: Float64Array.of(0.9, 0.1, 0.4, 0.6, 0.5, 0.5),
  labels: Int32Array.of(0, 0, 0),
}
const means = toyClasses(6, 2)
const bayes = toyPredictions(means, 20_000, createRng(3))

describe('scores by hand', () => {
  it('accuracy counts the first of equal classes', () => {
    expect(accuracy(byHand).value).toBeCloseToRel(2 / 3, 1e-15)
  })
  it('NLL and Brier', () => {
    expect(negativeLogLikelihood(byHand).value).toBeCloseToRel(-Math.log(0.9 * 0.4 * 0.5) / 3, 1e-14)
    expect(brierScore(byHand).value).toBeCloseToRel((0.02 + 0.72 + 0.5) / 3, 1e-14)
  })
  it('a certain mistake is finite', () => {
    const wrong = { classes: 2, probabilities: Float64Array.of(1, 0), labels: Int32Array.of(1) }
    expect(negativeLogLikelihood(wrong).value).toBeCloseToRel(300 * Math.LN10, 1e-12)
    expect(topClass([0.2, 0.5, 0.3])).toBe(1)
  })
})

describe('the Bayes posterior', () => {
  it('has the Bayes accuracy', () => {
    const limit = bayesAccuracy(means, 6, 2, 3000, createRng(8))
    const found = accuracy(bayes)
    expect(Math.abs(found.value - limit.value)).toBeLessThan(4 * Math.hypot(found.error, limit.error))
  })
  it('is calibrated: its ECE is what counting makes of zero', () => {
    const { ece, floor, bins } = reliability(bayes)
    expect(bins).toHaveLength(15)
    expect(ece).toBeLessThan(1.6 * floor)
    expect(ece).toBeGreaterThan(0.4 * floor)
  })
  it('has an accuracy equal to its mean confidence, and an NLL equal to its entropy', () => {
    const rows = bayes.labels.length
    let entropy = 0
    for (const p of bayes.probabilities) if (p > 0) entropy -= (p * Math.log(p)) / rows
    const { value, error } = negativeLogLikelihood(bayes)
    expect(Math.abs(value - entropy)).toBeLessThan(4 * error)
  })
  it('needs no temperature', () => {
    expect(fitTemperature(bayes)).toBeCloseToRel(1, 0.03)
  })
  it('loses nothing to itself, and what it loses to others is the difference in NLL', () => {
    const flat = scaledPredictions(bayes, 3)
    expect(meanKl(bayes, bayes).value).toBe(0)
    const kl = meanKl(bayes, flat)
    const difference = negativeLogLikelihood(flat).value - negativeLogLikelihood(bayes).value
    expect(Math.abs(kl.value - difference)).toBeLessThan(0.02)
  })
})

describe('overconfident probabilities', () => {
  const sharp = scaledPredictions(bayes, 0.4)

  it('keep their accuracy and lose their calibration', () => {
    expect(accuracy(sharp).value).toBe(accuracy(bayes).value)
    const { ece, floor } = reliability(sharp)
    expect(ece).toBeGreaterThan(5 * floor)
  })
  it('are mended by one temperature, the inverse of what spoilt them', () => {
    const temperature = fitTemperature(sharp)
    expect(temperature).toBeCloseToRel(2.5, 0.03)
    const mended = scaledPredictions(sharp, temperature)
    expect(negativeLogLikelihood(mended).value).toBeLessThan(negativeLogLikelihood(sharp).value)
  })
  it('a temperature leaves certainty finite', () => {
    const out = applyTemperature([1, 0], 2)
    expect(out[0]).toBe(1)
    expect(out[1]).toBeLessThan(1e-100)
  })
})

describe('risk and coverage', () => {
  it('by hand: answers sorted by confidence', () => {
    // confidences 0.9 (right), 0.6 (wrong), 0.5 (right): risks 0, 1/2, 1/3; best order 0, 0, 1/3
    const { aurc, oracle, curve } = riskCoverage(byHand)
    expect(aurc).toBeCloseToRel((0 + 1 / 2 + 1 / 3) / 3, 1e-14)
    expect(oracle).toBeCloseToRel(1 / 9, 1e-14)
    expect([...curve.coverage]).toEqual([1 / 3, 2 / 3, 1])
  })
  it('ends at the error rate, and answering only when sure is better', () => {
    const { curve, aurc, oracle } = riskCoverage(bayes)
    const wrong = 1 - accuracy(bayes).value
    expect(curve.risk.at(-1)).toBeCloseToRel(wrong, 1e-12)
    expect(curve.risk[20]).toBeLessThan(wrong / 3)
    expect(aurc).toBeLessThan(wrong)
    expect(oracle).toBeLessThan(aurc)
  })
})
