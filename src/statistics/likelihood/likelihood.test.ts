import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { expectGradient, twoCoefficients } from '../../testing/likelihood-checks.ts'
import '../../testing/matchers.ts'
import toy from '../reference/toy-exponential.json' with { type: 'json' }
import { createBinnedLikelihood } from './binned.ts'
import { createEventLogSum, flooredEvents } from './event-sum.ts'
import { createKernelEventSum } from './kernel-event-sum.ts'
import type { Likelihood } from './likelihood.ts'
import { maximise } from './maximise.ts'
import { linearPart, termsFor, termValues } from './terms.ts'
import {
  toyAsimov,
  toyEvents,
  toyExpected,
  toyExponential,
  toyLikelihood,
  toyRatios,
  toySigma,
} from './toy-exponential.ts'
import { createUnbinnedLikelihood } from './unbinned.ts'

function secondDerivative(likelihood: Likelihood, at: number, step = 1e-3): number {
  const f = (x: number) => likelihood.logLikelihood(Float64Array.of(x))
  return (f(at + step) - 2 * f(at) + f(at - step)) / step ** 2
}

describe('polynomial terms', () => {
  it('come as 1, c_j, then pairs j <= k row by row', () => {
    const out = new Float64Array(termsFor(3, 'quadratic'))
    expect(Array.from(termValues([2, 3, 5], 3, 'quadratic', out))).toEqual([1, 2, 3, 5, 4, 6, 10, 9, 15, 25])
    expect(Array.from(linearPart(out, 3))).toEqual([1, 2, 3, 5])
  })
})

