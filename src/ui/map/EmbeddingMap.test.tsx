// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sizedElements } from '../../testing/sized-elements.ts'
import type { Camera } from './camera.ts'

import type { EmbeddingMapProps } from './EmbeddingMap.tsx'
import { EmbeddingMap } from './EmbeddingMap.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const props: EmbeddingMapProps = {
  points: { x: Float32Array.of(0, 1, 5), y: Float32Array.of(0, 0.2, 0), count: 3, version: 0 },
  colours: { kind: 'class', index: Uint8Array.of(0, 1, 0), palette: ['#5790fc', '#f89c20'] },
  camera: null,
  onCameraChange: () => undefined,
  summary: 'Map of 3 points.',
}

it('walks from point to point with the arrow keys, tells the row, picks it with Enter, leaves with Esc', () => {
  const onPick = vi.fn()
  const onClear = vi.fn()
  render(
    <EmbeddingMap {...props} onPick={onPick} onClear={onClear} describeRow={(row) => `universe ${row}`} />,
  )
  const map = screen.getByRole('application', { name: 'Map of 3 points.' })
  // The camera stands at (2.5, 0.1): row 1 is nearest; to its right lies row 2.
  fireEvent.keyDown(map, { key: 'ArrowLeft' })
  expect(screen.getByText('universe 1')).toBeTruthy()
  fireEvent.keyDown(map, { key: 'Enter' })
  expect(onPick).toHaveBeenLastCalledWith(1)
  fireEvent.keyDown(map, { key: 'Escape' })
  expect(onClear).not.toHaveBeenCalled()
  fireEvent.keyDown(map, { key: 'Escape' })
  expect(onClear).toHaveBeenCalledOnce()
})

it('asks its owner for another camera and for everything', () => {
  const onCameraChange = vi.fn()
  render(<EmbeddingMap {...props} onCameraChange={onCameraChange} />)
  fireEvent.click(screen.getByRole('button', { name: 'Zoom in' }))
  expect(onCameraChange.mock.calls[0][0].halfSpan).toBeGreaterThan(0)
  fireEvent.keyDown(screen.getByRole('application'), { key: '0' })
  expect(onCameraChange).toHaveBeenLastCalledWith(null)
})

