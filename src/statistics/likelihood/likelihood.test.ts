import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import { loadKernels } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import toy from '../reference/toy-exponential.json' with { type: 'json' }
import { normalCdf } from '../special.ts'
import '../../testing/matchers.ts'
import { bayesLoss } from './bayes-loss.ts'
import { createBinnedLikelihood, type BinnedInput, type BinnedKind } from './binned.ts'
import { binOf, binWeights, countInBins, quantileEdges } from './binning.ts'
import { createEventLogSum, flooredEvents } from './event-sum.ts'
import type { Likelihood } from './likelihood.ts'
import { createKernelEventSum } from './kernel-event-sum.ts'
import { maximise } from './maximise.ts'
import { normalQuantile } from './normal-quantile.ts'
import { createPrior, flatPrior, logPrior, posteriorProblem, transformPrior } from './prior.ts'
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
import { createUnbinnedLikelihood, expectedEvents } from './unbinned.ts'

/** Central differences, relative to the size of the value's change over one unit. */
function expectGradient(likelihood: Likelihood, theta: number[], tolerance = 1e-5): void {
  const gradient = new Float64Array(theta.length)
  const at = Float64Array.from(theta)
  expect(likelihood.withGradient(at, gradient)).toBeCloseToRel(likelihood.logLikelihood(at), 1e-12)
  const size = Math.max(1, ...gradient.map(Math.abs))
  theta.forEach((x, k) => {
    const step = 1e-5
    const up = likelihood.logLikelihood(at.with(k, x + step))
    const down = likelihood.logLikelihood(at.with(k, x - step))
    expect(Math.abs((up - down) / (2 * step) - gradient[k]) / size).toBeLessThan(tolerance)
  })
}

function secondDerivative(likelihood: Likelihood, at: number, step = 1e-3): number {
  const f = (x: number) => likelihood.logLikelihood(Float64Array.of(x))
  return (f(at + step) - 2 * f(at) + f(at - step)) / step ** 2
}

/** Two coefficients, positive by construction: |1 + (c1 p + c2 q)|^2 plus a square. */
function twoCoefficients(events: number, seed: number) {
  const rng = createRng(seed)
  const rows = new Float64Array(events * 6)
  for (let i = 0; i < events; i++) {
    const [p, q, s, t] = [rng.normal(), rng.normal(), rng.normal(), rng.normal()].map((x) => 0.3 * x)
    rows.set([1, 2 * p, 2 * q, p * p + s * s, 2 * (p * q + s * t), q * q + t * t], 6 * i)
  }
  const expected = new Float64Array(6)
  rows.forEach((value, i) => (expected[i % 6] += value))
  return { rows, expected }
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
        mode: 'quadratic',
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
      mode: 'quadratic',
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
    for (const mode of ['linear', 'quadratic'] as const)
      for (const luminosity of [
        null,
        { relativeError: 0.05, treatment: 'profiled' },
        { relativeError: 0.05, treatment: 'sampled' },
      ] as const) {
        const table = mode === 'linear' ? linearPart(rows, 2) : rows
        const likelihood = createUnbinnedLikelihood({
          names: ['c1', 'c2'],
          mode,
          eventSum: createEventLogSum(table, 300, termsFor(2, mode)),
          expected: mode === 'linear' ? linearPart(expected, 2) : expected,
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
        mode: 'quadratic',
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
      mode: 'linear',
      eventSum: createEventLogSum(Float64Array.of(1, 0.1), 1, 2),
      expected: Float64Array.of(100, 50),
    })
    expect(likelihood.logLikelihood(Float64Array.of(-3))).toBe(Number.NEGATIVE_INFINITY)
    const eventSum = createEventLogSum(Float64Array.of(1, 0.1), 1, 2)
    const make = (expected: number[]) =>
      createUnbinnedLikelihood({
        names: ['c'],
        mode: 'linear',
        eventSum,
        expected: Float64Array.from(expected),
      })
    expect(() => make([-5, 1])).toThrow(/at c = 0 is -5; it must be positive.*total event weight/)
    expect(() => make([5, 1, 2])).toThrow(/has 3 numbers, 1 rows of 2 linear terms/)
    expect(() => expectedEvents([1, 2], -140)).toThrow(/luminosity must be positive, got -140/)
  })
})

