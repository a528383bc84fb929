import { expect, it } from 'vitest'
import { eventsMap } from '../../../../testing/small-events.ts'
import { liveNeighbours } from '../../state/live-neighbours.ts'
import { eventFeatureNames, featuresPerEvent } from '../features/event-features.ts'
import { placeFile } from './place-file.ts'

const map = eventsMap({ models: 3, sets: 20, perSet: 4 })

/** A table with the events of a model, by names of the features. */
function csvOf(m: number, events: number): Uint8Array {
  const { features } = map.models[m]
  const rows = Array.from({ length: events }, (_, i) =>
    [...features.subarray(i * featuresPerEvent, (i + 1) * featuresPerEvent)].join(','),
  )
  return new TextEncoder().encode([eventFeatureNames.map(({ id }) => id).join(','), ...rows].join('\n'))
}

const request = { encoder: map.encoder, sets: 400, seed: 1 }

it('places the events of a file where their model is, with an error of the distance', async () => {
  const placed = await placeFile({ ...request, name: 'mine.csv', bytes: csvOf(2, 200) })
  expect([placed.title, placed.events, placed.sets]).toEqual(['mine', 200, 50])
  const [nearest, next] = liveNeighbours(map, { news: placed })
  expect(nearest.model).toBe(2)
  expect(nearest.distance).toBeLessThan(4 * nearest.error)
  expect(next.distance).toBeGreaterThan(4 * next.error)
})

it('refuses a file with fewer events than ten sets need', async () => {
  await expect(placeFile({ ...request, name: 'few.csv', bytes: csvOf(1, 39) })).rejects.toThrow(
    /few.csv has 39 events: ten sets of 4 need 40/,
  )
})
