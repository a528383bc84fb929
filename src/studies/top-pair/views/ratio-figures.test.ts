import { describe, expect, it } from 'vitest'
import { axisOf, beyondFrame, expectSound, textsOf, tracesOf } from '../../../testing/figure-parts.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import {
  calibrationCurveFigure,
  heatCells,
  heatFigure,
  scatterFigure,
  weightyPoints,
} from './ratio-figures.ts'

const parton = {
  mtt: Float64Array.of(400, 400, 800),
  y: Float64Array.of(0.5, 0.6, -1),
  smWeight: Float64Array.of(3, 1, 1),
  learned: Float64Array.of(1, 5, 7),
  exact: Float64Array.of(2, 2, 7),
}

it('averages ratios over cells with SM weights and leaves empty cells empty', () => {
  const { learned, exact: truth } = heatCells(parton, 2, 2)
  expect(learned[1][0]).toBe(2) // (3 x 1 + 1 x 5) / 4
  expect(truth[1][0]).toBe(2)
  expect(learned[0][0]).toBeNull()
})

it('keeps the points that carry the rate', () => {
  const { learned, exact } = weightyPoints({
    smWeight: Float64Array.of(1e-9, 2, 1, 1e-5),
    learned: Float64Array.of(9, 1, 2, 8),
    exact: Float64Array.of(0, 1.5, 2.5, 0),
  })
  expect([...learned]).toEqual([1, 2])
  expect([...exact]).toEqual([1.5, 2.5])
})

describe('heat maps over (m_tt, y_tt)', () => {
  /** A grid of points, ratios 1 + m / TeV learned and 10 % more of them exact. */
  const masses = Array.from({ length: 40 }, (_, k) => 410 * 4 ** (k / 39))
  const places = masses.flatMap((m) => [-1.5, -0.5, 0.5, 1.5].map((y) => [m, y]))
  const learned = Float64Array.from(places, ([m]) => 1 + m / 1000)
  const figure = heatFigure(
    {
      mtt: Float64Array.from(places, ([m]) => m),
      y: Float64Array.from(places, ([, y]) => y),
      smWeight: new Float64Array(places.length).fill(1),
      learned,
      exact: learned.map((r) => 1.1 * r),
    },
    paperTheme,
  )
  const [first, second, third] = figure.data as { z: (number | null)[][]; zmin: number; zmax: number }[]

  it('learned and exact share one scale, their quotient is about one', () => {
    expectSound(figure)
    expect(tracesOf(figure).map(({ name }) => name)).toEqual(['learned', 'exact', 'learned / exact'])
    expect([first.zmin, first.zmax]).toEqual([second.zmin, second.zmax])
    expect(first.zmax).toBeCloseTo(1.1 * Math.max(...first.z.flat().map((v) => v ?? 0)), 10)
    expect([third.zmin + third.zmax, third.zmax - 1]).toEqual([2, expect.closeTo(1 - 1 / 1.1, 10)])
    for (const value of third.z.flat()) if (value !== null) expect(value).toBeCloseTo(1 / 1.1, 10)
  })

  it('have the mass on a logarithmic axis of GeV, and y left and right of zero', () => {
    const { type, range, tickvals } = axisOf(figure, 'x3')
    expect([type, range?.map((at) => 10 ** at)]).toEqual(['log', [expect.closeTo(410), expect.closeTo(1640)]])
    expect(tickvals).toEqual([500, 700, 1000, 1500])
    expect(axisOf(figure, 'y').range).toEqual([-1.5, 1.5])
    expect(textsOf(figure).slice(3)).toEqual(['<i>m</i><sub>tt̄</sub> [GeV]', '<i>y</i><sub>tt̄</sub>'])
    // Three panels beside each other, room for a scale after the second.
    const [a, b, c] = ['x', 'x2', 'x3'].map((name) => axisOf(figure, name).domain ?? [0, 0])
    expect(a[1] < b[0] && b[1] + 0.05 < c[0]).toBe(true)
  })

  it('masses grow to the right and rapidity upwards', () => {
    const row = first.z.find((cells) => cells.every((value) => value !== null)) ?? []
    expect(row.length).toBe(22)
    row.slice(1).forEach((value, k) => expect(value).toBeGreaterThan(row[k] ?? 0))
  })
})

describe('learned against exact', () => {
  const exact = Array.from({ length: 100 }, (_, k) => k / 100)
  const points = { exact, learned: exact.map((r) => r + 0.01), spread: exact.map(() => 0.02) }

  it('is a cloud about the diagonal, with the spread of the replicas', () => {
    const figure = scatterFigure(points, 'r of td8', paperTheme)
    expectSound(figure)
    const [diagonal, cloud] = tracesOf(figure)
    expect(diagonal.x).toEqual(diagonal.y)
    expect([cloud.x[50], cloud.y[50], cloud.error_y?.array[50]]).toEqual([0.5, 0.51, 0.02])
    expect(axisOf(figure, 'x').range).toEqual(axisOf(figure, 'y').range)
    expect(textsOf(figure)).toEqual(['exact r of td8', 'learned r of td8'])
    expect(tracesOf(scatterFigure({ ...points, spread: null }, 'r', paperTheme))[1].error_y).toBeUndefined()
    const still = { ...points, spread: exact.map(() => 0) }
    expect(tracesOf(scatterFigure(still, 'r', paperTheme))[1].error_y).toBeUndefined()
  })

  it('a far event squeezes no other, and is marked at the edge it is cut off by', () => {
    const many = Array.from({ length: 1000 }, (_, k) => k / 1000)
    const figure = scatterFigure(
      { exact: [...many, 50, 0.5], learned: [...many, 40, -30], spread: null },
      'r',
      paperTheme,
    )
    expect(axisOf(figure, 'x').range?.[1]).toBeLessThan(1.2)
    const [, cloud, far] = tracesOf(figure)
    expect(beyondFrame(figure, cloud)).toEqual([
      { x: 50, y: 40 },
      { x: 0.5, y: -30 },
    ])
    expect(far).toMatchObject({ name: '2 beyond the frame', mode: 'markers' })
    expect(beyondFrame(figure, far)).toEqual([])
    const [low, high] = axisOf(figure, 'x').range ?? [0, 0]
    expect([far.x, far.y]).toEqual([
      [high, 0.5],
      [high, low],
    ])
    expect(textsOf(figure)).toContain('2 beyond the frame, at its edge')
  })
})

it('the calibration curve stands against the diagonal with the errors of the events', () => {
  const points = [
    { predicted: 0.5, observed: 0.6, error: 0.1 },
    { predicted: 2, observed: 1.8, error: 0.3 },
  ] as Parameters<typeof calibrationCurveFigure>[0]
  const figure = calibrationCurveFigure(points, paperTheme)
  expectSound(figure)
  const [diagonal, curve] = tracesOf(figure)
  expect(curve).toMatchObject({ x: [0.5, 2], y: [0.6, 1.8], error_y: { array: [0.1, 0.3] } })
  // The bars are seen whole: 0.5 and 2.1 are the furthest.
  const [low, high] = axisOf(figure, 'y').range ?? [0, 0]
  expect([low, high]).toEqual([expect.closeTo(0.5 - 0.06 * 1.6), expect.closeTo(2.1 + 0.06 * 1.6)])
  expect([diagonal.x, axisOf(figure, 'x').range]).toEqual([
    [low, high],
    [low, high],
  ])
  expect(textsOf(figure)).toEqual(['mean learned ratio', 'ratio of events'])
})
