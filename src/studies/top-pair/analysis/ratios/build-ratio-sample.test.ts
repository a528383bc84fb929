import { describe, expect, it } from 'vitest'
import { emptyTable, type EventTable } from '../../../../generator/event-table.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { decodeRatios } from '../../../../ml/ratio/ratio-network.ts'
import { ratioPresets, type RatioMethod } from '../../../../ml/ratio/ratio-presets.ts'
import { buildRatioSample } from './build-ratio-sample.ts'
import { comparisonPoints } from './positive-rows.ts'
import { parseRatioTerm, ratioTerms, termIndex } from './ratio-terms.ts'

/** Rows |1 + c a|^2-like: w_0 = s, w_1 = 2 a s, w_2 = a^2 s are the polynomial of a sum of squares. */
function events(amplitudes: number[], sm: number[] = amplitudes.map(() => 1)): EventTable {
  const table = emptyTable(['td8'], ['m_tt', 'y_tt'], amplitudes.length)
  const rng = createRng(1)
  amplitudes.forEach((a, i) => {
    table.columns.m_tt![i] = 1500 + 100 * rng.uniform()
    table.columns.y_tt![i] = rng.normal()
    table.weights.set([sm[i], 2 * a * sm[i], a * a * sm[i]], 3 * i)
  })
  return table
}

const classifier: RatioMethod = { kind: 'classifier', classWeights: 'normalised', trainingPoint: null }
const build = (table: EventTable, terms: string[], method: RatioMethod, part?: 'positive' | 'negative') =>
  buildRatioSample(table, {
    features: ['m_tt', 'y_tt'],
    terms,
    preset: { ...ratioPresets.parton, method },
    part,
  })

/** Ratios of a network that gives every row its own target. */
function perfect({ table, decoder }: ReturnType<typeof build>): number[] {
  const logits = table.targets.map((y) => Math.log(y / (1 - y)))
  return [...decodeRatios(decoder, logits, table.rows)]
}

describe('terms', () => {
  it('are n + n(n+1)/2, named as the polynomial', () => {
    expect(ratioTerms(['td8', 'tq8']).map(({ name }) => name)).toEqual([
      'td8',
      'tq8',
      'td8^2',
      'td8*tq8',
      'tq8^2',
    ])
    expect(ratioTerms(['tG', 'td8', 'tq8', 'tu8', 'Qu8', 'Qd8', 'Qq18', 'Qq38'])).toHaveLength(44)
  })

  it('know their place among the weights', () => {
    const operators = ['td8', 'tq8', 'tG'] as const
    ratioTerms(operators).forEach((term, k) => expect(termIndex(operators, term)).toBe(k + 1))
    expect(termIndex(operators, parseRatioTerm('tG*td8'))).toBe(6)
    expect(() => termIndex(['tq8'], parseRatioTerm('td8^2'))).toThrow(/no weights for td8\^2; they know tq8/)
    expect(() => parseRatioTerm('td8*tq8*tG')).toThrow(/no term of a quadratic/)
    expect(() => parseRatioTerm('nonsense')).toThrow(/nonsense/)
  })
})

describe('rows for learning', () => {
  const a = [0.1, 0.4, 0.9, 2]

  it.each<RatioMethod>([
    classifier,
    { ...classifier, classWeights: 'cross-section' },
    { ...classifier, trainingPoint: 10 },
    { kind: 'classifier', classWeights: 'cross-section', trainingPoint: 2 },
    { kind: 'joint-ratio', share: 1 },
  ])('have targets from which the decoder gives the exact ratio: %o', (method) => {
    const table = events(a, [1, 2, 3, 4])
    // The extremes of a bounded target lie at 0 and 1, where a logit is infinite and float32 keeps few digits.
    perfect(build(table, ['td8'], method)).forEach((r, i) => expect(r).toBeCloseTo(2 * a[i], 4))
    perfect(build(table, ['td8^2'], method)).forEach((r, i) => expect(r).toBeCloseTo(a[i] ** 2, 4))
  })

  it('of all terms in one network keep their order', () => {
    const sample = build(events(a), ['td8^2', 'td8'], { kind: 'joint-ratio', share: 1 })
    expect(sample.table.outputs).toBe(3)
    perfect(sample).forEach((r, k) => {
      const value = a[Math.floor(k / 2)]
      expect(r).toBeCloseTo(k % 2 ? 2 * value : value ** 2, 4)
    })
  })

  it('of normalised classes weigh both the same; weights have mean 1', () => {
    const { table } = build(events(a, [1, 2, 3, 4]), ['td8'], classifier)
    let total = 0
    let first = 0
    for (let i = 0; i < 4; i++) {
      total += table.weights[i]
      first += table.weights[i] * table.targets[i]
    }
    expect(first / total).toBeCloseTo(0.5, 6)
    expect(total / 4).toBeCloseTo(1, 6)
  })

  it('of a destructive term have its sign', () => {
    perfect(build(events([-0.1, -0.4, -2]), ['td8'], classifier)).forEach((r, i) =>
      expect(r).toBeCloseTo([-0.2, -0.8, -4][i], 4),
    )
  })

  it('of a destructive term are learned about a training point of the other sign', () => {
    const sample = build(events([-0.1, -0.4, -2]), ['td8'], { ...classifier, trainingPoint: 10 })
    expect(sample.decoder).toMatchObject({ trainingPoint: -10 })
    perfect(sample).forEach((r, i) => expect(r).toBeCloseTo([-0.2, -0.8, -4][i], 4))
  })

  it('bear a little of the other sign: weight times target is exact', () => {
    const table = events([...new Array<number>(40).fill(1), -0.5])
    const sample = build(table, ['td8'], classifier)
    expect(sample.negativeShare).toBeCloseTo(0.5 / 40.5, 10)
    const { targets, weights } = sample.table
    // p is the same for all rows of equal SM weight.
    expect(weights[40] * targets[40]).toBeCloseTo(weights[0] * targets[0], 5)
    expect(weights[40]).toBeLessThan(weights[0])
  })
})

