import { expect, it } from 'vitest'
import { smallModels } from '../../../testing/small-events.ts'
import { featureImportance, type ImportanceRequest } from './feature-importance.ts'
import { eventFeatureNames } from './features/event-features.ts'
import { linearEncoder } from './map-encoder.ts'

/** Model 0 and 2 differ in MET, by 120 GeV of a width of 80, and in what follows from it. */
const models = smallModels(3, 600)
const encoder = linearEncoder(models, 2)

async function run(request: Partial<ImportanceRequest> = {}) {
  const job = featureImportance({
    ...{ a: models[0], b: models[2], encoder, perSet: 2, sets: 60, seed: 1, ...request },
  })
  for (;;) {
    const { done, value } = await job.next()
    if (done) return value
  }
}

it('finds the feature that two models differ in', async () => {
  const { auc, drops, pair } = await run()
  expect(pair).toEqual(['model-0', 'model-2'])
  expect(auc.value).toBeGreaterThan(0.8)
  const order = drops
    .map(({ value }, k) => ({ value, id: eventFeatureNames[k].id }))
    .sort((x, y) => y.value - x.value)
  expect(order[0].id).toBe('met')
  expect(order[0].value).toBeGreaterThan(0.1)
  // The number of b-jets is drawn alike.
  const nb = drops[eventFeatureNames.findIndex(({ id }) => id === 'nb')]
  expect(Math.abs(nb.value)).toBeLessThan(0.05)
})

it('of a model and its copy nothing tells which is which', async () => {
  const { auc, drops } = await run({ b: { ...models[0], id: 'copy' } })
  expect(Math.abs(auc.value - 0.5)).toBeLessThan(4 * auc.error)
  for (const { value } of drops) expect(Math.abs(value)).toBeLessThan(0.2)
})
