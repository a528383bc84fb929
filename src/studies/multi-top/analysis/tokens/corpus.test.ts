import { describe, expect, it } from 'vitest'
import { sampleOf, toyClass } from '../../../../testing/small-multi-top.ts'
import { tokenCorpus, type ClassEvents } from './corpus.ts'
import { splitEvents } from './split-events.ts'

const toy = (tops: number, events: number): ClassEvents => ({
  id: `${tops}t`,
  sample: toyClass(tops, events, 5),
})

describe('a corpus of tokens', () => {
  it('is split 70/15/15, every event in one part', () => {
    const { split, events, labels } = tokenCorpus([toy(0, 200), toy(4, 400)], 1)
    expect(events).toBe(600)
    expect([split.training.length, split.validation.length, split.test.length]).toEqual([420, 90, 90])
    expect(new Set([...split.training, ...split.validation, ...split.test]).size).toBe(600)
    expect(split.test.filter((row) => labels[row] === 0)).toHaveLength(30)
  })

  it('weighs all classes the same in each part, and events within a class as their sample does', () => {
    const classes = [toy(0, 200), toy(4, 400)]
    const { split, weights, labels, source } = tokenCorpus(classes, 1)
    for (const rows of [split.training, split.validation, split.test]) {
      const totals = [0, 0]
      for (const row of rows) totals[labels[row]] += weights[row]
      expect(totals[0]).toBeCloseTo(rows.length / 2, 3)
      expect(totals[1]).toBeCloseTo(rows.length / 2, 3)
      const [a, b] = rows
      const own = classes[labels[a]].sample.weight
      expect(weights[a] / weights[b]).toBeCloseTo(own[source[a]] / own[source[b]], 5)
    }
  })

  it('depends on its seed alone', () => {
    expect(splitEvents(100, 1, 'a')).toEqual(splitEvents(100, 1, 'a'))
    expect(splitEvents(100, 1, 'a').test).not.toEqual(splitEvents(100, 2, 'a').test)
    expect(splitEvents(100, 1, 'a').test).not.toEqual(splitEvents(100, 1, 'b').test)
  })

  const weighted = (weight: number): ClassEvents => {
    const sample = toyClass(1, 120, 3)
    sample.weight[7] = weight
    return { id: 'mine', sample }
  }

  it.each([
    ['one class', [toy(1, 200)], /There is 1 class .* takes 2/],
    ['few events', [toy(0, 200), toy(1, 99)], /Class 1t has 99 events, the least is 100/],
    ['a negative weight', [toy(0, 200), weighted(-1)], /Event 8 of 120 of class mine has the weight -1/],
    ['a weight that is no number', [toy(0, 200), weighted(NaN)], /has the weight NaN/],
    [
      'no objects',
      [toy(0, 200), { id: 'empty', sample: sampleOf(Array.from({ length: 150 }, () => ({ objects: [] }))) }],
      /The 150 events of class empty have 0 jets and leptons/,
    ],
    [
      'neutrinos of one class alone',
      [toy(0, 200), { ...toy(1, 200), neutrinos: new Uint8Array(200) }],
      /Class 1t has 101 numbers an event, class 0t 100/,
    ],
  ])('%s: refused', (_, classes, message) => {
    expect(() => tokenCorpus(classes, 1)).toThrow(message)
  })
})