describe('by pointer', () => {
  beforeEach(() => sizedElements(400, 400))

  /** 200 pixels are one unit, and the origin is in the middle; the owner follows what the map asks for. */
  function onScreen(more: Partial<EmbeddingMapProps> = {}) {
    const told = {
      ...{ onPick: vi.fn(), onSelect: vi.fn(), onHover: vi.fn(), onClear: vi.fn(), onLiveDrag: vi.fn() },
      onCameraChange: vi.fn(),
    }
    function Owner() {
      const [camera, setCamera] = useState<Camera | null>({ x: 0, y: 0, halfSpan: 1 })
      const follow = (next: Camera | null) => {
        told.onCameraChange(next)
        setCamera(next)
      }
      return <EmbeddingMap {...props} {...told} {...more} camera={camera} onCameraChange={follow} />
    }
    render(<Owner />)
    const map = screen.getByRole('application')
    type Kind = 'pointerDown' | 'pointerMove' | 'pointerUp' | 'pointerLeave' | 'pointerCancel'
    /** @param x, y  [CSS pixels] */
    const point = (kind: Kind, x: number, y: number, init: PointerEventInit = {}) =>
      fireEvent[kind](map, { clientX: x, clientY: y, pointerId: 1, button: 0, ...init })
    const drag = (places: [number, number][], init: PointerEventInit = {}) => {
      point('pointerDown', ...places[0], init)
      for (const place of places.slice(1)) point('pointerMove', ...place, init)
      point('pointerUp', ...places[places.length - 1], init)
    }
    const camera = (): Camera => told.onCameraChange.mock.lastCall?.[0]
    return { map, point, drag, camera, ...told }
  }

  it('picks the dot that is pressed, none where there is none near', () => {
    const { drag, onPick } = onScreen()
    drag([[203, 197]])
    expect(onPick).toHaveBeenLastCalledWith(0)
    drag([[60, 60]])
    expect(onPick).toHaveBeenLastCalledWith(null)
    // A second button is no press.
    drag([[203, 197]], { button: 2 })
    expect(onPick).toHaveBeenCalledTimes(2)
  })

  it('a finger is coarser than a mouse', () => {
    const { drag, onPick } = onScreen()
    drag([[218, 200]])
    expect(onPick).toHaveBeenLastCalledWith(null)
    drag([[218, 200]], { pointerType: 'touch' })
    expect(onPick).toHaveBeenLastCalledWith(0)
  })

  it('hovers over the dot under it, and forgets it at the edge', () => {
    const { point, onHover } = onScreen()
    point('pointerMove', 203, 197)
    expect(onHover).toHaveBeenLastCalledWith(0, { x: 203, y: 197 })
    expect(document.querySelector('.map-hover')?.getAttribute('cx')).toBe('200')
    point('pointerLeave', 399, 197)
    expect(onHover).toHaveBeenLastCalledWith(null, { x: 399, y: 197 })
    expect(document.querySelector('.map-hover')).toBeNull()
  })

  it('moves the map: what is under the hand stays there', () => {
    const { drag, camera } = onScreen()
    drag([
      [200, 200],
      [240, 180],
      [300, 160],
    ])
    expect([camera().x, camera().y]).toEqual([expect.closeTo(-0.5), expect.closeTo(-0.2)])
  })

  it('zooms by wheel about the pointer, by double-click shows everything', () => {
    const { map, camera } = onScreen()
    const wheel = (init: WheelEventInit) => {
      // Wheel events of this DOM have no place of their own.
      const place = { clientX: { value: 300 }, clientY: { value: 200 } }
      fireEvent(map, Object.defineProperties(new WheelEvent('wheel', init), place))
    }
    wheel({ deltaY: -100 })
    const { x, halfSpan } = camera()
    expect(halfSpan).toBeCloseTo(Math.exp(-0.18))
    // 0.5 lay under the pointer, and lies there still.
    expect(x + (100 * halfSpan) / 200).toBeCloseTo(0.5)
    wheel({ deltaY: 5, deltaMode: 1 })
    expect(camera().halfSpan).toBeCloseTo(Math.exp(-0.18 + 80 * 0.0018))
    fireEvent.dblClick(map)
    expect(camera()).toBeNull()
  })

  it('zooms by two fingers about their middle', () => {
    const { point, camera } = onScreen()
    point('pointerDown', 150, 200)
    point('pointerDown', 250, 200, { pointerId: 2 })
    point('pointerMove', 350, 200, { pointerId: 2 })
    expect(camera().halfSpan).toBeCloseTo(0.5)
    point('pointerUp', 350, 200, { pointerId: 2 })
    point('pointerUp', 150, 200)
  })

  it('draws a lasso, closes it at the end, and adds or takes away with Shift and Alt', () => {
    const { drag, onSelect } = onScreen({ tool: 'lasso' })
    const around: [number, number][] = [
      [150, 150],
      [250, 150],
      [250, 250],
      [150, 250],
    ]
    drag(around)
    expect(onSelect).toHaveBeenLastCalledWith({ kind: 'polygon', points: expect.any(Array) }, 'replace')
    const { points } = onSelect.mock.lastCall?.[0] as { points: [number, number][] }
    expect(points.map(([x, y]) => [x, y].map((at) => Number(at.toFixed(2))))).toEqual(
      expect.arrayContaining([
        [-0.25, 0.25],
        [0.25, 0.25],
        [0.25, -0.25],
      ]),
    )
    drag(around, { shiftKey: true })
    expect(onSelect.mock.lastCall?.[1]).toBe('add')
    drag(around, { altKey: true })
    expect(onSelect.mock.lastCall?.[1]).toBe('subtract')
  })

  it('a lasso that was interrupted selects nothing', () => {
    const { point, onSelect } = onScreen({ tool: 'lasso' })
    point('pointerDown', 150, 150)
    point('pointerMove', 250, 150)
    point('pointerMove', 250, 250)
    expect(document.querySelector('.map-draft')).toBeTruthy()
    point('pointerCancel', 250, 250)
    expect(document.querySelector('.map-draft')).toBeNull()
    expect(onSelect).not.toHaveBeenCalled()
  })

  it('sets vertices by clicks, and closes at the first one or by a double-click', () => {
    const { map, drag, onSelect } = onScreen({ tool: 'vertices' })
    const corners: [number, number][] = [
      [150, 150],
      [250, 150],
      [250, 250],
    ]
    for (const corner of corners) drag([corner])
    expect(document.querySelectorAll('.map-vertex')).toHaveLength(3)
    drag([[153, 152]])
    expect(onSelect).toHaveBeenCalledTimes(1)
    for (const corner of corners) drag([corner])
    fireEvent.dblClick(map)
    expect(onSelect).toHaveBeenCalledTimes(2)
  })

  it('drags the live point by its handle, and not the map', () => {
    const { drag, onLiveDrag, onCameraChange } = onScreen({
      markers: { live: { x: 0.5, y: 0, label: 'live' } },
    })
    drag([
      [304, 200],
      [320, 180],
      [340, 160],
    ])
    expect(onLiveDrag.mock.calls.map(([place, phase]) => [place.x, place.y, phase])).toEqual([
      [expect.closeTo(0.6), expect.closeTo(0.1), 'move'],
      [expect.closeTo(0.7), expect.closeTo(0.2), 'move'],
      [expect.closeTo(0.7), expect.closeTo(0.2), 'end'],
    ])
    expect(onCameraChange).not.toHaveBeenCalled()
  })

  it('keys move and zoom it, too, and take back what is being drawn', () => {
    const { map, camera } = onScreen()
    const key = (name: string, init: KeyboardEventInit = {}) => fireEvent.keyDown(map, { key: name, ...init })
    key('ArrowRight', { shiftKey: true })
    expect(camera().x).toBeCloseTo(1 / 3)
    key('+')
    expect(camera().halfSpan).toBeCloseTo(1 / 1.3)
    key('-')
    expect(camera().halfSpan).toBeCloseTo(1)
    key('ArrowRight')
    // The dot that has the keyboard is kept in the picture.
    for (let i = 0; i < 3; i++) key('ArrowRight')
    expect(camera()).toMatchObject({ x: 5, y: 0 })
    fireEvent.click(screen.getByRole('button', { name: 'Zoom out' }))
    expect(camera().halfSpan).toBeCloseTo(1.5)
  })

  it('corners that were set by keys are taken back one by one', () => {
    const { map, onSelect } = onScreen({ tool: 'vertices' })
    const key = (name: string) => fireEvent.keyDown(map, { key: name })
    const corners = () => document.querySelectorAll('.map-vertex').length
    for (const name of [' ', 'ArrowRight', ' ', 'ArrowDown', ' ']) key(name)
    expect(corners()).toBe(3)
    key('Backspace')
    expect(corners()).toBe(2)
    key('Enter')
    expect(onSelect).not.toHaveBeenCalled()
    key(' ')
    key('Escape')
    expect(corners()).toBe(0)
  })
})

describe('without WebGL2', () => {
  it('says so, and how many of all points are drawn', async () => {
    sizedElements(400, 400)
    const count = 120_000
    const points = { x: new Float32Array(count), y: new Float32Array(count), count, version: 0 }
    const pen = new Proxy({}, { get: () => () => undefined, set: () => true })
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(((kind: string) =>
      kind === '2d' ? pen : null) as never)
    const onRenderer = vi.fn()
    const onDrawn = vi.fn()
    render(<EmbeddingMap {...props} points={points} {...{ onRenderer, onDrawn }} />)
    expect((await screen.findByText(/No WebGL2 here/)).textContent).toMatch(
      /Showing 40\s000 of 120\s000 points/,
    )
    expect(onDrawn).toHaveBeenLastCalledWith(40_000)
    expect(onRenderer).toHaveBeenLastCalledWith({
      ...{ kind: 'canvas2d', shown: 40_000, total: count, reason: 'no-webgl2' },
    })
  })

  it('shows that there is nothing yet', () => {
    const empty = { x: new Float32Array(0), y: new Float32Array(0), count: 0, version: 0 }
    render(<EmbeddingMap {...props} points={empty} />)
    expect(screen.getByText('No points yet.')).toBeTruthy()
  })
})
