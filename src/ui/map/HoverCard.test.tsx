// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { drawnOn } from '../../testing/drawn-on.ts'
import { cardPlace } from './HoverCard.tsx'
import { MapPanel } from './MapPanel.tsx'

drawnOn(400, 400)

it('stands on the side of its dot that has more room, within the map', () => {
  const viewport = { width: 400, height: 500 }
  expect(cardPlace([100, 50], viewport)).toEqual({ left: 116, top: 34 })
  expect(cardPlace([300, 450], viewport)).toEqual({ right: 116, bottom: 34 })
  // Never beyond the edge that it grows towards, and from the top where it is as high as the map.
  expect(cardPlace([300, 260], viewport)).toEqual({ right: 116, bottom: 170 })
  expect(cardPlace([300, 260], { width: 400, height: 300 })).toEqual({ right: 116, top: 0 })
  expect(cardPlace([-500, 900], viewport)).toEqual({ left: 0, bottom: 0 })
})

it('follows the keyboard, is pinned by a pick, and goes by its button, Escape, or with the dots', () => {
  const panel = (points: Parameters<typeof MapPanel>[0]['points']) => (
    <MapPanel
      {...{ points, camera: null, onCameraChange: vi.fn(), onRegion: vi.fn(), onClearSelection: vi.fn() }}
      colours={{ kind: 'class', index: Uint8Array.of(0, 0), palette: ['#5790fc'] }}
      legend={{ kind: 'none', text: '' }}
      total={2}
      card={(row) => <p>card of {row}</p>}
    />
  )
  const points = { x: Float32Array.of(0, 1), y: Float32Array.of(0, 1), count: 2, version: 0 }
  const { rerender } = render(panel(points))
  const map = screen.getByRole('application')
  fireEvent.keyDown(map, { key: 'ArrowRight' })
  expect(screen.getByTestId('hover-card').textContent).toMatch(/^card of \d/)
  fireEvent.keyDown(map, { key: 'Enter' })
  expect(screen.queryByTestId('hover-card')).toBeNull()
  expect(screen.getByRole('group', { name: 'Pinned dot' }).textContent).toMatch(/^card of \d/)
  fireEvent.click(screen.getByRole('button', { name: 'Close the card' }))
  expect(screen.queryByTestId('pinned-card')).toBeNull()
  fireEvent.keyDown(map, { key: 'Enter' })
  fireEvent.keyDown(map, { key: 'Escape' })
  fireEvent.keyDown(map, { key: 'Escape' })
  expect(screen.queryByTestId('pinned-card')).toBeNull()
  fireEvent.keyDown(map, { key: 'ArrowRight' })
  fireEvent.keyDown(map, { key: 'Enter' })
  expect(screen.getByTestId('pinned-card')).toBeTruthy()
  rerender(panel({ ...points, x: Float32Array.of(0, 2) }))
  expect(screen.queryByTestId('pinned-card')).toBeNull()
})

it('stands below a map as narrow as a phone, and the map keeps none', () => {
  const media = window.matchMedia.bind(window)
  vi.stubGlobal('matchMedia', (query: string) =>
    query === '(width < 720px)' ? Object.assign(new EventTarget(), { matches: true }) : media(query),
  )
  render(
    <MapPanel
      {...{ camera: null, onCameraChange: vi.fn(), onRegion: vi.fn(), onClearSelection: vi.fn() }}
      points={{ x: Float32Array.of(0, 1), y: Float32Array.of(0, 1), count: 2, version: 0 }}
      colours={{ kind: 'class', index: Uint8Array.of(0, 0), palette: ['#5790fc'] }}
      legend={{ kind: 'none', text: '' }}
      total={2}
      card={(row) => <p>card of {row}</p>}
    />,
  )
  const map = screen.getByRole('application')
  fireEvent.keyDown(map, { key: 'ArrowRight' })
  fireEvent.keyDown(map, { key: 'Enter' })
  const card = screen.getByTestId('pinned-card')
  expect(card.closest('.map-frame')).toBeNull()
  expect(screen.getAllByTestId('pinned-card')).toHaveLength(1)
  fireEvent.click(screen.getByRole('button', { name: 'Close the card' }))
  expect(screen.queryByTestId('pinned-card')).toBeNull()
})
