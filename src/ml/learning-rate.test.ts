import { expect, it } from 'vitest'
import { learningRateAt } from './learning-rate.ts'

it('warms up, peaks at the set rate and falls to a hundredth', () => {
  const config = { learningRate: 0.01, steps: 1000 }
  const rates = Array.from({ length: 1000 }, (_, step) => learningRateAt(config, step))
  expect(rates[0]).toBeCloseTo(0.01 / 20, 6)
  expect(Math.max(...rates)).toBeGreaterThan(0.00999)
  expect(rates[500]).toBeCloseTo(0.00505, 5)
  expect(rates[999]).toBeCloseTo(1e-4, 6)
  const peak = rates.indexOf(Math.max(...rates))
  rates.slice(peak + 1).forEach((rate, i) => expect(rate).toBeLessThan(rates[peak + i]))
})