describe('binned likelihoods', () => {
  const { rows } = twoCoefficients(400, 7)
  const edges = Float64Array.of(0, 1, 2, 3)
  const x = Float64Array.from({ length: 400 }, (_, i) => (i % 3) + 0.5)
  const { templates, covariances } = binWeights(edges, x, rows, 6)
  const base: BinnedInput = {
    names: ['c1', 'c2'],
    mode: 'quadratic',
    kind: 'poisson',
    counts: Float64Array.of(140, 120, 150),
    templates,
    covariances,
  }
  const kinds: BinnedKind[] = ['poisson', 'gauss-expected', 'gauss-observed', 'barlow-beeston']

  it('gradients equal central differences', () => {
    for (const kind of kinds) {
      expectGradient(createBinnedLikelihood({ ...base, kind }), [0.4, -0.2])
      const luminosity = { relativeError: 0.1, treatment: 'sampled' } as const
      expectGradient(createBinnedLikelihood({ ...base, kind, luminosity }), [0.4, -0.2, -0.5])
    }
    const luminosity = { relativeError: 0.1, treatment: 'profiled' } as const
    expectGradient(createBinnedLikelihood({ ...base, luminosity }), [0.4, -0.2])
  })

  it('the Poisson one is half the deviance, zero where data equal the expectation', () => {
    const counts = Float64Array.from({ length: 3 }, (_, b) => templates[6 * b])
    expect(createBinnedLikelihood({ ...base, counts }).logLikelihood(new Float64Array(2))).toBeCloseTo(0, 12)
    const [n, nu] = [140, templates[0]]
    const one = createBinnedLikelihood({
      ...base,
      counts: Float64Array.of(n),
      templates: templates.slice(0, 6),
    }).logLikelihood(new Float64Array(2))
    expect(-2 * one).toBeCloseToRel(2 * (nu - n + n * Math.log(n / nu)), 1e-12)
  })

  it('Barlow-Beeston tends to Poisson for a large simulation and is wider for a small one', () => {
    const at = Float64Array.of(0.5, 0.5)
    const poisson = createBinnedLikelihood(base).logLikelihood(at)
    const make = (scale: number) =>
      createBinnedLikelihood({
        ...base,
        kind: 'barlow-beeston',
        covariances: covariances.map((v) => v * scale),
      })
    expect(make(1e-9).logLikelihood(at)).toBeCloseToRel(poisson, 1e-6)
    expect(make(1).logLikelihood(at)).toBeGreaterThan(poisson)
  })

  it('a fine binning approaches the unbinned likelihood', () => {
    const truth = 0.5
    const sample = toyEvents(truth, 4000, createRng(8))
    const unbinned = toyLikelihood(sample, 3000)
    const fine = Float64Array.from({ length: 401 }, (_, i) => i * 0.05).with(400, 100)
    const density = (k: number, t: number) => -Math.exp(-t) * [1, 1 + t, 2 + 2 * t + t * t][k]
    const table = new Float64Array(400 * 3)
    const scale = [1, toyExponential.a, toyExponential.b]
    for (let b = 0; b < 400; b++)
      for (let k = 0; k < 3; k++)
        table[3 * b + k] = 3000 * scale[k] * (density(k, fine[b + 1]) - density(k, fine[b]))
    const binned = createBinnedLikelihood({
      names: ['c'],
      mode: 'quadratic',
      kind: 'poisson',
      counts: countInBins(fine, sample),
      templates: table,
    })
    const difference = (l: Likelihood) =>
      l.logLikelihood(Float64Array.of(0.6)) - l.logLikelihood(Float64Array.of(0.3))
    expect(difference(binned)).toBeCloseToRel(difference(unbinned), 0.01)
  })

  it('bins are half-open, the last one closed; quantile bins are equally full', () => {
    expect([-1, 0, 0.5, 1, 3, 3.1].map((v) => binOf(edges, v))).toEqual([-1, 0, 0, 1, 2, -1])
    const values = Float64Array.from({ length: 1000 }, (_, i) => Math.exp(i / 200))
    expect(Array.from(countInBins(quantileEdges(values, 10), values))).toEqual(new Array(10).fill(100))
  })

  it.each<[string, () => unknown, RegExp]>([
    ['too few events', () => quantileEdges([1, 2, 3], 10), /need 100 events, there are 3. Use 1 bins/],
    ['equal values', () => quantileEdges(new Float64Array(200), 10), /share the edge 0/],
    ['NaN values', () => quantileEdges([1, Number.NaN], 1, 1), /One event has the value NaN/],
    [
      'an empty prediction',
      () => createBinnedLikelihood({ ...base, templates: templates.with(6, 0) }),
      /Bin 1 expects 0 events at c = 0/,
    ],
    [
      'a negative prediction',
      () => createBinnedLikelihood({ ...base, templates: templates.with(0, -3) }),
      /Bin 0 expects -3 events/,
    ],
    [
      'a negative count',
      () => createBinnedLikelihood({ ...base, counts: Float64Array.of(1, -2, 3) }),
      /Bin 1 holds -2 events/,
    ],
    [
      'few events for a Gaussian',
      () => createBinnedLikelihood({ ...base, kind: 'gauss-observed', counts: Float64Array.of(100, 2, 100) }),
      /Bin 1 holds 2 events, too few for the Gaussian/,
    ],
    [
      'no simulation variances',
      () => createBinnedLikelihood({ ...base, kind: 'barlow-beeston', covariances: undefined }),
      /needs 3 matrices of 6 x 6/,
    ],
    [
      'a luminosity error of 200 %',
      () => createBinnedLikelihood({ ...base, luminosity: { relativeError: 2, treatment: 'sampled' } }),
      /between 0 and 1, got 2/,
    ],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message)
  })
})

