import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import {
  adjustComponents,
  createPositiveLoss,
  positiveComponents,
  positiveOutputs,
  positiveRatio,
  positiveTargets,
  positiveTerms,
  type PositiveHead,
} from './positive-head.ts'

const finite = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })
const drawing = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    outputs: fc.array(finite(4), { minLength: positiveOutputs(n), maxLength: positiveOutputs(n) }),
    c: fc.array(finite(50), { minLength: n, maxLength: n }),
    units: fc.array(fc.double({ min: 0.01, max: 3, noNaN: true }), { minLength: n, maxLength: n }),
  }),
)

describe('the ratio', () => {
  it('is never negative, at any c and for any outputs, adjusted or not', () => {
    fc.assert(
      fc.property(drawing, ({ n, outputs, c, units }) => {
        const a = new Float64Array(n * (n + 1))
        positiveComponents(outputs, 0, n, a)
        expect(positiveRatio(a, c)).toBeGreaterThanOrEqual(0)
        const adjust = units.map((u): [number, number] => [u, 0.3 - u])
        adjustComponents(a, adjust)
        expect(positiveRatio(a, c)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is the polynomial of its terms', () => {
    fc.assert(
      fc.property(drawing, ({ n, outputs, c, units }) => {
        const a = new Float64Array(n * (n + 1))
        positiveComponents(outputs, 0, n, a)
        const terms = new Float64Array(positiveTargets(n) - 1)
        positiveTerms(a, units, terms, 0)
        let [at, sum, size] = [0, 1, 1]
        const add = (value: number): void => {
          sum += value
          size += Math.abs(value)
        }
        for (let j = 0; j < n; j++) add(c[j] * terms[at++])
        for (let j = 0; j < n; j++) for (let k = j; k < n; k++) add(c[j] * c[k] * terms[at++])
        const scaled = c.map((value, j) => value * units[j])
        expect(Math.abs(sum - positiveRatio(a, scaled))).toBeLessThan(1e-12 * size)
      }),
    )
  })

  it('reaches every positive quadratic: the Cholesky form of its matrix', () => {
    // r = (1 + 2 c1 - c2)^2 + (3 c1)^2 + (c1 - 2 c2)^2; the matrix of its last two squares is [[10, -2], [-2, 4]].
    const l = Math.sqrt(10)
    const last = Math.sqrt(4 - 4 / 10)
    const outputs = [Math.log(l), Math.log(last), 2 / l, -1 / last, -2 / l / last]
    const a = new Float64Array(6)
    positiveComponents(outputs, 0, 2, a)
    const [x, y] = [0.7, -1.3]
    expect(positiveRatio(a, [x, y])).toBeCloseTo((1 + 2 * x - y) ** 2 + 9 * x * x + (x - 2 * y) ** 2, 12)
  })
})

describe('the loss', () => {
  const head: PositiveHead = {
    operators: 2,
    points: [
      [1, 0],
      [0.4, -0.3],
      [0, -2],
    ],
    rates: [2, 1.2, 4],
    weights: [1, 4, 0.25],
  }
  const rng = createRng(3)
  const rows = 4
  const targets = new Float32Array(rows * 6)
  for (let i = 0; i < rows; i++) {
    const [a, b, c, d] = Array.from({ length: 4 }, () => rng.normal())
    targets.set([1, 2 * a, 2 * b, a * a + c * c, 2 * (a * b + c * d), b * b + d * d], 6 * i)
  }
  const loss = createPositiveLoss(head, targets, Float32Array.of(1, 0.3, 2, 0.7))
  const order = Int32Array.of(2, 0, 3, 1)

  // Outputs are float32, so a step of 2^-7 is exact and the quotient good to its square times the third derivative.
  it('has the gradient of its value', () => {
    const outputs = Float32Array.from({ length: rows * 5 }, () => 0.7 * rng.normal())
    const gradient = new Float32Array(rows * 5)
    const value = loss(outputs, order, gradient, 3)
    expect(loss(outputs, order, null, 0)).toBe(value)
    const at = (i: number, step: number): number => {
      const moved = outputs.slice()
      moved[i] += step
      return loss(moved, order, null, 0) / (moved[i] - outputs[i])
    }
    const zero = (i: number, step: number): number => {
      const moved = outputs.slice()
      moved[i] += step
      return value / (moved[i] - outputs[i])
    }
    for (let i = 0; i < outputs.length; i++) {
      // Richardson: two steps, the error of second order gone.
      const slope = (h: number): number => (at(i, h) - zero(i, h) + (at(i, -h) - zero(i, -h))) / 2
      const richardson = (4 * slope(2 ** -8) - slope(2 ** -7)) / 3
      expect(Math.abs(gradient[i] - 3 * richardson)).toBeLessThan(2e-5 * Math.max(1, Math.abs(gradient[i])))
    }
  })

  it('is least where the ratio is that of the targets', () => {
    // One row with a_1 = (0.5, 1), a_2 = (-0.2, 0.1, 0.4): its polynomial as the target.
    const exact = Float32Array.of(0, Math.log(0.4), 0.5, -0.5, 0.25)
    const a = new Float64Array(6)
    positiveComponents(exact, 0, 2, a)
    const terms = new Float64Array(5)
    positiveTerms(a, [1, 1], terms, 0)
    const own = createPositiveLoss(head, Float32Array.of(1, ...terms), Float32Array.of(1))
    const gradient = new Float32Array(5)
    const least = own(exact, Int32Array.of(0), gradient, 1)
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-5)
    for (let i = 0; i < 40; i++) {
      const other = exact.map((value) => value + 0.1 * rng.normal())
      expect(own(other, Int32Array.of(0), null, 0)).toBeGreaterThan(least - 1e-7)
    }
  })

  it('stays finite where amplitudes cancel and where gains are absurd', () => {
    const gradient = new Float32Array(5)
    const row = Int32Array.of(0)
    for (const outputs of [Float32Array.of(-9, 0, -Math.exp(9), 0, 0), Float32Array.of(90, 0, 1, 1, 1)]) {
      expect(loss(outputs, row, gradient, 1)).toBeLessThan(Infinity)
      expect(gradient.every(Number.isFinite)).toBe(true)
    }
  })
})
