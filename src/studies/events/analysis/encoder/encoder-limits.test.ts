import { expect, it } from 'vitest'
import { smallModels } from '../../../../testing/small-events.ts'
import { toyEvents } from '../../../../testing/toy-events.ts'
import { linearEncoder } from '../map-encoder.ts'
import { encoderLimits } from './encoder-limits.ts'

async function limitsOf(models: Parameters<typeof linearEncoder>[0], encoder = linearEncoder(models, 4)) {
  const steps = encoderLimits({ models, encoder, seed: 1 })
  const told: number[] = []
  for (;;) {
    const next = await steps.next()
    if (next.done) return { limits: next.value, told }
    told.push(next.value)
  }
}

it('the linear map beside itself has the same scores; equal models stay at chance', async () => {
  const { limits, told } = await limitsOf(smallModels(3, 400))
  expect(limits.learned).toEqual(limits.linear)
  expect(limits).toMatchObject({ perSet: 4, models: 3, pairs: 3, exact: null })
  expect(limits.learned.auc.value).toBeGreaterThan(0.8)
  expect(limits.learned.accuracy.value).toBeGreaterThan(0.6)
  expect(told.every((fraction, k) => k === 0 || fraction >= told[k - 1])).toBe(true)

  const twins = (await limitsOf([toyEvents('a', 1000, 0), toyEvents('b', 1000, 0)])).limits
  expect(Math.abs(twins.learned.auc.value - 0.5)).toBeLessThan(4 * twins.learned.auc.error)
  expect(Math.abs(twins.learned.accuracy.value - 0.5)).toBeLessThan(4 * twins.learned.accuracy.error)
})
