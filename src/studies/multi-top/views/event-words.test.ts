import { expect, it } from 'vitest'
import { sampleOf, toyClass } from '../../../testing/small-multi-top.ts'
import { eventsOnMap } from '../analysis/map/map-events.ts'
import { eventWords, objectsOf } from './event-words.ts'

const twin = sampleOf(
  Array.from({ length: 200 }, () => ({
    objects: [
      [1, 100, 0, 0],
      [0, 50, 1, Math.PI / 2],
      [4, 30, 0, 1],
    ] as const,
    met: 44,
  })),
)
const events = eventsOnMap(
  [
    { id: '0t', sample: twin },
    { id: '1t', sample: toyClass(1, 200, 1) },
  ],
  [['p p > j j'], ['p p > t j']],
  { perClass: 5, seed: 1 },
)

it('an event is told by its numbers and its objects in their slots', () => {
  expect(eventWords(events, 0)).toBe('Event 0, 0 tops: 2 jets, 1 b-jet, 1 lepton, MET 44.0 GeV')
  expect(objectsOf(events, 0).map(({ name, pt }) => [name, pt])).toEqual([
    ['b-jet 1', 100],
    ['jet 1', 50],
    ['lepton 1', 30],
  ])
})
