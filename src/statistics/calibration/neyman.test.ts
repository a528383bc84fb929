import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { maximise } from '../likelihood/maximise.ts'
import { toyEvents, toyLikelihood, toySigma } from '../likelihood/toy-exponential.ts'
import { neymanConstruction, type NeymanModel } from './neyman.ts'
import { poisson } from './toy-model.ts'
import { uniformKs } from './uniformity.ts'

/** The closed-form toy; a likelihood that counts every event `believed` times is overconfident. */
function model(events: number, believed = 1): NeymanModel<Float64Array> {
  const box = { min: [-4], max: [4] }
  return {
    simulate: ([c], rng) => toyEvents(c, poisson(events * toySigma(c), rng), rng),
    deltaChi2: (x, at) => {
      const likelihood = toyLikelihood(x, events)
      const best = [[-1.5], [0], [1], at]
        .map((start) => maximise(likelihood, start, box).logLikelihood)
        .reduce((a, b) => Math.max(a, b))
      return 2 * believed * (best - likelihood.logLikelihood(at))
    },
  }
}

function finish<T>(run: Generator<{ done: number; total: number }, T>): T {
  let last = 0
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
    expect(step.value.done).toBeGreaterThan(last)
    expect(step.value.done).toBeLessThanOrEqual(step.value.total)
    last = step.value.done
  }
}

describe('Neyman construction by toys', () => {
  const at = Float64Array.of(0.3)

  it('has the thresholds of chi2 where the likelihood is normal, and scaled ones where it boasts', () => {
    const exact = model(800)
    const data = exact.simulate(at, createRng(1))
    const [point] = finish(neymanConstruction(exact, data, [at], 200, createRng(2)))
    // 68 % and 95 % of one degree of freedom: 0.989, 3.84; with 200 toys the shares are known to 0.033 and 0.015.
    expect(point.thresholds[0]).toBeGreaterThan(0.75)
    expect(point.thresholds[0]).toBeLessThan(1.3)
    expect(point.thresholds[1]).toBeGreaterThan(2.9)
    expect(point.thresholds[1]).toBeLessThan(5.2)
    const [boast] = finish(neymanConstruction(model(800, 4), data, [at], 200, createRng(2)))
    expect(boast.thresholds[0]).toBeCloseTo(4 * point.thresholds[0], 9)
    expect(boast.pValue).toBe(point.pValue)
  })

  it('covers where two hills overlap: p-values of true points are uniform', () => {
    const few = model(20)
    const truth = Float64Array.of(-1) // the rate is the same at 0: sigma = 1 - 0.6 + 0.6
    const pValues = Array.from({ length: 60 }, (_, i) => {
      const data = few.simulate(truth, createRng(100 + i))
      return finish(neymanConstruction(few, data, [truth], 60, createRng(5000 + i)))[0].pValue
    })
    expect(uniformKs(pValues).pValue).toBeGreaterThan(1e-3)
    const covered = pValues.filter((p) => p > 0.32).length / 60
    expect(Math.abs(covered - 0.68)).toBeLessThan(4 * Math.sqrt((0.68 * 0.32) / 60))
  })

  it('throws no toys at points that the data exclude', () => {
    let simulated = 0
    const counting: NeymanModel<Float64Array> = {
      ...model(800),
      simulate: (c, rng) => {
        simulated++
        return toyEvents(c[0], 100, rng)
      },
    }
    const data = model(800).simulate(at, createRng(1))
    const [far] = finish(neymanConstruction(counting, data, [Float64Array.of(3)], 10, createRng(1)))
    expect(far.pValue).toBe(0)
    expect(far.thresholds.every(Number.isNaN)).toBe(true)
    expect(simulated).toBe(0)
  })
})
