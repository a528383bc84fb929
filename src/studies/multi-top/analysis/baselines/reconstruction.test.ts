import { describe, expect, it } from 'vitest'
import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { tokenCorpus } from '../tokens/corpus.ts'
import { firstEventToken, firstSlot, objectToken } from '../tokens/token-layout.ts'
import { algebraicImputer } from './algebraic-imputer.ts'
import { meanImputer, type Imputer } from './imputers.ts'
import { errorRatio, maskedEvents, meanSquare, squaredErrors } from './reconstruction-report.ts'
import { fitRidge } from './ridge-imputer.ts'

const corpus = tokenCorpus(
  [1, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 240, 5) })),
  1,
)
const { split, tokens, scaling } = corpus
const scalars = maskedEvents(corpus, split.test, 'scalars', 1)
const objects = maskedEvents(corpus, split.test, 'object', 1)

function ridgeOf(training: TokenBatch, validation: TokenBatch): Imputer {
  const loop = fitRidge(training, validation)
  for (;;) {
    const next = loop.next()
    if (next.done) return next.value
  }
}

describe('what algebra knows', () => {
  const algebra = algebraicImputer(scaling)

  /** The first event with a jet, some scalars of its first jet hidden; what is guessed, and the truth. */
  function guess(...hidden: ('pt' | 'eta' | 'phi' | 'px' | 'py' | 'pz')[]) {
    const at = hidden.map((scalar) => objectToken(firstSlot.j, scalar))
    const row = split.test.find((own) => corpus.filled[own * tokens + at[0]] === 1) as number
    const batch = maskedEvents(corpus, Uint32Array.from([row]), 'scalars', 1)
    batch.masked.fill(0)
    for (const token of at) batch.masked[token] = 1
    const out = algebra(batch)
    return at.map((token) => [out[token], batch.values[token]])
  }

  it.each([
    ['momenta from pT, η, φ', ['px', 'py', 'pz'] as const],
    ['pT, η, φ from momenta', ['pt', 'eta', 'phi'] as const],
    ['pT and py from px, φ', ['pt', 'py', 'pz'] as const],
  ])('%s', (_, hidden) => {
    for (const [own, truth] of guess(...hidden)) expect(own).toBeCloseTo(truth, 4)
  })

  it('is nothing of an object that is all hidden: the mean', () => {
    expect(squaredErrors(objects, 'object', algebra(objects))).toEqual(
      squaredErrors(objects, 'object', meanImputer(objects)),
    )
  })
})

describe('errors of reconstruction', () => {
  const mean = squaredErrors(scalars, 'scalars', meanImputer(scalars))
  const algebra = squaredErrors(scalars, 'scalars', algebraicImputer(scaling)(scalars))
  const perfect = squaredErrors(scalars, 'scalars', scalars.values)

  it('of the mean are near 1, of the truth 0', () => {
    expect(meanSquare(mean, 'within')).toBeGreaterThan(0.6)
    expect(meanSquare(mean, 'within')).toBeLessThan(1.5)
    expect(meanSquare(perfect, 'within')).toBe(0)
    expect(meanSquare(mean, 'across')).toBeNaN()
  })

  it('of algebra are about half within an object, and the mean’s for numbers of the event', () => {
    const { value, error } = errorRatio(algebra, mean, 'within', 1)
    expect(value).toBeGreaterThan(0.2)
    expect(value).toBeLessThan(0.7)
    expect(error).toBeLessThan(0.1)
    expect(errorRatio(algebra, mean, 'global', 1)).toEqual({ value: 1, error: 0 })
  })

  it('are summed token by token as event by event, each in its group', () => {
    const sums = [mean.perToken, mean.perEvent].map((all) => all.reduce((sum, x) => sum + x, 0))
    expect(sums[0]).toBeCloseTo(sums[1], 8)
    const hidden = squaredErrors(objects, 'object', meanImputer(objects))
    expect(meanSquare(hidden, 'across')).toBeGreaterThan(0)
    expect(hidden.perToken.subarray(firstEventToken).every((x) => x === 0)).toBe(true)
  })
})

describe('the ridge', () => {
  it('finds a linear law of what is seen, and only asks the same masks of validation', () => {
    // A toy of four tokens: the third is the sum of the first two, the fourth noise.
    const batchOf = (rows: number, shift: number): TokenBatch => {
      const values = new Float32Array(4 * rows)
      for (let r = 0; r < rows; r++) {
        const [a, b] = [Math.sin(3 * r + shift), Math.cos(7 * r + shift)]
        values.set([a, b, a + b, Math.sin(100 * r * r + shift)], 4 * r)
      }
      const masked = Uint8Array.from(values, (_, at) => (at % 4 >= 2 ? 1 : 0))
      return {
        ...{ rows, values, masked, filled: new Uint8Array(4 * rows).fill(1) },
        ...{ labels: new Uint8Array(rows), weights: new Float32Array(rows).fill(1) },
      }
    }
    const test = batchOf(50, 0.3)
    const out = ridgeOf(batchOf(400, 0), batchOf(100, 0.1))(test)
    for (let r = 0; r < 50; r++) {
      expect(Math.abs(out[4 * r + 2] - test.values[4 * r + 2])).toBeLessThan(0.05)
      expect(Math.abs(out[4 * r + 3])).toBeLessThan(0.5)
    }
  })

  it('refuses no events', () => {
    const none = { ...scalars, rows: 0, values: new Float32Array(0) }
    expect(() => fitRidge(none, none).next()).toThrow(/0 events/)
  })
})
