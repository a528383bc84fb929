import { expect, it } from 'vitest'
import { eventsMap } from '../../../testing/small-events.ts'
import { modelCentres, setNeighbours } from './set-neighbours.ts'
import { eventsOfSet, setMeans, shownSets } from './shown-sets.ts'

const map = eventsMap({ models: 3, sets: 20, perSet: 4 })
const means = setMeans(map)

it('gives the events of a set, and their means', () => {
  const events = eventsOfSet(map, 45)
  const { features } = map.models[2]
  expect(events[0]).toBe(features[map.places[45 * 4] * 16])
  const met = [0, 1, 2, 3].reduce((sum, e) => sum + events[16 * e], 0) / 4
  expect(means.raw[45 * 16]).toBeCloseTo(met, 2)
})

it('hides models and keeps the numbers of the rest', () => {
  const shown = shownSets(map, [map.ids[1]])
  expect(shown.count).toBe(40)
  expect([...new Set(shown.model)]).toEqual([0, 2])
  expect(shown.set[20]).toBe(40)
  expect(shown.x[20]).toBe(map.latent[80])
})

it('lists the nearest on the map, by features, and of models by their middles', () => {
  const { rows, searched, shared } = setNeighbours(map, means, 7, 'latent', 5)
  const distance = (i: number) =>
    Math.hypot(map.latent[2 * i] - map.latent[14], map.latent[2 * i + 1] - map.latent[15])
  const expected = Array.from({ length: 60 }, (_, i) => i)
    .filter((i) => i !== 7)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 5)
  expect(rows.map(({ set }) => set)).toEqual(expected)
  expect(searched).toBe(59)
  const byFeatures = setNeighbours(map, means, 7, 'features', 5)
  const both = byFeatures.rows.filter(({ set }) => expected.includes(set)).length
  expect(shared).toEqual([{ space: 'features', count: both }])

  const centres = modelCentres(map)
  const models = setNeighbours(map, means, 7, 'models', 5)
  expect(models.rows.map(({ set }) => map.model[set])).toEqual([1, 2])
  expect(models.rows[0].distance).toBeCloseTo(Math.hypot(centres[2] - centres[0], centres[3] - centres[1]), 5)
})
