import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { drawFromGrid } from '../posterior/grid-1d.ts'
import '../../testing/matchers.ts'
import { coverage } from './coverage.ts'
import { simulationBasedCalibration } from './simulation-based.ts'
import { poisson, toyCalibration } from './toy-model.ts'
import { uniformChi2, uniformKs } from './uniformity.ts'

function finish<P, R>(steps: Generator<P, R>): { reports: P[]; result: R } {
  const reports: P[] = []
  for (;;) {
    const step = steps.next()
    if (step.done) return { reports, result: step.value }
    reports.push(step.value)
  }
}

describe('uniformity', () => {
  it('Kolmogorov-Smirnov has its tabulated critical values', () => {
    // n = 50: 5 % at D = 0.18841, 1 % at 0.22604 (Massey, J. Am. Stat. Assoc. 46 (1951) 68).
    const shifted = (distance: number) =>
      Float64Array.from({ length: 50 }, (_, i) => Math.min(1, (i + 1) / 50 - distance))
    expect(uniformKs(shifted(0.18841)).pValue).toBeCloseTo(0.05, 2)
    expect(uniformKs(shifted(0.22604)).pValue).toBeCloseTo(0.01, 2)
    expect(uniformKs(Float64Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100)).pValue).toBe(1)
  })

  it('Pearson has its definition', () => {
    expect(uniformChi2([8, 12]).chi2).toBeCloseToRel(0.8, 1e-12)
    expect(uniformChi2([10, 10, 10]).pValue).toBe(1)
  })

  it('Poisson numbers have mean and variance of their mean', () => {
    const rng = createRng(1)
    const [mean, draws] = [75.5, 4000]
    const values = Float64Array.from({ length: draws }, () => poisson(mean, rng))
    const average = values.reduce((sum, v) => sum + v / draws, 0)
    const variance = values.reduce((sum, v) => sum + (v - average) ** 2 / draws, 0)
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / draws))
    expect(variance).toBeCloseToRel(mean, 4 * Math.sqrt(2 / draws))
    expect(poisson(0, rng)).toBe(0)
  })

  it('draws from a grid follow the density', () => {
    const draws = drawFromGrid(
      (x) => (x > 0 ? Math.log(x) : Number.NEGATIVE_INFINITY),
      0,
      1,
      2000,
      createRng(2),
    )
    expect(uniformKs(draws.map((x) => x * x)).pValue).toBeGreaterThan(1e-3)
  })
})

describe('calibration of the exact toy', () => {
  const truths = [Float64Array.of(-0.5), Float64Array.of(0.8)]
  const covered = (from?: readonly number[]) =>
    finish(coverage(toyCalibration(60), truths, 60, createRng(3), undefined, from))
  const ranked = (from?: readonly number[]) =>
    finish(simulationBasedCalibration(toyCalibration(60), 120, createRng(4), 39, from))

  it.each([
    ['coverage', covered],
    ['ranks', ranked],
  ] as const)('%s begun again after some data sets end with the same numbers', (_, run) => {
    const whole = run()
    const last = whole.reports[119].numbers
    for (const done of [0, 1, 70, 119, 120]) {
      const again = run(last.slice(0, (done * last.length) / 120))
      expect(again.reports, `${done} data sets`).toHaveLength(120 - done)
      expect(again.result, `${done} data sets`).toEqual(whole.result)
    }
  })

  it('coverage reports progress and covers', () => {
    const { reports, result } = covered()
    expect(reports).toHaveLength(120)
    expect(reports[119]).toMatchObject({ done: 120, total: 120 })
    expect(result.points.map((point) => point.truth[0])).toEqual([-0.5, 0.8])
    // Two truths together: 120 toys, 68 % +- 4.3 %.
    const [a, b] = result.points.map((point) => point.covered[0])
    expect(Math.abs((a + b) / 2 - 0.68)).toBeLessThan(4 * 0.0426)
    expect(result.tolerance[0]).toBeCloseToRel(2 * Math.sqrt((0.68 * 0.32) / 60), 1e-12)
  })

  it('ranks and TARP are uniform; a shifted posterior is found out', () => {
    const { result } = finish(simulationBasedCalibration(toyCalibration(60), 200, createRng(4)))
    expect(result.ranks[0].ks.pValue).toBeGreaterThan(0.005)
    expect(result.ranks[0].chi2.pValue).toBeGreaterThan(0.005)
    expect(result.tarp.ks.pValue).toBeGreaterThan(0.005)
    expect(result.ranks[0].histogram.reduce((sum, count) => sum + count, 0)).toBe(200)
    const shifted = finish(simulationBasedCalibration(toyCalibration(60, 0.1), 200, createRng(4))).result
    expect(shifted.ranks[0].ks.pValue).toBeLessThan(1e-4)
  })

  it('asks for more draws where there are too few', () => {
    expect(() => finish(simulationBasedCalibration(toyCalibration(10), 1, createRng(1), 999))).toThrow(
      /among 999 draws, the posterior has 400/,
    )
  })
})
