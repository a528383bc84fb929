import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { expectGradient, twoCoefficients } from '../../testing/likelihood-checks.ts'
import '../../testing/matchers.ts'
import { createBinnedLikelihood, type BinnedInput, type BinnedKind } from './binned.ts'
import { binOf, binWeights, countInBins } from './binning.ts'
import type { Likelihood } from './likelihood.ts'
import { toyEvents, toyExponential, toyLikelihood } from './toy-exponential.ts'

describe('binned likelihoods', () => {
  const { rows } = twoCoefficients(400, 7)
  const edges = Float64Array.of(0, 1, 2, 3)
  const x = Float64Array.from({ length: 400 }, (_, i) => (i % 3) + 0.5)
  const { templates, covariances } = binWeights(edges, x, rows, 6)
  const base: BinnedInput = {
    names: ['c1', 'c2'],
    order: 'quadratic',
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

  // One bin, nu = 100, relative Monte Carlo error d = 0.1, n = 130: x solves x^2 + (nu d^2 - 1) x - n d^2 = 0 with
  // nu d^2 = 1, so x = sqrt(1.3); -2 ln L = deviance(n, x nu) + ((x - 1)/d)^2 in closed form (Conway, arXiv:1103.0354).
  it('Barlow-Beeston equals the closed form of one bin, and a scan of its nuisance', () => {
    const [n, nu, d] = [130, 100, 0.1]
    const likelihood = createBinnedLikelihood({
      names: ['c'],
      order: 'linear',
      kind: 'barlow-beeston',
      counts: Float64Array.of(n),
      templates: Float64Array.of(nu, 5),
      covariances: Float64Array.of((d * nu) ** 2, 0, 0, 0),
    })
    const logL = likelihood.logLikelihood(Float64Array.of(0))
    const at = (x: number) => n * Math.log((x * nu) / n) - (x * nu - n) - 0.5 * ((x - 1) / d) ** 2
    expect(logL).toBeCloseToRel(at(Math.sqrt(1.3)), 1e-13)
    let best = Number.NEGATIVE_INFINITY
    for (let x = 0.5; x < 2; x += 1e-4) best = Math.max(best, at(x))
    expect(logL).toBeCloseTo(best, 6)
  })

  it('a luminosity error widens a counting experiment in quadrature', () => {
    // nu = N (1 + c), n = N: sigma_c^2 = 1/N + delta^2 from the second derivative at the maximum.
    const [N, delta] = [400, 0.1]
    const likelihood = createBinnedLikelihood({
      names: ['c'],
      order: 'linear',
      kind: 'poisson',
      counts: Float64Array.of(N),
      templates: Float64Array.of(N, N),
      luminosity: { relativeError: delta, treatment: 'profiled' },
    })
    const f = (c: number) => likelihood.logLikelihood(Float64Array.of(c))
    const h = 1e-3
    const curvature = -(f(h) - 2 * f(0) + f(-h)) / (h * h)
    expect(1 / curvature).toBeCloseToRel(1 / N + delta * delta, 1e-4)
  })

  it('the Gaussian ones are chi^2 with the observed or the expected variance', () => {
    const one = (kind: BinnedKind) =>
      createBinnedLikelihood({
        names: ['c'],
        order: 'linear',
        kind,
        counts: Float64Array.of(144),
        templates: Float64Array.of(121, 1),
      }).logLikelihood(Float64Array.of(0))
    expect(-2 * one('gauss-observed')).toBeCloseToRel(23 ** 2 / 144, 1e-13) // Neyman: sigma^2 = n
    expect(-2 * one('gauss-expected')).toBeCloseToRel(23 ** 2 / 121 + Math.log(121 / 144), 1e-13)
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
      order: 'quadratic',
      kind: 'poisson',
      counts: countInBins(fine, sample),
      templates: table,
    })
    const difference = (l: Likelihood) =>
      l.logLikelihood(Float64Array.of(0.6)) - l.logLikelihood(Float64Array.of(0.3))
    expect(difference(binned)).toBeCloseToRel(difference(unbinned), 0.01)
  })

  it('bins are half-open, the last one closed', () => {
    expect([-1, 0, 0.5, 1, 3, 3.1].map((v) => binOf(edges, v))).toEqual([-1, 0, 0, 1, 2, -1])
    expect(Array.from(countInBins(edges, [-1, 0, 0.5, 1, 3, 3.1]))).toEqual([2, 1, 1])
  })

  it.each<[string, () => unknown, RegExp]>([
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
