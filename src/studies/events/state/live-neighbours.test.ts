import { expect, it } from 'vitest'
import { eventsMap } from '../../../testing/small-events.ts'
import { liveLabel, liveModelOf } from './live-model.ts'
import { liveNeighbours } from './live-neighbours.ts'
import { shownSets, withLive } from './shown-sets.ts'
import { eventsDefaults } from '../default-intent.ts'

const map = eventsMap({ models: 3, sets: 20, perSet: 4 })

/** The sets of the last model once more. */
const latent = map.latent.slice(80)
const live = { news: { latent } }

it('a copy of a model lies nearest to it, within the error', () => {
  const near = liveNeighbours(map, live)
  expect(near[0].model).toBe(2)
  expect(near[0].distance).toBe(0)
  expect(near[1].distance).toBeGreaterThan(3 * near[1].error)
  expect(liveNeighbours(map, { news: { latent: new Float32Array(0) } })).toEqual([])
})

it('is drawn behind the sets of the map, with numbers of its own', () => {
  const shown = withLive(shownSets(map, ['model-0']), map, latent, 3)
  expect(shown.count).toBe(60)
  expect([shown.set[39], shown.set[40], shown.model[40]]).toEqual([59, 60, 3])
  expect([shown.x[40], shown.y[40]]).toEqual([latent[0], latent[1]])
})

it('is what its sliders say', () => {
  const { live: set } = eventsDefaults
  expect(liveModelOf({ dataset: 'gluinos', live: set })).toBeNull()
  const gluino = liveModelOf({ dataset: 'gluinos', live: { ...set, on: true } })
  expect(gluino).toEqual({ kind: 'gluino', mGluino: 1250, mChi: 650 })
  expect(gluino && liveLabel(gluino)).toBe('live: 1250, Δm 600')
  const vector = liveModelOf({ dataset: 'dark-matter', live: { ...set, on: true } })
  expect(vector).toEqual({ kind: 'vector', mMediator: 800, mChi: 50 })
})
