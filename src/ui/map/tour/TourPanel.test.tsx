// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { axisPlane } from '../../../numerics/grand-tour.ts'
import { sizedElements } from '../../../testing/sized-elements.ts'
import { TourPanel, titlesOf } from './TourPanel.tsx'

beforeEach(() => {
  sizedElements(400, 400)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const props = {
  ...{ values: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), count: 3, dimensions: 3, plane: null },
  ...{ colours: { kind: 'class' as const, index: Uint8Array.of(0, 0, 0), palette: ['#5790fc'] } },
  ...{ legend: { kind: 'none' as const, text: '' }, corner: '', markWords: {}, onLeave: vi.fn() },
  marks: { origin: { at: [0, 0, 0], label: 'SM' }, kept: [], lost: [[0, 0, 1]] },
}

it('says what its axes are, in parts', () => {
  expect(titlesOf(axisPlane(3, 0, 2))).toEqual(['z₁', 'z₃'])
  expect(titlesOf(Float64Array.of(0.8, 0, -0.6, 0, 1, 0))[0]).toBe('0.80 z₁ − 0.60 z₃')
})

it('shows the axes that are chosen, steps, turns by keys, and tells where it rests', () => {
  const onPlane = vi.fn()
  render(<TourPanel {...props} onPlane={onPlane} />)
  fireEvent.change(screen.getByRole('combobox', { name: 'up' }), { target: { value: '2' } })
  act(() => void vi.advanceTimersByTime(300))
  expect(onPlane).toHaveBeenLastCalledWith([1, 0, 0, 0, 0, 1])
  const map = screen.getByRole('application')
  expect(map.getAttribute('aria-label')).toContain('plane of z₁ and z₃')
  fireEvent.keyDown(map, { key: 'ArrowRight', shiftKey: true })
  expect(map.getAttribute('aria-label')).not.toContain('plane of z₁ and z₃')
  fireEvent.click(screen.getByRole('button', { name: 'Next view' }))
  act(() => void vi.advanceTimersByTime(300))
  const last = onPlane.mock.lastCall?.[0] as number[]
  expect(Math.hypot(...last.slice(0, 3))).toBeCloseTo(1, 3)
  expect(screen.getByLabelText('Legend').textContent).toContain('most alike')
  fireEvent.click(screen.getByRole('button', { name: 'Back to the map' }))
  expect(props.onLeave).toHaveBeenCalledOnce()
})

it('has no play button where motion is to be reduced', () => {
  const media = window.matchMedia.bind(window)
  vi.stubGlobal('matchMedia', (query: string) =>
    query.includes('reduced-motion') ? { matches: true } : media(query),
  )
  const { unmount } = render(<TourPanel {...props} onPlane={vi.fn()} />)
  expect(screen.queryByRole('button', { name: 'Play' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Next view' })).toBeTruthy()
  unmount()
})
