import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readRecordedTraining } from '../../core/training/recorded-training-file.ts'
import { datasetOf } from './datasets.ts'
import { eventsDefaults } from './default-intent.ts'
import { trainingConfig, trainingKey } from './state/training-setup.ts'

const shipped = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

it('the recorded training is that of the settings and events that the page opens with', () => {
  const { key, seen } = readRecordedTraining(shipped('models/recorded/events-training.json'))
  const { dataset, training, perSet } = eventsDefaults
  const ids = datasetOf(dataset)?.models.map(({ id }) => id) ?? []
  const models = ids.map((id) => {
    const { events } = JSON.parse(shipped(`public/samples/${id}.json`)) as { events: number }
    return { id, title: id, events, features: new Float32Array(0) }
  })
  const config = trainingConfig(training, ids.length, perSet)
  expect(key).toBe(trainingKey({ ids, models, perSet }, config, undefined))
  expect(seen).toMatchObject({ steps: config.steps, previewItems: { length: 60 * ids.length } })
  expect(seen.moments.length).toBeGreaterThan(10)
})
