import { expect, it } from 'vitest'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { plotFrame, spectrumAxes, type SpectrumAxes } from './axes.ts'
import { drawnTrace, markerPath, tickPath, tickPlaces } from './drawn-trace.ts'
import { spectrumFigure } from './spectrum-figure.ts'
import { livePaths } from './live-paths.ts'
import type { SpectrumInput } from './spectrum-input.ts'
import { spectrumTicks } from './spectrum-ticks.ts'
import { binAt } from './SpectrumReadout.tsx'

const input: SpectrumInput = {
  observable: 'mll',
  edges: [80, 90, 100, 200, 1000],
  sm: [100, 900, 30, 2],
  curves: [
    { name: 'universe', values: [101, 890, 33, -0.1], colour: '#e42536', kind: 'line' },
    { name: 'replica', values: [98, 905, 29, -9], errors: [10, 30, 5.4, 1.6], kind: 'points' },
  ],
  bands: [{ name: 'statistical', kind: 'statistical', low: [90, 870, 25, 0.6], high: [110, 930, 35, 3.4] }],
  sqrtsGeV: 13000,
  order: 'linear',
  theme: paperTheme,
}
const size = { width: 478, height: 356 }
const frame = plotFrame(size)
const axes = spectrumAxes(input)
const { data } = spectrumFigure(input)
const drawn = (name: string) =>
  data.filter((trace) => trace.name === name).map((trace) => drawnTrace(trace, axes, frame))
const numbers = (path: string) => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)
const corners = (path: string) => [...path.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [+x, +y])

// Two roads: the live layer has its own loop over the bins.
it('draws a resting curve where the live layer draws the same curve', () => {
  const paths = livePaths(input.edges, input.sm, input.sm, axes, frame)
  for (const [panel, path] of [paths.main, paths.ratio].entries()) {
    const steps = corners(drawn('SM')[panel].line)
    const xs = [...new Set(steps.map(([x]) => x))]
    const ys = steps.filter((_, k) => k % 2 === 0).map(([, y]) => y)
    const [, ...rest] = [...path.matchAll(/[MVH]([-\d.]+)(?:,([-\d.]+))?/g)]
    expect(xs.slice(1)).toEqual(rest.filter(([text]) => text.startsWith('H')).map(([, x]) => Number(x)))
    expect(ys.slice(1)).toEqual(rest.filter(([text]) => text.startsWith('V')).map(([, y]) => Number(y)))
  }
})

it('leaves a gap where a log axis cannot hold a value, and marks the bin at the foot', () => {
  expect(corners(drawn('universe')[0].line)).toHaveLength(6)
  expect(corners(drawn('universe')[1].line)).toHaveLength(8)
  const [[left, y], [right]] = corners(drawn('universe: negative')[0].line)
  expect([left, right]).toEqual(
    tickPlaces('x', [200, 1000], axes, frame, 'main').map((x) => Math.round(x * 10) / 10),
  )
  expect(y).toBeCloseTo(frame.main.top + frame.main.height, 1)
})

it('draws points with bars to the bin edges and to one error, and arrows for what is cut off', () => {
  const [main, ratio] = drawn('replica')
  expect(main.points.split('Z')).toHaveLength(3 + 1)
  expect(ratio.points.split('Z')).toHaveLength(4 + 1)
  const [x0, , x1] = numbers(main.errors)
  expect([x0, x1]).toEqual(tickPlaces('x', [80, 90], axes, frame, 'main').map((x) => Math.round(x * 10) / 10))
  const [, , , , high, low] = numbers(ratio.errors)
  const [one, other] = tickPlaces('y', [0.88, 1.08], axes, frame, 'ratio')
  expect(high).toBeCloseTo(one, 0)
  expect(low).toBeCloseTo(other, 0)
  expect(drawn('replica: beyond the frame').map(({ panel }) => panel)).toEqual(['main', 'ratio'])
  expect(markerPath({ x: 10, y: 10 }, 6, 'triangle-down')).toBe('M6.5,8.5H13.5L10,13Z')
  expect(markerPath({ x: 10, y: 10 }, 6)).toBe('M7,10a3,3 0 1,0 6,0a3,3 0 1,0 -6,0Z')
})

it('closes bands, and draws nothing of what only carries numbers', () => {
  const [band] = drawn('statistical')
  expect(band).toMatchObject({ panel: 'main', line: '', points: '' })
  expect(corners(band.area)).toHaveLength(16)
  expect(band.area.endsWith('Z')).toBe(true)
  expect(drawn('values')).toEqual([{ panel: 'main', area: '', line: '', errors: '', points: '' }])
})

it('holds far-off values near the window', () => {
  const narrow: SpectrumAxes = { ...axes, ratio: [0.99, 1.01] }
  const [, below] = data.filter(({ name }) => name === 'universe')
  expect(Math.max(...corners(drawnTrace(below, narrow, frame).line).map(([, y]) => y))).toBeLessThan(1400)
})

it('puts ticks inwards on all four sides', () => {
  const path = tickPath('x', [100, 1000], 7, axes, frame, 'main')
  expect(path.match(/v7/g)).toHaveLength(2)
  expect(path.match(/v-7/g)).toHaveLength(2)
  expect(path).toContain(`M${size.width - 12},10v7`)
  expect(tickPath('y', spectrumTicks(axes).ratio.tickvals, 7, axes, frame, 'ratio')).toMatch(
    /^M66,[\d.]+h7M466/,
  )
})

it('reads the bin under the pointer, none beside the frame', () => {
  const middles = tickPlaces('x', [85, 95, 150, 500], axes, frame, 'main')
  expect(middles.map((x) => binAt(x, input.edges, axes, size))).toEqual([0, 1, 2, 3])
  expect(binAt(60, input.edges, axes, size)).toBeUndefined()
  expect(binAt(470, input.edges, axes, size)).toBeUndefined()
})