describe('events that cannot be learned', () => {
  it('are refused for a class that is negative too often about a fixed training point', () => {
    const table = events([1, 1, -0.5])
    const far: RatioMethod = { ...classifier, trainingPoint: 10 }
    expect(() => build(table, ['td8'], far)).toThrow(
      /SM \+ 10 × td8 is negative on 17.6 % of its size.*bears 5 %.*training point 10 is too far from 0.*a preset that finds its own/,
    )
    expect(build(table, ['td8'], classifier, 'positive').negativeShare).toBe(0)
    expect(build(table, ['td8'], classifier, 'negative').decoder).toMatchObject({ scale: -1 / 3 })
    perfect(build(table, ['td8'], { kind: 'joint-ratio', share: 1 })).forEach((r, i) =>
      expect(r).toBeCloseTo([2, 2, -1][i], 3),
    )
  })

  it('are not those of both signs: without a training point of its own the class takes one that the SM bears', () => {
    for (const turned of [1, -1]) {
      const sample = build(events([1, 1, -0.5].map((a) => turned * a)), ['td8'], classifier)
      expect(sample.negativeShare).toBe(0)
      const [low] = [2, 2, -1].map((r) => turned * r).sort((a, b) => turned * (a - b))
      expect(sample.decoder).toMatchObject({ trainingPoint: turned * (0.5 / Math.abs(low)) })
      perfect(sample).forEach((r, i) => expect(r).toBeCloseTo(turned * [2, 2, -1][i], 4))
    }
  })

  it('are named: NaN, negative weights, missing columns and terms', () => {
    const table = events([1, 2, 3])
    const change = (at: number, value: number) => ({ ...table, weights: table.weights.with(at, value) })
    expect(() => build(change(4, NaN), ['td8'], classifier)).toThrow(/Event 2 has the weight NaN/)
    expect(() => build(change(3, -1), ['td8'], classifier)).toThrow(/Event 2 has the SM weight -1/)
    expect(() => build({ ...table, weights: new Float64Array(9) }, ['td8'], classifier)).toThrow(
      /add up to 0, must be positive/,
    )
    const joint: RatioMethod = { kind: 'joint-ratio', share: 1 }
    expect(() => build(change(5, -1), ['td8'], joint)).toThrow(/weight -1 of td8\^2: a square/)
    expect(() => build({ ...table, columns: { m_tt: table.columns.m_tt } }, ['td8'], classifier)).toThrow(
      /no column y_tt/,
    )
    const columns = { ...table.columns, y_tt: table.columns.y_tt!.with(2, Infinity) }
    expect(() => build({ ...table, columns }, ['td8'], classifier)).toThrow(/Event 3: y_tt is Infinity/)
    expect(() => build(table, ['tq8'], classifier)).toThrow(/no weights for tq8/)
    expect(() => build(events([0, 0]), ['td8'], classifier)).toThrow(/needs no network/)
    expect(() => build(table, ['td8', 'td8^2'], classifier)).toThrow(/A classifier learns one term/)
    expect(() => build(table, [], classifier)).toThrow(/no term to learn/)
  })
})

describe('a positive ratio', () => {
  const method: RatioMethod = { kind: 'positive', share: 1, sizes: [0.5] }
  const table = events([1, -0.5, 2, 0], [1, 3, 0.5, 2])

  it('is told all terms in units in which the square has the rate of the SM, bounded by the reference', () => {
    const { table: rows, decoder } = build(table, ['td8', 'td8^2'], method)
    // sigma(td8^2)/sigma(SM) = (1 + 0.75 + 2)/6.5
    const unit = Math.sqrt(3.75 / 6.5)
    expect(decoder).toEqual({ kind: 'positive', units: [unit] })
    expect(rows.outputs).toBe(2)
    expect(rows.head!.points).toEqual([[0.5], [-0.5]])
    // The rate at c is the sum of the rows: 6.5 + (c/unit) 1 + (c/unit)^2 3.75, and 1 + 0.25 at c = 0.5 without the linear term.
    rows.head!.rates.forEach((rate, k) => expect(rate).toBeCloseTo(1.25 + [0.5, -0.5][k] / unit / 6.5, 6))
    for (let i = 0; i < 4; i++) {
      const [p, linear, square] = rows.targets.subarray(3 * i, 3 * i + 3)
      expect(p + square).toBeCloseTo(1, 6)
      expect(linear ** 2).toBeCloseTo(4 * p * square, 5)
    }
  })

  it('needs the whole polynomial', () => {
    expect(() => build(table, ['td8'], method)).toThrow(
      /needs all terms of its operators in order, td8, td8\^2; got td8/,
    )
  })
})

it('points lie on axes and diagonals, with both signs and one length', () => {
  const points = comparisonPoints(3, 0.7)
  expect(points).toHaveLength(18)
  for (const c of points) {
    expect(Math.hypot(...c)).toBeCloseTo(0.7, 12)
    expect(points).toContainEqual(c.map((x) => (x === 0 ? 0 : -x)))
  }
})
