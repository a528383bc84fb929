import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import reference from '../reference/ns-evidence.json' with { type: 'json' }
import '../../testing/matchers.ts'
import { nestedSampling, startNested } from './nested-sampling.ts'
import type { NestedProblem } from './problem.ts'
import { testProblem, testProblemNames } from './problems.ts'
import type { NestedResult } from './report.ts'
import { stateFromBytes, stateToBytes } from './state-bytes.ts'
import type { NestedOptions } from './state.ts'

function run(problem: NestedProblem, seed: number, options: NestedOptions = {}): NestedResult {
  const steps = nestedSampling(problem, { livePoints: 200, ...options, rng: createRng(seed) })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function box(dimensions: number, logLikelihood: NestedProblem['logLikelihood']): NestedProblem {
  return { dimensions, priorTransform: (u, out) => out.set(u), logLikelihood }
}

describe('nested sampling', () => {
  // Evidences by closed form or quadrature (reference/ns-evidence.json); seeds fixed, so 4 sigma never flickers.
  it('finds known evidences: one mode, egg box, banana, ten dimensions by slices', () => {
    for (const name of ['corrgauss_d2', 'eggbox_2d', 'rosenbrock2_scale1_pm5', 'shells_d10'] as const) {
      const { logZ, logZError, converged } = run(testProblem(name).problem, 3, { livePoints: 100 })
      expect(converged).toBe(true)
      expect(Math.abs(logZ - reference[name])).toBeLessThan(4 * logZError)
      expect(logZError).toBeLessThan(0.8)
    }
  })

  it('shares the posterior between the mirror modes of a quadratic fit', () => {
    const name = 'eft_quartic_1d a=1 b=1.5 y=0.8 s=0.3 U[-2,2]'
    const { theta, weights, logZ, logZError, effectiveSamples, livePoints } = run(
      testProblem('eft_quartic_1d').problem,
      1,
      { livePoints: 800 },
    )
    const mean = weights.reduce((sum, w, i) => sum + w * theta[i], 0)
    const above = weights.reduce((sum, w, i) => sum + (theta[i] > 0 ? w : 0), 0)
    expect(Math.abs(logZ - reference[name])).toBeLessThan(4 * logZError)
    // Spread of the mass in a mode: about sqrt(1 / (4 live points)) = 0.018; the modes are 1.6 apart.
    expect(effectiveSamples).toBeGreaterThan(livePoints)
    expect(above).toBeCloseTo(reference['eft_quartic_1d mass(c>0)'], 1)
    expect(Math.abs(mean - reference['eft_quartic_1d mean'])).toBeLessThan(0.12)
  })

  it('counts every call of the likelihood and is repeatable', () => {
    const { problem } = testProblem('corrgauss_d2')
    let calls = 0
    const counted = {
      ...problem,
      logLikelihood: (x: Float64Array) => {
        calls++
        return problem.logLikelihood(x)
      },
    }
    const first = run(counted, 5)
    expect(first.calls).toBe(calls)
    expect(first.calls).toBeLessThan(4000) // 2.1 nats of information need about 2,700 at full efficiency / 0.6
    const second = run(problem, 5)
    expect(second.logZ).toBe(first.logZ)
    expect(second.theta).toEqual(first.theta)
    expect(run(problem, 6).logZ).not.toBe(first.logZ)
  })

  it('uses the batched likelihood where there is one', () => {
    const { problem } = testProblem('corrgauss_d2')
    let singles = 0
    let rows = 0
    const { calls, logZ, logZError } = run(
      {
        ...problem,
        logLikelihood: (x) => {
          singles++
          return problem.logLikelihood(x)
        },
        logLikelihoods: (thetas, count, out) => {
          rows += count
          for (let i = 0; i < count; i++) out[i] = problem.logLikelihood(thetas.subarray(2 * i, 2 * i + 2))
        },
      },
      7,
    )
    expect(singles).toBe(2) // the check
    expect(rows).toBe(calls) // two of them in the check, which counts its draws once
    expect(Math.abs(logZ - reference.corrgauss_d2)).toBeLessThan(4 * logZError)
  })

  it('a run stored as bytes and resumed equals the uninterrupted one to the bit', () => {
    for (const name of ['rosenbrock2_scale1_pm5', 'gauss_d10_s0.1']) {
      const { problem } = testProblem(name)
      const options = { livePoints: 60, rng: createRng(11) }
      const whole = run(problem, 11, { livePoints: 60 })
      const state = startNested(problem, options)
      const steps = nestedSampling(problem, options, state)
      for (let i = 0; i < 6; i++) steps.next()
      const stored = stateFromBytes(stateToBytes(state))
      expect(stored).toEqual(state)
      const rest = nestedSampling(problem, { ...options, rng: createRng(11) }, stored)
      let step = rest.next()
      while (!step.done) step = rest.next()
      expect(step.value).toEqual(whole)
    }
  })

  it('refuses bytes that are no run', () => {
    const bytes = stateToBytes(startNested(testProblem('corrgauss_d2').problem, { rng: createRng(1) }))
    expect(() => stateFromBytes(bytes.subarray(0, 400))).toThrow(/stored run cannot be read/)
    bytes[10] ^= 255
    expect(() => stateFromBytes(bytes)).toThrow(/stored run cannot be read/)
  })

  it('a flat likelihood is its own evidence; plateaus of equal and of zero likelihood keep their volume', () => {
    const flat = run(
      box(2, () => -3),
      1,
    )
    expect(flat.logZ).toBeCloseTo(-3, 12)
    expect(flat.converged).toBe(true)
    const half = run(
      box(2, ([x]) => (x < 0.5 ? Number.NEGATIVE_INFINITY : 0)),
      2,
    )
    expect(Math.abs(half.logZ + Math.LN2)).toBeLessThan(4 * half.logZError)
    expect(half.logZError).toBeLessThan(0.15)
    // 1 on half of the square, 2 on the other half except for a hill of 10 on a tenth: Z = .5 + .8 + 1 = 2.3
    const stairs = run(
      box(2, ([x]) => Math.log(x < 0.5 ? 1 : x < 0.9 ? 2 : 10)),
      3,
      { livePoints: 400 },
    )
    expect(Math.abs(stairs.logZ - Math.log(2.3))).toBeLessThan(4 * stairs.logZError)
    expect(stairs.logZError).toBeLessThan(0.2)
    // Every new point ties with many others; places at their lower end would look like a biased sampler.
    expect(Math.abs(stairs.insertionPull)).toBeLessThan(3)
    expect(stairs.converged).toBe(true)
  })

  it('forbidden regions keep their volume when slices make the new points', () => {
    const { problem } = testProblem('gauss_d10_s0.1')
    const quarter = box(10, (x) => (x[0] + x[1] > 0.75 ? Number.NEGATIVE_INFINITY : problem.logLikelihood(x)))
    // x0 + x1 is normal about 1 with sigma 0.1 sqrt(2): Phi(-0.25 / 0.1414) = 0.03854
    const { logZ, logZError } = run(quarter, 4, { livePoints: 100 })
    expect(Math.abs(logZ - Math.log(0.03854))).toBeLessThan(4 * logZError)
    expect(logZError).toBeLessThan(1)
  })

  it('stops unconverged at the call limit', () => {
    const result = run(testProblem('gauss_d5_s0.1').problem, 1, { maxCalls: 1000 })
    expect(result.converged).toBe(false)
    expect(result.calls).toBeLessThan(1100)
  })

  it('knows each problem of the reference', () => {
    const listed = Object.keys(reference).filter(
      (key) => key !== 'source' && !key.endsWith(' mean') && !key.includes('mass('),
    )
    expect([...testProblemNames].sort()).toEqual(listed.sort())
    expect(() => testProblem('nonsense')).toThrow(/no test problem "nonsense"/)
  })
})

describe('a caller with a faulty function is told at once', () => {
  const start = (problem: NestedProblem) => startNested(problem, { rng: createRng(1) })

  it.each<[string, NestedProblem, RegExp]>([
    ['NaN', box(1, () => Number.NaN), /is NaN at theta1 = 0\.\d+.*Check the data for NaN/],
    ['+infinity', box(1, () => Infinity), /is Infinity at/],
    ['-infinity everywhere', box(2, () => -Infinity), /-Infinity at all 400 draws.*Narrow the prior/],
    [
      'a transform that writes too little',
      { ...box(2, () => 0), priorTransform: (u, out) => (out[0] = u[0]) },
      /left theta2 = NaN/,
    ],
    [
      'a transform that changes u',
      { ...box(1, () => 0), priorTransform: (u, out) => (out[0] = u[0] *= 2) },
      /priorTransform changed its argument/,
    ],
    ['a likelihood that changes theta', box(1, (x) => (x[0] = 0)), /logLikelihood changed its argument/],
    [
      'a batch that disagrees',
      { ...box(1, () => 1), logLikelihoods: (_, count, out) => out.fill(2, 0, count) },
      /batched likelihood gives 2 where the single one gives 1/,
    ],
    ['no dimensions', box(0, () => 0), /dimensions >= 1, got 0/],
    ['names that do not fit', { ...box(1, () => 0), names: ['a', 'b'] }, /1 dimensions but 2 names/],
  ])('%s', (_, problem, message) => {
    expect(() => start(problem)).toThrow(message)
  })

  it('NaN in the middle of a run names the point', () => {
    const problem = box(2, ([x, y]) => (x > 0.48 && x < 0.52 ? Number.NaN : -((x - 0.5) ** 2) - y * y))
    expect(() => run({ ...problem, names: ['c_td8', 'c_tq8'] }, 1)).toThrow(/NaN at c_td8 = 0\.\d+, c_tq8 =/)
  })

  it('too few live points and a resumed run of another problem', () => {
    expect(() =>
      run(
        box(4, () => 0),
        1,
        { livePoints: 10 },
      ),
    ).toThrow(/10 live points are too few/)
    const limited = (options: NestedOptions) => () =>
      run(
        box(2, () => 0),
        1,
        options,
      )
    expect(limited({ livePoints: 1e12 })).toThrow(/too many: at most 200000/)
    expect(limited({ maxCalls: -1 })).toThrow(/At most -1 calls .* the 200 live points/)
    const state = start(box(2, ([x]) => x))
    const steps = nestedSampling(
      box(3, ([x]) => x),
      { rng: createRng(1) },
      state,
    )
    expect(() => steps.next()).toThrow(/stored run has 2 dimensions, the problem 3/)
  })
})
