import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { positiveRatio } from './positive-head.ts'
import { combineReplicas, decodeRatios } from './ratio-network.ts'
import { applyScaler, fitScaler } from './scaler.ts'

describe('scalers', () => {
  const rng = createRng(2)
  const x = Float32Array.from({ length: 4000 }, (_, i) => (i % 2 ? 50 + 10 * rng.normal() : rng.uniform()))

  it('standard: mean and standard deviation', () => {
    const { centre, scale } = fitScaler({ kind: 'standard' }, x, ['u', 'n'], new Float64Array(2000).fill(3))
    // Errors of 2000 numbers: 0.29/45 and 10/45.
    expect(centre[0]).toBeCloseTo(0.5, 1)
    expect(scale[0]).toBeCloseTo(Math.sqrt(1 / 12), 1)
    expect(Math.abs(centre[1] - 50)).toBeLessThan(1)
    expect(Math.abs(scale[1] - 10)).toBeLessThan(1)
  })

  it('log: energies enter as ln(1 + x), other columns as they are', () => {
    const rows = Float32Array.from([0, -1, Math.E - 1, 1, Math.E ** 2 - 1, 3])
    const weights = [1, 1, 1]
    const scaler = fitScaler({ kind: 'log-standard' }, rows, ['m_tt', 'y_tt'], weights, [true, false])
    expect(scaler.log).toEqual([true, false])
    expect(scaler.centre[0]).toBeCloseTo(1, 6)
    expect(scaler.centre[1]).toBeCloseTo(1, 6)
    const scaled = applyScaler(scaler, rows)
    const end = Math.sqrt(1.5)
    expect([...scaled].map((v) => v.toFixed(5))).toEqual(
      [-end, -end, 0, 0, end, end].map((v) => v.toFixed(5)),
    )
    const negative = Float32Array.of(1, 0, -2, 0)
    expect(() =>
      fitScaler({ kind: 'log-standard' }, negative, ['m_tt', 'y_tt'], [1, 1], [true, false]),
    ).toThrow(/Event 2: m_tt is -2, an energy is at least 0/)
  })

  it('robust: median and distance of quantiles', () => {
    const { centre, scale } = fitScaler(
      { kind: 'robust', low: 0.05, high: 0.95 },
      x,
      ['u', 'n'],
      new Float64Array(2000).fill(1),
    )
    expect(Math.abs(centre[0] - 0.5)).toBeLessThan(0.05)
    expect(Math.abs(scale[0] - 0.9)).toBeLessThan(0.05)
    expect(Math.abs(scale[1] - 2 * 1.645 * 10)).toBeLessThan(2)
  })

  it('weights count, and rows of weight 0 or below do not', () => {
    const values = Float32Array.of(1, 2, 3, 1000)
    const { centre, scale } = fitScaler({ kind: 'standard' }, values, ['a'], [1, 0, 3, -1])
    expect(centre).toEqual([2.5])
    expect(scale[0]).toBeCloseTo(Math.sqrt(0.75), 12)
  })

  it('a constant column is centred, NaN is named', () => {
    const scaler = fitScaler({ kind: 'robust', low: 0.25, high: 0.75 }, Float32Array.of(7, 7), ['a'], [1, 1])
    expect(applyScaler(scaler, Float32Array.of(7, 8))).toEqual(Float32Array.of(0, 1))
    expect(() => fitScaler({ kind: 'standard' }, Float32Array.of(1, NaN), ['met'], [1, 1])).toThrow(
      /Event 2: met is NaN/,
    )
  })
})

describe('decoders', () => {
  // g = 1/(1 + ρ/scale): the odds of sigmoid(z) against 1 - sigmoid(z).
  it('classifiers give the odds against the SM', () => {
    const z = Float32Array.of(0, Math.log(4))
    expect([...decodeRatios({ kind: 'classifier', scale: 2, trainingPoint: null }, z, 2)]).toEqual([
      2,
      expect.closeTo(0.5, 6),
    ])
    expect([...decodeRatios({ kind: 'classifier', scale: 1, trainingPoint: 10 }, z, 2)]).toEqual([
      0,
      expect.closeTo(-0.075, 6),
    ])
  })

  it('joint heads give quotients within their bounds', () => {
    const bounds: [number, number][] = [
      [0, 2],
      [-1, 3],
    ]
    expect([...decodeRatios({ kind: 'joint', bounds }, Float32Array.of(0, 0, 0, -100), 2)]).toEqual([
      1,
      expect.closeTo(-1, 6),
    ])
  })
})

it('replicas give median and half the central 68 %', () => {
  const { median, spread } = combineReplicas([1, 2, 3, 4, 100].map((v) => Float64Array.of(v)))
  expect(median[0]).toBe(3)
  // Quantiles 0.16 and 0.84 of five sorted values lie at 0.64 and 3.36.
  expect(spread[0]).toBeCloseTo(0.5 * (4 + 0.36 * 96 - 1.64), 10)
})

describe('positive ratios', () => {
  // a_1 = e (0.5, 1), a_2 = (-0.2, 0.1, 0.4) in units 2 and 3.
  const outputs = Float32Array.of(1, Math.log(0.4), 0.5, -0.5, 0.25)
  const decoder = { kind: 'positive' as const, units: [2, 3] }

  it('are decoded to the terms of their square', () => {
    const e = Math.E
    const expected = [2 * e, -1.2, 4 * 1.25 * e * e, 12 * e * (-0.1 + 0.1), 9 * 0.21]
    decodeRatios(decoder, outputs, 1).forEach((r, t) => expect(r).toBeCloseTo(expected[t], 5))
  })

  it('stay positive when adjusted, and as a mean over replicas', () => {
    const first = decodeRatios(
      {
        ...decoder,
        adjust: [
          [1.2, -0.1],
          [0.9, 0.3],
        ],
      },
      outputs,
      1,
    )
    const a = [1.2 * Math.E * 0.5 - 0.1, 1.2 * Math.E, 0, -0.18 + 0.3, 0.09, 0.36]
    const c = [-0.4, 0.7]
    const r = (t: ArrayLike<number>): number =>
      1 + c[0] * t[0] + c[1] * t[1] + c[0] ** 2 * t[2] + c[0] * c[1] * t[3] + c[1] ** 2 * t[4]
    expect(r(first)).toBeCloseTo(positiveRatio(Float64Array.from(a), [c[0] * 2, c[1] * 3]), 5)
    const second = decodeRatios(
      decoder,
      outputs.map((z) => -z),
      1,
    )
    const both = combineReplicas([first, second], 'mean').median
    expect(r(both)).toBeCloseTo((r(first) + r(second)) / 2, 10)
  })
})
