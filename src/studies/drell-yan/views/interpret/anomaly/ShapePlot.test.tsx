// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { drawnOn } from '../../../../../testing/drawn-on.ts'
import { numbersOf } from '../../../../../testing/svg-parts.ts'
import type { ShapeIntent } from '../../../intent.ts'
import { shapeFrame } from './shape-geometry.ts'
import { ShapePlot } from './ShapePlot.tsx'

drawnOn(464, 400)

const resonance: ShapeIntent = { kind: 'resonance', massGeV: 200, widthGeV: 20, strength: 0.1 }
const sigma = [0.01, 0.02, 0.05, 0.01]
const given = {
  observable: { name: 'mll' as const, edges: [50, 100, 400] },
  start: 0,
  subject: [1, 1, 1, 1],
  drawn: [1, 1.1, 1, 1],
  sigma,
  local: sigma,
  pulls: [1, -2.5, 0, 0] as number[] | null,
  shape: resonance as ShapeIntent | null,
  first: resonance,
  summary: 'A resonance at 200 GeV.',
}
// 464 pixels: 400 for the plot, so that a factor of 8 in mass is 400 pixels.
const frame = shapeFrame(464)
const xOf = (gev: number) => 52 + (400 * Math.log(gev / 50)) / Math.log(8)

function show(changes: Partial<typeof given> = {}) {
  const onDraw = vi.fn<(shape: ShapeIntent, phase: 'move' | 'end') => void>()
  const { container } = render(<ShapePlot {...given} {...changes} onDraw={onDraw} />)
  const all = (selector: string) => [...container.querySelectorAll(selector)]
  const numbers = (selector: string) => numbersOf(all(selector)[0].getAttribute('d') ?? '')
  const handle = (id: string) => container.querySelector(`[data-handle=${id}]`)
  for (const element of all('circle, rect')) Object.assign(element, { setPointerCapture: () => undefined })
  return { onDraw, all, numbers, handle }
}

it('draws the spectrum with the shape over what it is made of, as steps over its bins', () => {
  const { numbers } = show()
  expect(screen.getByRole('img', { name: 'A resonance at 200 GeV.' })).toBeTruthy()
  // M x,y H x V y H x
  const [x0, below, x1, above, x2] = numbers('.shape-drawn')
  expect([x0, x1, x2]).toEqual([52, expect.closeTo(xOf(100), 1), 452])
  // The window of ratios is 0.8 to 1.2 over 210 pixels from 8: 10 % are 52.5 of them.
  expect(below - above).toBeCloseTo(52.5, 1)
  expect(numbers('.shape-subject')[1]).toBe(113)
})

it('shades the noise about one, and within it what the other bins leave open', () => {
  expect(show().all('.shape-band')).toHaveLength(1)
  cleanup()
  const { all } = show({ local: [0.005, 0.01, 0.05, 0.01] })
  expect(all('.shape-band').map((band) => band.getAttribute('class'))).toEqual([
    'shape-band',
    'shape-band shape-local',
  ])
  const heights = all('.shape-band').map((band) => {
    const [, top] = numbersOf(band.getAttribute('d') ?? '')
    return 113 - top
  })
  expect(heights[0]).toBeCloseTo(2 * heights[1], 0)
})

it('draws pulls as bars from zero, in a window that holds the largest', () => {
  const { all } = show()
  const bars = all('.shape-pull').map((bar) =>
    ['x', 'y', 'height'].map((name) => Number(bar.getAttribute(name))),
  )
  const zero = frame.pulls.top + 45
  // From -4 to 4 over 90 pixels.
  expect(bars).toEqual([
    [52, expect.closeTo(zero - 11.25), expect.closeTo(11.25)],
    [expect.closeTo(xOf(100)), zero, expect.closeTo(28.125)],
  ])
  cleanup()
  expect(show({ pulls: null }).all('.shape-pull')).toEqual([])
})

it('marks a bin beyond its window by an arrow at the edge', () => {
  expect(show().all('.shape-beyond')).toEqual([])
  cleanup()
  const { numbers, all } = show({ drawn: [1, 40, 1, 1] })
  expect(all('.shape-beyond')).toHaveLength(1)
  const [x, foot, , , tip] = numbers('.shape-beyond')
  expect(x + 5).toBeCloseTo(xOf(200), 1)
  expect(tip).toBeLessThan(foot)
  expect(tip).toBeGreaterThan(frame.ratio.top)
})

it('numbers masses and ratios, and says what the axes are', () => {
  show()
  const texts = [...document.querySelectorAll('.shape-frame text')].map(({ textContent }) => textContent)
  expect(texts).toEqual([
    ...['0.9', '1', '1.1', '−2', '0', '2'],
    ...['50', '70', '100', '200', '300'],
    ...['mℓℓ [GeV]', 'ratio to the SM', 'pull'],
  ])
})

it('has a handle for mass and height and one for the width, which the pointer drags', () => {
  const { handle, onDraw } = show()
  const place = handle('place')
  expect(Number(place?.getAttribute('cx'))).toBeCloseTo(xOf(200))
  expect(Number(place?.getAttribute('cy'))).toBeCloseTo(113 - 52.5)
  expect(place?.textContent).toBe('mass and height')
  fireEvent.pointerDown(place as Element, { button: 0, pointerId: 1, clientX: xOf(200), clientY: 60.5 })
  fireEvent.pointerMove(screen.getByRole('img'), { clientX: xOf(100.1), clientY: 113 })
  expect(onDraw).toHaveBeenLastCalledWith({ ...resonance, massGeV: 100, strength: 0 }, 'move')
  fireEvent.pointerUp(screen.getByRole('img'))
  expect(onDraw).toHaveBeenLastCalledWith(resonance, 'end')
  onDraw.mockClear()
  fireEvent.pointerMove(screen.getByRole('img'), { clientX: 300, clientY: 100 })
  expect(onDraw).not.toHaveBeenCalled()

  fireEvent.pointerDown(handle('width') as Element, { button: 0, pointerId: 1, clientX: 0, clientY: 0 })
  fireEvent.pointerMove(screen.getByRole('img'), { clientX: xOf(250), clientY: 0 })
  expect(onDraw).toHaveBeenLastCalledWith({ ...resonance, widthGeV: 50 }, 'move')
})

it('begins a shape where the empty plot is pressed, by the first button only', () => {
  const { all, onDraw } = show({ shape: null })
  const [ground] = all('.shape-ground')
  expect(ground.getAttribute('class')).toContain('pressable')
  fireEvent.pointerDown(ground, { button: 2, clientX: 200, clientY: 60 })
  expect(onDraw).not.toHaveBeenCalled()
  fireEvent.pointerDown(ground, { button: 0, pointerId: 1, clientX: xOf(80), clientY: 60.5 })
  expect(onDraw).toHaveBeenCalledExactlyOnceWith({ ...resonance, massGeV: 80, strength: 0.1 }, 'move')
})

it('in transverse momentum shows, but takes no hand', () => {
  const { all, handle, onDraw } = show({
    observable: { name: 'ptl' as never, edges: [25, 50, 100] },
    start: 2,
  })
  expect(handle('place')).toBeNull()
  fireEvent.pointerDown(all('.shape-ground')[0], { button: 0 })
  expect(onDraw).not.toHaveBeenCalled()
  expect(document.querySelector('.shape-frame')?.textContent).toContain('pT [GeV]')
})