describe('sum of logarithms over events', () => {
  it('equals one logarithm per event, floored ratios and huge ones included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer(),
        fc.constantFrom(2, 3, 6, 10),
        (n, seed, terms) => {
          const rng = createRng(seed)
          const rows = Float64Array.from({ length: n * terms }, (_, i) =>
            i % terms === 0 ? 1 : rng.normal() * (rng.uniform() < 0.02 ? 1e12 : 0.5),
          )
          const b = Float64Array.from({ length: terms }, (_, k) => (k === 0 ? 1 : rng.normal()))
          let expected = 0
          let floored = 0
          for (let i = 0; i < n; i++) {
            let r = 0
            for (let k = 0; k < terms; k++) r += rows[i * terms + k] * b[k]
            if (!(r > 1e-9)) floored++
            expected += Math.log(Math.max(r, 1e-9))
          }
          const sum = createEventLogSum(rows, n, terms)
          expect(Math.abs(sum.value(b) - expected)).toBeLessThan(1e-9 * (1 + Math.abs(expected)))
          expect(flooredEvents(rows, n, b)).toBe(floored)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('the SIMD kernel gives the same values, gradients and batches, floor included', async () => {
    const kernels = await loadKernels()
    const { rows, expected } = twoCoefficients(333, 9)
    rows[6 * 100 + 1] = 50 // negative at c1 < 0: the floor takes over
    const plain = createEventLogSum(rows, 333, 6)
    const fast = createKernelEventSum(kernels, rows, 333, 6)
    const make = (eventSum: typeof plain) =>
      createUnbinnedLikelihood({
        names: ['c1', 'c2'],
        order: 'quadratic',
        eventSum,
        expected,
        luminosity: { relativeError: 0.02, treatment: 'profiled' },
      })
    const points = Float64Array.of(0.2, 0.3, -0.4, 0.1, 1.5, -1)
    const batch = new Float64Array(3)
    make(fast).logLikelihoods?.(points, 3, batch)
    for (let i = 0; i < 3; i++) {
      const theta = points.slice(2 * i, 2 * i + 2)
      const [a, b] = [new Float64Array(2), new Float64Array(2)]
      const value = make(plain).withGradient(theta, a)
      expect(make(fast).withGradient(theta, b)).toBeCloseToRel(value, 1e-11)
      expect(batch[i]).toBeCloseToRel(value, 1e-11)
      for (let k = 0; k < 2; k++) expect(b[k]).toBeCloseToRel(a[k], 1e-9)
    }
    expect(() => createKernelEventSum(kernels, rows.with(12, 2), 333, 6)).toThrow(
      /Event 2 has the ratio 2 at c = 0/,
    )
  })

  it('refuses NaN and names the event and the term', () => {
    const rows = new Float64Array(12).fill(1)
    rows[7] = Number.NaN
    expect(() => createEventLogSum(rows, 4, 3)).toThrow(/Event 2 has the ratio NaN in term 1/)
    expect(() => createEventLogSum(rows, 5, 3)).toThrow(/12 numbers, 5 events of 3 terms need 15/)
  })
})

describe('extended unbinned likelihood', () => {
  it('has the exact information of the toy: unbinned and counting', () => {
    // Closed form (reference/toy-exponential.json); second differences of step 1e-3 are good to 1e-5.
    const unbinned = toyAsimov(0, 10_000)
    expect(1 / Math.sqrt(-secondDerivative(unbinned, 0))).toBeCloseToRel(toy.sigma_c_N10000, 1e-4)
    const counting = createBinnedLikelihood({
      names: ['c'],
      order: 'quadratic',
      kind: 'poisson',
      counts: Float64Array.of(10_000),
      templates: toyExpected(10_000),
    })
    expect(1 / Math.sqrt(-secondDerivative(counting, 0))).toBeCloseToRel(toy.sigma_c_counting_N10000, 1e-4)
  })

  it('finds the truth of expected data exactly, and of random data within its error', () => {
    const box = { min: [-2], max: [2] }
    for (const truth of [-0.7, 0.3, 1.2]) {
      const { theta, converged } = maximise(toyAsimov(truth, 5000), [truth + 0.2], box)
      expect(converged).toBe(true)
      expect(theta[0]).toBeCloseTo(truth, 5)
    }
    const truth = 0.4
    const n = Math.round(10_000 * toySigma(truth))
    const likelihood = toyLikelihood(toyEvents(truth, n, createRng(2)), 10_000)
    const { theta } = maximise(likelihood, [0], box)
    const sigma = 1 / Math.sqrt(-secondDerivative(likelihood, theta[0]))
    expect(Math.abs(theta[0] - truth)).toBeLessThan(4 * sigma)
  })

  it('draws toy events with the moments of their density', () => {
    for (const c of [-1.5, -0.3, 0.8]) {
      const n = 20_000
      const x = toyEvents(c, n, createRng(4).split(c))
      const { a, b } = toyExponential
      const mean = (1 + 2 * a * c + 6 * b * c * c) / toySigma(c)
      const square = (2 + 6 * a * c + 24 * b * c * c) / toySigma(c)
      const error = Math.sqrt((square - mean * mean) / n)
      expect(Math.abs(x.reduce((sum, v) => sum + v / n, 0) - mean)).toBeLessThan(4 * error)
    }
  })

  it('gradients equal central differences with every treatment of the luminosity', () => {
    const { rows, expected } = twoCoefficients(300, 5)
    for (const order of ['linear', 'quadratic'] as const)
      for (const luminosity of [
        null,
        { relativeError: 0.05, treatment: 'profiled' },
        { relativeError: 0.05, treatment: 'sampled' },
      ] as const) {
        const table = order === 'linear' ? linearPart(rows, 2) : rows
        const likelihood = createUnbinnedLikelihood({
          names: ['c1', 'c2'],
          order,
          eventSum: createEventLogSum(table, 300, termsFor(2, order)),
          expected: order === 'linear' ? linearPart(expected, 2) : expected,
          luminosity,
        })
        expectGradient(likelihood, luminosity?.treatment === 'sampled' ? [0.2, -0.3, 0.7] : [0.2, -0.3])
      }
  })

  it('profiling equals maximising the sampled nuisance with its penalty', () => {
    const { rows, expected } = twoCoefficients(200, 6)
    const make = (treatment: 'profiled' | 'sampled') =>
      createUnbinnedLikelihood({
        names: ['c1', 'c2'],
        order: 'quadratic',
        eventSum: createEventLogSum(rows, 200, 6),
        expected: expected.map((x) => 1.1 * x),
        luminosity: { relativeError: 0.04, treatment },
      })
    const profiled = make('profiled').logLikelihood(Float64Array.of(0.3, 0.1))
    let best = Number.NEGATIVE_INFINITY
    const sampled = make('sampled')
    for (let t = -4; t < 4; t += 1e-3)
      best = Math.max(best, sampled.logLikelihood(Float64Array.of(0.3, 0.1, t)) - 0.5 * t * t)
    expect(profiled).toBeCloseTo(best, 5)
  })

  it('is -Infinity where no events are expected, and says so of a bad input', () => {
    const likelihood = createUnbinnedLikelihood({
      names: ['c'],
      order: 'linear',
      eventSum: createEventLogSum(Float64Array.of(1, 0.1), 1, 2),
      expected: Float64Array.of(100, 50),
    })
    expect(likelihood.logLikelihood(Float64Array.of(-3))).toBe(Number.NEGATIVE_INFINITY)
    const eventSum = createEventLogSum(Float64Array.of(1, 0.1), 1, 2)
    const make = (expected: number[]) =>
      createUnbinnedLikelihood({
        names: ['c'],
        order: 'linear',
        eventSum,
        expected: Float64Array.from(expected),
      })
    expect(() => make([-5, 1])).toThrow(/at c = 0 is -5; it must be positive.*total event weight/)
    expect(() => make([5, 1, 2])).toThrow(/has 3 numbers, 1 rows of 2 linear terms/)
  })
})

it('ratios of the toy rebuild its density', () => {
  const rows = toyRatios(Float64Array.of(2))
  expect(rows[0] + 0.5 * rows[1] + 0.25 * rows[2]).toBeCloseToRel(1 + 0.6 * 0.5 * 2 + 0.3 * 0.25 * 4, 1e-12)
})
