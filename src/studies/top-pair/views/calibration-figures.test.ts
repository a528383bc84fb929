import { describe, expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  shapesOf,
  textsOf,
  tracesOf,
} from '../../../testing/figure-parts.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { coverageFigure, rankFigure, tarpFigure } from './calibration-figures.ts'

const near = <T>(values: T) => expect.closeTo(values as number, 12)

describe('coverage', () => {
  const coverage = {
    probabilities: [0.68, 0.95],
    tolerance: [0.066, 0.03],
    points: [
      { truth: Float64Array.of(0, 0), credibilities: new Float64Array(0), covered: [0.7, 0.94] },
      { truth: Float64Array.of(0.5, -1), credibilities: new Float64Array(0), covered: [0.66, 0.97] },
    ],
  }
  const figure = coverageFigure(coverage, paperTheme)

  it('is drawn at every truth with one standard error, probabilities side by side', () => {
    expectSound(figure)
    expect(tracesOf(figure).map(({ x, y }) => [x, y])).toEqual([
      [
        [-0.06, 0.94],
        [0.7, 0.66],
      ],
      [
        [0.06, 1.06],
        [0.94, 0.97],
      ],
    ])
    expect(tracesOf(figure).map(({ error_y }) => error_y?.array)).toEqual([
      [0.033, 0.033],
      [0.015, 0.015],
    ])
    expect(legendOf(figure)).toEqual(['68 % sets', '95 % sets'])
    expect(axisOf(figure, 'x').ticktext).toHaveLength(2)
    expect(axisOf(figure, 'x').ticktext?.[1]).toMatch(/^\+?0\.50<br>−1\.0/)
    expect(textsOf(figure)).toEqual(['truth [TeV<sup>−2</sup>]', 'coverage'])
  })

  it('lies in a band of two standard errors about what is wanted, in the colour of its points', () => {
    const [band, line, other] = shapesOf(figure)
    expect([band.y0, band.y1, line.y0, line.y1]).toEqual([near(0.614), near(0.746), 0.68, 0.68])
    expect([other.y0, other.y1]).toEqual([near(0.92), near(0.98)])
    const points = tracesOf(figure)[0].marker?.color ?? ''
    expect(line.line.color).toBe(points)
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(points.slice(at, at + 2), 16))
    expect(band.fillcolor).toBe(`rgba(${r},${g},${b},0.15)`)
  })

  it('is seen whole however bad it is', () => {
    expect(axisOf(figure, 'y').range).toEqual([0.4, 1.03])
    const [at] = coverage.points
    const bad = coverageFigure({ ...coverage, points: [{ ...at, covered: [0.1, 0.25] }] }, paperTheme)
    for (const trace of tracesOf(bad)) expect(beyondFrame(bad, trace)).toEqual([])
    const none = coverageFigure({ ...coverage, points: [{ ...at, covered: [0, 0] }] }, paperTheme)
    expect(axisOf(none, 'y').range).toEqual([-0.03, 1.03])
  })
})

describe('simulation-based calibration', () => {
  const chi2 = { chi2: 3, degreesOfFreedom: 3, pValue: 0.37 }
  const sbc = {
    simulations: 40,
    draws: 19,
    ranks: [
      { name: 'td8', histogram: [12, 8, 9, 11], chi2 },
      { name: 'tq8', histogram: [40, 0, 0, 0], chi2: { ...chi2, pValue: 1e-9 } },
    ],
    tarp: { level: Float64Array.of(0, 0.5, 1), coverage: Float64Array.of(0, 0.55, 1) },
  } as unknown as Parameters<typeof rankFigure>[0]

  it('ranks are steps over their cells, one panel for each parameter, within the counts expected', () => {
    const figure = rankFigure(sbc, paperTheme)
    expectSound(figure)
    const [first, second] = tracesOf(figure)
    expect(first).toMatchObject({ x: [0, 5, 10, 15, 20], y: [12, 8, 9, 11, 11], line: { shape: 'hv' } })
    expect([second.xaxis, second.y]).toEqual(['x2', [40, 0, 0, 0, 0]])
    // 10 expected in each of 4 cells: 1.96 sqrt(10 x 3/4) = 5.368 either way.
    const [band] = shapesOf(figure)
    expect(band).toMatchObject({ x0: 0, x1: 20 })
    expect([band.y0, band.y1]).toEqual([expect.closeTo(4.632, 3), expect.closeTo(15.368, 3)])
    expect(axisOf(figure, 'x').domain?.[1]).toBeLessThan(axisOf(figure, 'x2').domain?.[0] ?? 0)
    const texts = textsOf(figure)
    expect(texts[0]).toMatch(/p = 0\.37$/)
    expect(texts[1]).toMatch(/p = 1\.0e-9$/)
    expect(texts.slice(2)).toEqual(['rank of the truth', 'simulations'])
  })

  it('TARP runs against the diagonal in a band of two standard errors', () => {
    const figure = tarpFigure(sbc, paperTheme)
    expectSound(figure)
    const [band, diagonal, curve] = tracesOf(figure)
    expect([diagonal.x, diagonal.y]).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect([curve.x, curve.y]).toEqual([
      [0, 0.5, 1],
      [0, 0.55, 1],
    ])
    // 2 sqrt(0.25 / 40)
    expect(band.y[1]).toBeCloseTo(0.5 + 0.158114, 6)
    expect(band.y[4]).toBeCloseTo(0.5 - 0.158114, 6)
    expect(axisOf(figure, 'y').range).toEqual([0, 1])
    expect(textsOf(figure)).toEqual(['credibility', 'expected coverage'])
  })
})
