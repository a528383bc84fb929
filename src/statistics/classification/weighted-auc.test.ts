import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { areaUnderCurve } from '../two-sample/one-feature.ts'
import { areaDifferences, oneVersusRest, rankScores, weightedAuc, weightedRoc } from './weighted-auc.ts'
import { confusionMatrix, fitWeightedTemperature, weightedCalibrationError } from './weighted-predictions.ts'

const rng = createRng(3)
const rows = 300
const labels = Uint8Array.from({ length: rows }, () => rng.integer(3))
const weights = Float64Array.from({ length: rows }, () => 0.2 + rng.uniform())
const noisy = (noise: number): Float64Array =>
  Float64Array.from(
    { length: 3 * rows },
    (_, at) => (labels[Math.floor(at / 3)] === at % 3 ? 1 : 0) + Math.round(4 * noise * rng.normal()) / 4,
  )

describe('the weighted area', () => {
  const scores = noisy(1).filter((_, at) => at % 3 === 0)
  const signal = Uint8Array.from(labels, (label) => (label === 0 ? 1 : 0))

  it('is the share of pairs in the right order, ties half', () => {
    let [right, all] = [0, 0]
    for (let a = 0; a < rows; a++)
      for (let b = 0; b < rows; b++) {
        if (signal[a] !== 1 || signal[b] === 1) continue
        all += weights[a] * weights[b]
        right += weights[a] * weights[b] * (scores[a] > scores[b] ? 1 : scores[a] === scores[b] ? 0.5 : 0)
      }
    expect(weightedAuc(rankScores(scores), signal, weights)).toBeCloseTo(right / all, 12)
  })

  it('with equal weights is that of ranks, and its curve has the same area', () => {
    const of = (own: number): Float64Array => scores.filter((_, r) => signal[r] === own)
    const ones = new Float64Array(rows).fill(1)
    const auc = weightedAuc(rankScores(scores), signal, ones)
    expect(auc).toBeCloseTo(areaUnderCurve(of(0), of(1)).auc, 12)
    const { falsePositives: x, truePositives: y } = weightedRoc(scores, signal, ones, 1e6)
    let area = 0
    for (let k = 1; k < x.length; k++) area += 0.5 * (y[k] + y[k - 1]) * (x[k] - x[k - 1])
    expect(area).toBeCloseTo(auc, 12)
    expect([x.at(-1), y.at(-1)]).toEqual([1, 1])
  })

  it('has no rank for what is no number', () => {
    expect(() => rankScores([1, NaN])).toThrow(/Score 1 of 2 is not a number/)
  })
})

describe('areas of classes', () => {
  const [poor, good] = [noisy(1.2), noisy(0.5)].map((scores) =>
    oneVersusRest({ classes: 3, scores, labels, weights }, 1, 100),
  )

  it('have bootstrap errors near those of ranks', () => {
    const scores = noisy(1)
    const ones = new Float64Array(rows).fill(1)
    const { perClass, mean } = oneVersusRest({ classes: 3, scores, labels, weights: ones }, 1)
    const own = scores.filter((_, at) => at % 3 === 1)
    const { error } = areaUnderCurve(
      own.filter((_, r) => labels[r] !== 1),
      own.filter((_, r) => labels[r] === 1),
    )
    expect(perClass[1].error / error).toBeGreaterThan(0.7)
    expect(perClass[1].error / error).toBeLessThan(1.4)
    expect(mean.value).toBeCloseTo(
      perClass.reduce((sum, { value }) => sum + value / 3, 0),
      12,
    )
  })

  it('are compared pair by pair', () => {
    const differences = areaDifferences(poor, good)
    expect(differences).toHaveLength(4)
    const { value, error, interval } = differences[3]
    expect(value).toBeCloseTo(good.mean.value - poor.mean.value, 12)
    expect(interval[0]).toBeGreaterThan(0)
    expect(Math.abs(value)).toBeLessThan(interval[1] + 3 * error)
    const none = areaDifferences(poor, poor)
    expect(none.map((d) => [d.value, d.error])).toEqual(Array.from({ length: 4 }, () => [0, 0]))
  })
})

describe('weighted predictions', () => {
  /** Labels drawn from the probabilities themselves, which are then sharpened by a temperature. */
  function calibrated(sharpening: number) {
    const own = createRng(8)
    const n = 4000
    const labels = new Int32Array(n)
    const probabilities = new Float64Array(2 * n)
    for (let r = 0; r < n; r++) {
      const p = own.uniform()
      labels[r] = own.uniform() < p ? 0 : 1
      const sharp = p ** sharpening / (p ** sharpening + (1 - p) ** sharpening)
      probabilities.set([sharp, 1 - sharp], 2 * r)
    }
    return { classes: 2, probabilities, labels, weights: Float64Array.from(labels, (c) => 1 + c) }
  }

  it('are calibrated as drawn, and not once they are sharpened', () => {
    const even = { ...calibrated(1), weights: new Float64Array(4000).fill(1) }
    expect(weightedCalibrationError(even)).toBeLessThan(0.03)
    expect(weightedCalibrationError({ ...calibrated(3), weights: even.weights })).toBeGreaterThan(0.1)
  })

  it('get back the temperature that they were sharpened by', () => {
    const sharp = { ...calibrated(3), weights: new Float64Array(4000).fill(1) }
    expect(Math.abs(fitWeightedTemperature(sharp) / 3 - 1)).toBeLessThan(0.08)
  })

  it('are confused as their weights say', () => {
    const probabilities = Float64Array.from([0.9, 0.1, 0.2, 0.8, 0.6, 0.4])
    const matrix = confusionMatrix({
      classes: 2,
      probabilities,
      labels: Int32Array.from([0, 0, 1]),
      weights: [3, 1, 5],
    })
    expect([...matrix]).toEqual([0.75, 0.25, 1, 0])
  })
})
