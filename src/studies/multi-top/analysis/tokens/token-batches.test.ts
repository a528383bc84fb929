import { describe, expect, it } from 'vitest'
import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { tokenCorpus } from './corpus.ts'
import { drawObjectMask, drawScalarMask } from './scalar-masks.ts'
import { createTokenBatches } from './token-batches.ts'
import { firstEventToken } from './token-layout.ts'

const corpus = tokenCorpus(
  [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) })),
  1,
)
const { split, tokens } = corpus

/** Comparing arrays number by number takes the matcher seconds. */
const textOf = (batch: TokenBatch): string =>
  [batch.rows, batch.values, batch.filled, batch.masked, batch.labels, batch.weights].join(';')

describe('batches of tokens', () => {
  it('are the same whatever was asked for before', () => {
    const one = createTokenBatches(corpus, split.training, { seed: 3, classes: 2 })
    const other = createTokenBatches(corpus, split.training, { seed: 3, classes: 2 })
    one.batch(0, 0, 32)
    one.batch(5, 2, 32)
    expect(textOf(one.batch(2, 3, 32))).toBe(textOf(other.batch(2, 3, 32)))
    expect(textOf(one.batch(3, 3, 32))).not.toBe(textOf(one.batch(2, 3, 32)))
  })

  it('have every event once in an epoch, but for a rest', () => {
    const batches = createTokenBatches(corpus, split.training, { seed: 3, classes: 2 })
    expect([batches.events, batches.batchesOf(64), batches.batchesOf(1000)]).toEqual([280, 4, 1])
    const keys = Array.from({ length: 70 }, (_, b) => batches.batch(1, b, 4)).flatMap(({ rows, values }) =>
      Array.from({ length: rows }, (_, r) => values.subarray(r * tokens, (r + 1) * tokens).join()),
    )
    expect(new Set(keys).size).toBe(280)
    expect(batches.batch(0, 0, 1000).rows).toBe(280)
    expect(() => batches.batch(0, 4, 64)).toThrow(/Batch 4 of 64 .* batches 0 to 3/)
    expect(() => createTokenBatches(corpus, [], { seed: 3, classes: 2 })).toThrow(/0 events/)
  })

  it('in order have the rows as they stand, with one mask for all epochs', () => {
    const batches = createTokenBatches(corpus, split.test, { seed: 3, classes: 2, shuffled: false })
    const batch = batches.batch(0, 1, 10)
    expect(textOf(batch)).toBe(textOf(batches.batch(7, 1, 10)))
    expect([...batch.labels]).toEqual([...split.test.subarray(10, 20)].map((row) => corpus.labels[row]))
    expect(batch.filled.subarray(0, tokens)).toEqual(
      corpus.filled.subarray(split.test[10] * tokens, (split.test[10] + 1) * tokens),
    )
  })
})

describe('masks', () => {
  it('hide 30 % of all scalars, anew in each epoch and event', () => {
    const masks = Array.from({ length: 200 }, (_, event) => drawScalarMask(1, 0, event, new Uint8Array(100)))
    const share = masks.reduce((sum, mask) => sum + mask.reduce((own, one) => own + one, 0), 0) / 20_000
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 20_000))
    expect(new Set(masks.map((mask) => mask.join(''))).size).toBe(200)
    expect(drawScalarMask(1, 1, 0, new Uint8Array(100))).not.toEqual(masks[0])
  })

  it('of objects hide one whole besides, of every other event that has one', () => {
    const { training } = split
    const of = (masks: 'scalars' | 'objects') =>
      createTokenBatches(corpus, training, { seed: 3, classes: 2, masks }).batch(2, 0, training.length)
    const [scalars, objects] = [of('scalars'), of('objects')]
    const hides = ({ masked, filled }: TokenBatch, r: number): boolean =>
      Array.from({ length: firstEventToken / 6 }, (_, slot) => r * tokens + 6 * slot).some(
        (at) => filled[at] === 1 && masked.subarray(at, at + 6).every((one) => one === 1),
      )
    const share = training.filter((_, r) => hides(objects, r)).length / training.length
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / training.length))
    expect(training.filter((_, r) => hides(scalars, r)).length).toBeLessThan(0.1 * training.length)
    scalars.masked.forEach((one, at) => expect(objects.masked[at]).toBeGreaterThanOrEqual(one))
  })

  it('of one object hide its six scalars, and nothing of an event without objects', () => {
    const mask = new Uint8Array(tokens)
    const slots = new Set<number>()
    for (let event = 0; event < 40; event++) {
      const filled = corpus.filled.subarray(event * tokens, (event + 1) * tokens)
      const slot = drawObjectMask(1, event, filled, mask)
      expect(mask.reduce((sum, one) => sum + one, 0)).toBe(6)
      expect([...mask.subarray(slot * 6, slot * 6 + 6)]).toEqual([1, 1, 1, 1, 1, 1])
      expect(filled[slot * 6]).toBe(1)
      slots.add(slot)
    }
    expect(slots.size).toBeGreaterThan(2)
    const none = new Uint8Array(tokens).fill(1, firstEventToken)
    expect(drawObjectMask(1, 0, none, mask)).toBe(-1)
    expect(mask.includes(1)).toBe(false)
  })
})
