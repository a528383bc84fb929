import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { findInterval, hermiteWeights, knotAxis } from './log-bicubic.ts'

/** The rule as LHAPDF states it, with values and slopes: a second road to the same number. */
function byDefinition(knots: number[], values: number[], at: number): number {
  const t = knots.map(Math.log)
  const x = Math.log(at)
  const i = Math.min(
    Math.max(
      t.findLastIndex((k) => k <= x),
      0,
    ),
    t.length - 2,
  )
  const difference = (k: number) => (values[k + 1] - values[k]) / (t[k + 1] - t[k])
  const slope = (k: number) =>
    k === 0 ? difference(0) : k === t.length - 1 ? difference(k - 1) : (difference(k - 1) + difference(k)) / 2
  const h = t[i + 1] - t[i]
  const s = (x - t[i]) / h
  return (
    (2 * s ** 3 - 3 * s ** 2 + 1) * values[i] +
    (s ** 3 - 2 * s ** 2 + s) * h * slope(i) +
    (3 * s ** 2 - 2 * s ** 3) * values[i + 1] +
    (s ** 3 - s ** 2) * h * slope(i + 1)
  )
}

function byWeights(knots: number[], values: number[], at: number, linear = false): number {
  const axis = knotAxis(Float64Array.from(knots), linear)
  const weights = new Float64Array(4)
  const log = Math.log(at)
  const i = findInterval(axis, log, -1)
  hermiteWeights(axis, i, log, weights)
  return weights.reduce((sum, w, j) => sum + (w === 0 ? 0 : w * values[i - 1 + j]), 0)
}

const knotsAndValues = fc
  .array(
    fc.tuple(fc.double({ min: 0.05, max: 2, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })),
    {
      minLength: 4,
      maxLength: 12,
    },
  )
  .map((steps) => {
    let x = 1e-4
    return { knots: steps.map(([step]) => (x *= 1 + step)), values: steps.map(([, value]) => value) }
  })

describe('cubic Hermite weights in the logarithm', () => {
  it('give the values at the knots exactly', () => {
    fc.assert(
      fc.property(knotsAndValues, ({ knots, values }) => {
        knots.forEach((knot, k) => expect(byWeights(knots, values, knot)).toBeCloseTo(values[k], 13))
      }),
    )
  })

  it('equal the rule with slopes spelled out, between all knots', () => {
    fc.assert(
      fc.property(knotsAndValues, fc.double({ min: 0, max: 1, noNaN: true }), ({ knots, values }, where) => {
        const at = knots[0] * (knots[knots.length - 1] / knots[0]) ** where
        expect(byWeights(knots, values, at)).toBeCloseTo(byDefinition(knots, values, at), 11)
      }),
    )
  })

  it('are exact for straight lines in ln x, on unequal knots', () => {
    const knots = [1e-3, 2e-3, 0.01, 0.3, 0.9]
    const values = knots.map((x) => 3 - 2 * Math.log(x))
    for (const x of [1.1e-3, 5e-3, 0.02, 0.5])
      expect(byWeights(knots, values, x)).toBeCloseToRel(3 - 2 * Math.log(x), 1e-13)
  })

  it('become a straight line where asked', () => {
    expect(byWeights([1, 10, 100], [0, 1, 5], 10 ** 1.25, true)).toBeCloseToRel(2, 1e-13)
  })
})

it('finds the interval from any guess', () => {
  const axis = knotAxis(Float64Array.from([1, 2, 4, 8, 16]))
  for (let guess = -1; guess < 6; guess++) {
    const found = [0.5, 1, 1.9, 2, 5, 8, 16, 99].map((x) => findInterval(axis, Math.log(x), guess))
    expect(found).toEqual([0, 0, 0, 1, 2, 3, 3, 3])
  }
})
