// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { EventDisplay, momentumLength } from './EventDisplay.tsx'

afterEach(cleanup)

const objects = [
  { name: 'b-jet 1', slot: 0, group: 'b', pt: 100, eta: 0, phi: 0 },
  { name: 'jet 1', slot: 4, group: 'j', pt: 50, eta: 1, phi: Math.PI / 2 },
  { name: 'lepton 1', slot: 12, group: 'l', pt: 30, eta: 0, phi: 1 },
] as const

it('an event is drawn with a line an object, as long as the logarithm of pT, and up where φ is a quarter turn', () => {
  const { container } = render(<EventDisplay objects={objects} words="an event" />)
  expect(screen.getByRole('img', { name: 'an event' })).toBeTruthy()
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
