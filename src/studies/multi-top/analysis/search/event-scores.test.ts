import { beforeAll, describe, expect, it } from 'vitest'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { tokenCorpus } from '../tokens/corpus.ts'
import { takeRows } from '../tokens/corpus-rows.ts'
import { learnedSpace } from '../transformer/learned-space.ts'
import { someOf, wholePart } from '../transformer/transformer-data.ts'
import { backgroundsOf, ofClass } from './backgrounds.ts'
import { fitSearchScorer, type ScoredRows, type SearchScorer } from './event-scores.ts'
import { entropiesOfRandom, shuffledEvents } from './random-events.ts'
import {
  entropyHistogram,
  entropyReproduces,
  signalReport,
  weightedMean,
  type SignalReport,
} from './search-report.ts'

const corpusOf = (seed: number) =>
  tokenCorpus(
    [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 300, seed) })),
    1,
  )
const corpus = corpusOf(5)
const test = corpus.split.test
let model: TransformerModel
let backend: TransformerBackend
let scorer: SearchScorer
let own: ScoredRows

beforeAll(async () => {
  model = await smallTransformer()
  backend = await createTransformerBackend('kernels', model.card.training.spec)
  const parts = { training: someOf(corpus, 'training', 200), validation: wholePart(corpus, 'validation', 1) }
  scorer = await fitSearchScorer(backend, model.parameters, 2, parts, 1)
  own = await scorer.score(takeRows(corpus, test))
})

describe('scores of events', () => {
  it('are one a row, by probabilities after the temperature', () => {
    expect(scorer.temperature).toBeGreaterThan(0)
    for (const scores of Object.values(own.scores)) {
      expect(scores).toHaveLength(test.length)
      expect(scores.every(Number.isFinite)).toBe(true)
    }
    const p = own.probabilities[7 * 2]
    expect(own.probabilities[7 * 2 + 1]).toBeCloseTo(1 - p, 12)
    const entropy = -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.LN2
    expect(own.scores.entropy[7]).toBeCloseTo(entropy, 9)
    expect(own.scores['max-softmax'][7]).toBeCloseTo(Math.min(p, 1 - p), 12)
  })

  it('do not depend on which events come with them, but for the masks', async () => {
    const last = await scorer.score(takeRows(corpus, test.slice(-3)))
    for (const score of ['entropy', 'energy', 'mahalanobis'] as const)
      expect(last.scores[score][2]).toBeCloseTo(own.scores[score].at(-1)!, 5)
  })
})

it('the learned space keeps components by falling variance, about the mean of what they are found from', async () => {
  const training = someOf(corpus, 'training', 100)
  const { space, dimensions } = await learnedSpace(backend, model.parameters, training, 1, 10)
  const points = await space(training.values, training.rows)
  const variance = (k: number): number => {
    let [sum, squares] = [0, 0]
    for (let r = 0; r < training.rows; r++) {
      sum += points[r * dimensions + k] / training.rows
      squares += points[r * dimensions + k] ** 2 / training.rows
    }
    expect(Math.abs(sum)).toBeLessThan(1e-4)
    return squares
  }
  const variances = Array.from({ length: dimensions }, (_, k) => variance(k))
  expect(dimensions).toBe(10)
  expect(variances).toEqual([...variances].sort((a, b) => b - a))
})

describe('the report of a search', () => {
  const rows = test
  const backgrounds = backgroundsOf(corpus, rows, [3, 1])
  let reports: SignalReport[]
  beforeAll(() => {
    const few = { id: 'few', rows: [0, 1], weights: [1, 1] }
    const signal = { ...own, weights: new Float64Array(rows.length).fill(1) }
    reports = signalReport(own, [...backgrounds, few], signal, 1)
  })

  it('sets a cut for each background, by its weights', () => {
    expect(reports.map(({ background }) => background)).toEqual([
      ...['classes alike', 'by cross-section', '0t', '4t', 'few'],
    ])
    const [alike, mixed, zero] = reports
    expect([alike.events, zero.events]).toEqual([rows.length, rows.length / 2])
    const weights = backgrounds[1].weights
    expect(weights[0] / weights[rows.length - 1]).toBeCloseTo(
      (3 * corpus.weights[rows[0]]) / corpus.weights[rows.at(-1)!],
      5,
    )
    expect(mixed.effectiveEvents).toBeLessThan(alike.effectiveEvents)
    for (const { auc } of Object.values(alike.scores!)) expect(Math.abs(auc.value - 0.5)).toBeLessThan(0.12)
  })

  it('says of a handful of events that there are no more', () => {
    expect(reports.at(-1)).toEqual({ background: 'few', events: 2, effectiveEvents: 2 })
  })

  it('has entropies that come again with other events of the same classes', async () => {
    const other = corpusOf(6)
    const again = await scorer.score(takeRows(other, other.split.test))
    const values = (scored: ScoredRows) => ({
      values: scored.scores.entropy,
      weights: new Float64Array(rows.length).fill(1),
    })
    expect(entropyReproduces(values(own), values(again)).p).toBeGreaterThan(1e-3)
    const total = entropyHistogram(values(own)).reduce((sum, { value }) => sum + value, 0)
    expect(total).toBeCloseTo(1, 12)
  })
})

it('means are by weight, with the error of their events', () => {
  const { value, error } = weightedMean({ values: [1, 3], weights: [3, 1] })
  expect(value).toBe(1.5)
  expect(error).toBeCloseTo(Math.hypot(3 * 0.5, 1 * 1.5) / 4, 12)
})

it('rows of a class are taken with their weights', () => {
  const { values, weights } = ofClass(Float64Array.of(1, 2, 3), [0, 1, 0], Float64Array.of(4, 5, 6), 0)
  expect([...values, ...weights]).toEqual([1, 3, 4, 6])
})

it('shuffled events have numbers of the same distribution, each token with its own', async () => {
  const events = takeRows(corpus, test)
  const shuffled = shuffledEvents(events, 1)
  const tokens = corpus.tokens
  const filled = (own: Uint8Array, token: number): number =>
    own.reduce((sum, x, at) => (at % tokens === token ? sum + x : sum), 0)
  for (const token of [6, 24, 30])
    expect(Math.abs(filled(shuffled.filled, token) - filled(events.filled, token))).toBeLessThan(25)
  const column = new Set(events.values.filter((_, at) => at % tokens === 24))
  expect(shuffled.values.filter((_, at) => at % tokens === 24).every((x) => column.has(x))).toBe(true)
  const { shuffled: one, normal } = await entropiesOfRandom(scorer, events, 1)
  expect(one.value).toBeGreaterThan(0)
  expect(normal.value).toBeLessThanOrEqual(1)
})
