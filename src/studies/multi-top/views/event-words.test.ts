// @vitest-environment happy-dom
import { render } from '@testing-library/react'
import { createElement } from 'react'
import { expect, it } from 'vitest'
import { sampleOf, toyClass } from '../../../testing/small-multi-top.ts'
import { eventsOnMap } from '../analysis/map/map-events.ts'
import { eventWords, objectsOf } from './event-words.ts'
import { EventDisplay, momentumLength } from './EventDisplay.tsx'

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

it('is drawn with a line an object, as long as the logarithm of pT, and up where φ is a quarter turn', () => {
  const { container } = render(
    createElement(EventDisplay, { objects: objectsOf(events, 0), words: 'an event' }),
  )
  const lines = [...container.querySelectorAll('line')]
  expect(lines.map((line) => line.getAttribute('class'))).toEqual([
    'event-display-b',
    'event-display-j',
    'event-display-l',
  ])
  const end = (k: number) => ['x2', 'y2'].map((axis) => Number(lines[k].getAttribute(axis)))
  expect(end(0)[0]).toBeCloseTo(92 * momentumLength(100), 6)
  expect(end(1)[0]).toBeCloseTo(0, 4)
  expect(end(1)[1]).toBeCloseTo(-92 * momentumLength(50), 4)
  expect(momentumLength(1e5)).toBe(1)
})
