import { expect, it } from 'vitest'
import { decadeTicks, plainLogTicks } from './log-ticks.ts'

it('labels a mass axis in plain GeV', () => {
  expect(plainLogTicks([50, 3000], 6).ticktext).toEqual(['50', '100', '200', '500', '1000', '2000'])
  expect(plainLogTicks([25, 1000], 6).ticktext).toEqual(['50', '100', '200', '500', '1000'])
  expect(plainLogTicks([50, 3000], 6).minor).toContain(300)
})

it('keeps unit marks while decades are few and thins labels when they are many', () => {
  expect(decadeTicks([0.1, 20], 8)).toMatchObject({
    tickvals: [0.1, 1, 10],
    ticktext: ['10<sup>−1</sup>', '1', '10'],
  })
  expect(decadeTicks([0.1, 20], 8).minor).toContain(20)
  const many = decadeTicks([1e-8, 1e3], 6)
  expect(many.tickvals.length).toBeLessThanOrEqual(6)
  expect(many.minor.length).toBeLessThan(12)
})
