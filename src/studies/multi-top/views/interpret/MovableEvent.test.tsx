// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { endOf, momentumTo } from '../EventDisplay.tsx'
import type { EventObject } from '../event-words.ts'
import { inLimits, MovableEvent } from './MovableEvent.tsx'

afterEach(cleanup)

const objects: EventObject[] = [
  { name: 'b-jet 1', slot: 0, group: 'b', pt: 200, eta: 0.5, phi: 0 },
  { name: 'jet 1', slot: 4, group: 'j', pt: 80, eta: -1, phi: 2 },
]

function draw() {
  const calls = { onMove: vi.fn(), onSettle: vi.fn(), onReset: vi.fn() }
  render(<MovableEvent {...{ objects, moved: [], words: 'An event', ...calls }} />)
  return { ...calls, pad: screen.getByRole('application') }
}

it('keys move the object that is chosen, within limits', () => {
  const { onMove, pad } = draw()
  fireEvent.keyDown(pad, { key: 'ArrowUp' })
  expect(onMove).toHaveBeenLastCalledWith({ slot: 0, pt: 205, eta: 0.5, phi: 0 })
  fireEvent.keyDown(pad, { key: 'ArrowRight', shiftKey: true })
  expect(onMove).toHaveBeenLastCalledWith({ slot: 0, pt: 200, eta: 0.5, phi: -0.5 })
  fireEvent.change(screen.getByRole('combobox', { name: 'object' }), { target: { value: '4' } })
  fireEvent.keyDown(pad, { key: 'PageDown', shiftKey: true })
  expect(onMove).toHaveBeenLastCalledWith({ slot: 4, pt: 80, eta: -2, phi: 2 })
  expect(inLimits({ slot: 1, pt: 1e6, eta: -9, phi: 4 })).toEqual({
    slot: 1,
    pt: 2000,
    eta: -2.8,
    phi: -2.283,
  })
})

it('the pointer takes the end of a line along', () => {
  const { onMove, onSettle, pad } = draw()
  const picture = screen.getByRole('img', { name: 'An event' })
  picture.getBoundingClientRect = () => new DOMRect(0, 0, 400, 400)
  pad.setPointerCapture = () => undefined
  const on = ([x, y]: [number, number]) => ({ clientX: 200 + 2 * x, clientY: 200 - 2 * y, pointerId: 1 })
  fireEvent.pointerDown(pad, on([-90, -90]))
  fireEvent.pointerMove(pad, on([0, 40]))
  expect(onMove).not.toHaveBeenCalled()
  fireEvent.pointerDown(pad, on(endOf(objects[1])))
  fireEvent.pointerMove(pad, on([0, 40]))
  const { pt } = momentumTo(0, 40)
  expect(onMove).toHaveBeenLastCalledWith({ slot: 4, pt: Math.round(10 * pt) / 10, eta: -1, phi: 1.571 })
  fireEvent.pointerUp(pad, on([0, 40]))
  expect(onSettle).toHaveBeenCalledOnce()
  const [x, y] = endOf({ pt: 123, phi: -2 })
  expect(momentumTo(x, y).pt).toBeCloseTo(123, 9)
})
