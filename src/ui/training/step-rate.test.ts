import { expect, it } from 'vitest'
import { msPerStep, timeLeft, withSample, type StepSample } from './step-rate.ts'

const sampled = (...points: [number, number][]): StepSample[] =>
  points.reduce<StepSample[]>((samples, [step, timeMs]) => withSample(samples, { step, timeMs }), [])

it('is the slope of the last seconds', () => {
  expect(msPerStep(sampled([0, 0], [100, 1000], [300, 2000]))).toBeCloseTo(2000 / 300)
  // The first second is out of the window by then.
  expect(msPerStep(sampled([0, 0], [10, 1000], [20, 5500], [30, 5900]))).toBeCloseTo(4900 / 20)
})

it('begins anew after a silence, a clock set back or a training begun again', () => {
  expect(msPerStep(sampled([0, 0], [100, 1000], [110, 60_000]))).toBeNull()
  expect(msPerStep(sampled([0, 5000], [100, 6000], [110, 1000]))).toBeNull()
  expect(msPerStep(sampled([500, 0], [510, 100], [5, 200]))).toBeNull()
})

it('rounds what is left to what is known', () => {
  expect([4000, 42_000, 600_000, 7.2e6].map(timeLeft)).toEqual([
    'a few seconds left',
    'about 40 s left',
    'about 10 min left',
    'about 2 h left',
  ])
})
