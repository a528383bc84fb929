import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { coverage } from './coverage.ts'
import { simulationBasedCalibration } from './simulation-based.ts'
import { toyCalibration } from './toy-model.ts'

/** Expected at c = 0: simulation and inference are exact for any number. */
const events = 200

// Exact simulation and exact inference. 68 % sets: at most one of five truths may miss two standard errors.
it('covers at five truths with 200 toys each', () => {
  const truths = [-1.2, -0.5, 0, 0.5, 1.2].map((c) => Float64Array.of(c))
  const steps = coverage(toyCalibration(events), truths, 200, createRng(1))
  let step = steps.next()
  while (!step.done) step = steps.next()
  const off = step.value.points.map((point) => Math.abs(point.covered[0] - 0.68))
  const average = step.value.points.reduce((sum, point) => sum + point.covered[0] / truths.length, 0)
  expect(off.filter((value) => value > 0.066).length).toBeLessThanOrEqual(1)
  expect(Math.abs(average - 0.68)).toBeLessThan(0.04)
}, 120_000)

it('has uniform ranks and TARP coverage for 500 truths of the prior', () => {
  const steps = simulationBasedCalibration(toyCalibration(events), 500, createRng(2))
  let step = steps.next()
  while (!step.done) step = steps.next()
  expect(step.value.ranks[0].chi2.pValue).toBeGreaterThan(0.005)
  expect(step.value.ranks[0].ks.pValue).toBeGreaterThan(0.005)
  expect(step.value.tarp.ks.pValue).toBeGreaterThan(0.005)
}, 120_000)
