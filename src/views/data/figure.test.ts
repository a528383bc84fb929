import { expect, it } from 'vitest'
import { paperTheme } from '../common/figure-theme.ts'
import { covarianceFigure, type CovarianceFigureInput } from './figure.ts'

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

it('draws the same picture as last time (snapshot)', () => {
  expect(covarianceFigure(input)).toMatchSnapshot()
})

it('keeps zero at the middle of the colours, in percent for the covariance', () => {
  expect(covarianceFigure(input).data[0]).toMatchObject({ zmin: -1, zmax: 1 })
  const relative = covarianceFigure({ ...input, show: 'covariance' }).data[0]
  expect(relative).toMatchObject({ zmin: -4, zmax: 4 })
  expect((relative.z as number[][])[0]).toEqual([2, 2, -1])
})

it('parts the observables by one line each way', () => {
  expect(covarianceFigure(input).layout.shapes).toHaveLength(2)
  expect(covarianceFigure({ ...input, observables: input.observables.slice(0, 1) }).layout.shapes).toEqual([])
})
