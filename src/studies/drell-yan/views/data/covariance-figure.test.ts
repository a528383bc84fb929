import { expect, it } from 'vitest'
import { axisOf, expectSound, shapesOf, tracesOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { covarianceFigure, covarianceSummary, type CovarianceFigureInput } from './covariance-figure.ts'

const input: CovarianceFigureInput = {
  report: {
    bins: 3,
    correlation: Float64Array.of(1, 0.5, -0.25, 0.5, 1, 0, -0.25, 0, 1),
    relative: Float64Array.of(0.02, 0.02, -0.01, 0.02, 0.04, 0, -0.01, 0, 0.03),
  },
  show: 'correlation',
  observables: [
    { name: 'mll', edges: [50, 60, 100] },
    { name: 'ptl', edges: [25, 40] },
  ],
  theme: paperTheme,
  ground: 'light',
}

it('shows every pair of bins, the first at the upper left, with what it is under the pointer', () => {
  const figure = covarianceFigure(input)
  expectSound(figure)
  const [heat] = tracesOf(figure)
  expect(heat.z).toEqual([
    [1, 0.5, -0.25],
    [0.5, 1, 0],
    [-0.25, 0, 1],
  ])
  expect([axisOf(figure, 'x').range, axisOf(figure, 'y').range]).toEqual([
    [-0.5, 2.5],
    [2.5, -0.5],
  ])
  const texts = (figure.data[0] as unknown as { text: string[][] }).text
  expect(texts[0][2]).toBe('<i>m</i><sub>ℓℓ</sub> 50–60 GeV<br><i>p</i><sub>T</sub><sup>μ</sup> 25–40 GeV')
})

it('numbers a few bins of each observable by their low edges', () => {
  const { tickvals, ticktext } = axisOf(covarianceFigure(input), 'x')
  expect(tickvals).toEqual([0, 1, 2])
  expect(ticktext).toEqual([
    '<i>m</i><sub>ℓℓ</sub> 50',
    '<i>m</i><sub>ℓℓ</sub> 60',
    '<i>p</i><sub>T</sub><sup>μ</sup> 25',
  ])
  const edges = Array.from({ length: 41 }, (_, k) => 50 + k)
  const many = covarianceFigure({ ...input, observables: [{ name: 'mll', edges }] })
  expect(axisOf(many, 'x').tickvals).toEqual([0, 10, 20, 30])
})

it('has other colours on dark ground, each from end to end of the ramp', () => {
  const scale = (ground: 'light' | 'dark') =>
    covarianceFigure({ ...input, ground }).data[0].colorscale as [number, string][]
  expect(scale('light').map(([at]) => at)).toEqual(Array.from({ length: 17 }, (_, k) => k / 16))
  expect(scale('light')[8]).not.toEqual(scale('dark')[8])
})

it('keeps zero at the middle of the colours, in percent for the covariance', () => {
  expect(covarianceFigure(input).data[0]).toMatchObject({ zmin: -1, zmax: 1 })
  const relative = covarianceFigure({ ...input, show: 'covariance' }).data[0]
  expect(relative).toMatchObject({ zmin: -4, zmax: 4 })
  expect((relative.z as number[][])[0]).toEqual([2, 2, -1])
})

it('parts the observables by one line each way', () => {
  expect(shapesOf(covarianceFigure(input)).map(({ x0, x1, y0, y1 }) => [x0, x1, y0, y1])).toEqual([
    [1.5, 1.5, 0, 1],
    [0, 1, 1.5, 1.5],
  ])
  expect(covarianceFigure({ ...input, observables: input.observables.slice(0, 1) }).layout.shapes).toEqual([])
})

it('says how large errors and correlations are', () => {
  const report = { ...input.report, relative: Float64Array.of(0.02, 0, 0, 0, 0.04, 0, 0, 0, 0.03) }
  expect(covarianceSummary(report as Parameters<typeof covarianceSummary>[0])).toBe(
    '3 × 3 bins; relative errors from 2.0 to 4.0 %, largest correlation 0.500.',
  )
})