describe('priors', () => {
  it('refuse an empty range and name the parameter', () => {
    expect(() => flatPrior(['td8', 'tq8'], 2, 2)).toThrow(/prior of td8 runs from 2 to 2/)
    expect(() => createPrior(['tq8'], [{ kind: 'normal', mean: 0, sigma: 0 }])).toThrow(
      /width must be positive/,
    )
    expect(() => createPrior(['a', 'b'], [{ kind: 'uniform', min: 0, max: 1 }])).toThrow(/2 parameters but 1/)
    const likelihood = toyLikelihood(Float64Array.of(1), 1)
    expect(() => posteriorProblem(likelihood, flatPrior(['c', 'd'], 0, 1))).toThrow(
      /1 parameters \(c\), the prior 2/,
    )
  })

  it('transform and density belong together', () => {
    const prior = flatPrior(['c', 'luminosity'], -2, 3)
    const out = new Float64Array(2)
    transformPrior(prior, [0.4, 0.975], out)
    expect(out[0]).toBeCloseTo(0, 14)
    expect(normalCdf(out[1])).toBeCloseToRel(0.975, 1e-14)
    expect(logPrior(prior, out)).toBeCloseToRel(
      -Math.log(5) - 0.5 * out[1] ** 2 - 0.5 * Math.log(2 * Math.PI),
      1e-12,
    )
    expect(logPrior(prior, [3.1, 0])).toBe(Number.NEGATIVE_INFINITY)
  })

  it('the normal quantile inverts the distribution far into the tails', () => {
    for (const p of [1e-300, 1e-100, 1e-12, 1e-3, 0.3, 0.5, 0.8, 0.999999])
      expect(normalCdf(normalQuantile(p))).toBeCloseToRel(p, p < 1e-50 ? 1e-11 : 1e-13)
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('Bayes loss', () => {
  it('reproduces the closed-form toy', () => {
    const { nodes, weights } = gaussLegendre(400)
    const x = nodes.map((node) => 25 * (1 + node))
    const sm = x.map((t, i) => weights[i] * Math.exp(-t))
    expect(
      bayesLoss(
        sm,
        sm.map((m, i) => m * x[i]),
      ),
    ).toBeCloseToRel(toy.bayes_bce_lin_vs_sm, 1e-6)
    expect(
      bayesLoss(
        sm,
        sm.map((m, i) => m * x[i] ** 2),
      ),
    ).toBeCloseToRel(toy.bayes_bce_quad_vs_sm, 1e-6)
    expect(bayesLoss(sm, sm)).toBeCloseToRel(Math.LN2, 1e-12)
    expect(() => bayesLoss([1, 1], [1, -1])).toThrow(/second class has mass -1 at place 1/)
  })
})

it('ratios of the toy rebuild its density', () => {
  const rows = toyRatios(Float64Array.of(2))
  expect(rows[0] + 0.5 * rows[1] + 0.25 * rows[2]).toBeCloseToRel(1 + 0.6 * 0.5 * 2 + 0.3 * 0.25 * 4, 1e-12)
})
