import { expect, it } from 'vitest'
import { drawn, drawnElements, numbersOf } from '../../testing/svg-parts.ts'
import { MapAxes } from './MapAxes.tsx'

// 200 pixels are one unit: the corners are at (-2, 1) and (2, -1).
const camera = { x: 0, y: 0, halfSpan: 1 }
const viewport = { width: 800, height: 400 }
const titles = ['z₁', 'z₂'] as const

it('numbers both axes where the values lie, outside of the frame', () => {
  const elements = drawnElements(<MapAxes camera={camera} viewport={viewport} titles={titles} />)
  const labels = drawn(elements, '.map-tick-label')
  const below = labels.filter(({ at }) => at['text-anchor'] === 'middle')
  expect(below.map(({ text, at }) => [text, Number(at.x), Number(at.y)])).toEqual([
    ...[-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2].map((value) => [
      value.toFixed(1).replace('-', '−'),
      400 + 200 * value,
      416,
    ]),
  ])
  const left = labels.filter(({ at }) => at['text-anchor'] === 'end')
  // Upwards on the screen is upwards in the data.
  expect(left.map(({ text, at }) => [text, Number(at.y)])).toEqual([
    ['−1.0', 400],
    ['−0.5', 300],
    ['0.0', 200],
    ['0.5', 100],
    ['1.0', 0],
  ])
})

it('has ticks inwards on all four sides', () => {
  const elements = drawnElements(<MapAxes camera={camera} viewport={viewport} titles={titles} />)
  const [{ at }] = drawn(elements, '.map-ticks')
  for (const tick of ['M400 400v-8', 'M400 0v8', 'M0 200h8', 'M800 200h-8', 'M420 400v-4'])
    expect(at.d).toContain(tick)
  expect(numbersOf(at.d).every((value) => value >= -8 && value <= 800)).toBe(true)
})

it('has titles at the ends of the axes, and its corner label', () => {
  const elements = drawnElements(
    <MapAxes camera={camera} viewport={viewport} titles={titles} corner="13 TeV" />,
  )
  const [x, y] = drawn(elements, '.map-title')
  expect([x.text, x.at.x, x.at.y, x.at['text-anchor']]).toEqual(['z₁', '800', '433', 'end'])
  expect([y.text, y.at.transform]).toEqual(['z₂', 'translate(-32 0) rotate(-90)'])
  expect(drawn(elements, '.map-corner').map(({ text }) => text)).toEqual(['13 TeV'])
})

it('gives the title the upper end where numbers and title share a column', () => {
  const narrow = { width: 400, height: 400 }
  const elements = drawnElements(<MapAxes camera={camera} viewport={narrow} titles={titles} />)
  const left = drawn(elements, '.map-tick-label').filter(({ at }) => at['text-anchor'] === 'end')
  expect(left.map(({ text }) => text)).not.toContain('1.0')
  expect(drawn(elements, '.map-title')[1].at.transform).toContain('translate(-23 0)')
})
