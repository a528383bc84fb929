import { expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { featuresPerEvent, fitScaling, scaleFeatures } from '../features/event-features.ts'
import { splitEvents, type ModelEvents } from '../models.ts'
import { eventsTraining, stepsPerEpoch } from './encoder-settings.ts'
import { heldOutSets, setSource } from './set-batches.ts'

const perSet = 3
const setsPerModel = 4
const events = 60

/** Features that tell which event they are of, in the last column. */
function model(id: string, seed: number): ModelEvents {
  const rng = createRng(seed)
  const features = Float32Array.from({ length: events * featuresPerEvent }, (_, i) =>
    i % featuresPerEvent === featuresPerEvent - 1 ? Math.floor(i / featuresPerEvent) : 100 * rng.uniform(),
  )
  return { id, title: id, features, events }
}
const models = [model('a', 1), model('b', 2)]
const splits = models.map(() => splitEvents(events, 1))
const scaling = fitScaling(models.map(({ features }, m) => ({ features, indices: splits[m].train })))
const scaled = models.map(({ features }) => scaleFeatures(features, scaling))
const shared = { models, scaled, perSet, setsPerModel }
const indices = splits.map(({ train }) => train)
const source = () => setSource({ ...shared, indices, seed: 9 })

/** Which events the rows of a batch are made of. */
function eventsOf(x: Float32Array): number[] {
  const last = featuresPerEvent - 1
  return Array.from({ length: x.length / featuresPerEvent }, (_, i) =>
    Math.round(x[i * featuresPerEvent + last] * scaling.sd[last] + scaling.mean[last]),
  )
}

it('makes batches of labelled sets, a pure function of seed and step', () => {
  const first = source()
  const batch = first.next(5)
  expect(first.features).toBe(perSet * featuresPerEvent)
  expect([...batch.labels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
  expect(batch.x.length).toBe(batch.rows * first.features)
  const later = first.next(stepsPerEpoch + 5)
  expect(later.x).not.toEqual(batch.x)
  // Asked in any order, as a training that goes on asks.
  expect(source().next(stepsPerEpoch + 5)).toEqual(later)
  expect(first.next(5)).toEqual(batch)
})

it('trains on training events alone, and holds sets of others out, no event twice', () => {
  const train = new Set(indices[0])
  for (let step = 0; step < 20; step++)
    eventsOf(source().next(step).x).forEach((event) => expect(train.has(event)).toBe(true))
  const validation = splits.map((split) => split.validation)
  const heldOut = heldOutSets({ ...shared, indices: validation, seed: 1 })
  // 12 events make one batch of 4 sets of 3.
  expect(heldOut.rows).toBe(8)
  const used = eventsOf(heldOut.x)
  expect(new Set(used.slice(0, 12))).toEqual(new Set(validation[0]))
})

it('refuses sets larger than a model', () => {
  const own = { ...shared, perSet: 40, indices }
  expect(() => setSource({ ...own, seed: 1 }).next(0)).toThrow(/Model a has 36 events for sets of 40/)
})

it('shares 512 sets among the models, and narrows no latent space', () => {
  const nine = eventsTraining({ models: 9, perSet: 10 })
  expect(nine.universesPerBatch * nine.replicasPerUniverse).toBe(504)
  expect(nine.widths.at(-1)).toBe(4)
  expect(eventsTraining({ models: 9, perSet: 10, latentDim: 8 }).widths.at(-1)).toBe(8)
  expect(eventsTraining({ models: 9, perSet: 7, network: 'deep-set' }).pool).toEqual({
    items: 7,
    widths: [64, 64],
  })
})
