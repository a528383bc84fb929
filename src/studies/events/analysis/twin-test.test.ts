import { expect, it } from 'vitest'
import { smallModels } from '../../../testing/small-events.ts'
import { linearEncoder } from './map-encoder.ts'
import { twinTest, type TwinTest } from './twin-test.ts'

const models = smallModels(3, 800)
const encoder = linearEncoder(models, 2)

async function run(seed: number): Promise<TwinTest> {
  const job = twinTest({ model: models[0], other: models[2], encoder, perSet: 2, seed })
  for (;;) {
    const { done, value } = await job.next()
    if (done) return value
  }
}

it('finds a twin alike and another model not, by as many sets', async () => {
  const { twin, apart, sets } = await run(1)
  expect(sets).toBe(40)
  expect(twin.p.value).toBeGreaterThan(0.01)
  expect(apart.p.value).toBeLessThan(0.01)
  expect(twin.statistic).toBeLessThan(apart.statistic)
  expect((await run(1)).twin).toEqual(twin)
})
