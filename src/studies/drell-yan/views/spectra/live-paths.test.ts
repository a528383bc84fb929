import { expect, it } from 'vitest'
import { plotFrame, position, type SpectrumAxes } from './axes.ts'
import { livePaths } from './live-paths.ts'

const axes: SpectrumAxes = {
  xScale: 'log',
  yScale: 'log',
  x: [10, 1000],
  y: [0.01, 100],
  ratio: [0, 2],
  neutral: 1,
}
const frame = {
  left: 50,
  width: 200,
  main: { top: 10, height: 80 },
  ratio: { top: 100, height: 40 },
}

it('puts decades and ratios where they belong, one horizontal step per bin', () => {
  // Densities 1 and 100 pb/GeV: middle and top of four decades; ratios 1 and 2: middle and top.
  const paths = livePaths([10, 100, 1000], [90, 90_000], [90, 45_000], axes, frame)
  expect(paths.main).toBe('M50.0,50.0H150.0V10.0H250.0')
  expect(paths.ratio).toBe('M50.0,120.0H150.0V100.0H250.0')
  expect(paths.negative).toBe('')
})

it('sends negative bins below the frame and marks them at its foot', () => {
  const paths = livePaths([10, 100, 1000], [90, -5], [90, 90], axes, frame)
  expect(paths.main).toBe('M50.0,50.0H150.0V110.0H250.0')
  expect(paths.negative).toBe('M150.0,89.0H250.0')
})

it('never writes NaN into a path', () => {
  const { main, ratio } = livePaths([10, 100, 1000], [NaN, 0], [0, 0], axes, frame)
  expect(main + ratio).not.toContain('NaN')
})

it('gives the main panel three times the height of the ratio panel', () => {
  const { main, ratio } = plotFrame({ width: 500, height: 440 })
  expect(main.height / ratio.height).toBeCloseTo(3, 1)
  expect(main.top + main.height).toBeLessThan(ratio.top)
})

it('maps linear axes linearly', () => expect(position(5, [0, 10], 'linear', 100, -50)).toBe(75))
