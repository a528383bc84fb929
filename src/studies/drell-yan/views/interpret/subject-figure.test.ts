import { describe, expect, it } from 'vitest'
import { axisOf, expectSound, shapesOf, textsOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { ratioFigure, ratioSummary } from './subject-figure.ts'

const input = {
  observables: [
    { name: 'mll' as const, edges: [50, 100, 200] },
    { name: 'ptl' as const, edges: [25, 50] },
  ],
  ratio: [1, 1.3, 0.9],
  sigma: [0.02, 0.05, 0.1],
  band: 'total uncertainty',
  judgement: 'χ² = 38 / 3.',
  title: 'Universe 7',
}

describe('ratio to the SM', () => {
  const { data, layout } = ratioFigure({ ...input, theme: paperTheme })

  it('draws each observable on axes of its own, as steps over its own bins', () => {
    const lines = data.filter(({ name }) => name === 'Universe 7')
    expect(lines.map(({ xaxis, x, y }) => ({ xaxis, x, y }))).toEqual([
      { xaxis: 'x', x: [50, 100, 100, 200], y: [1, 1, 1.3, 1.3] },
      { xaxis: 'x2', x: [25, 50], y: [0.9, 0.9] },
    ])
  })
  it('is sound, in axes of GeV, beside the dotted line of the SM', () => {
    const figure = { data, layout }
    expectSound(figure)
    expect(textsOf(figure)).toEqual([
      'ratio to SM',
      '<i>m</i><sub>ℓℓ</sub> [GeV]',
      '<i>p</i><sub>T</sub><sup>μ</sup> [GeV]',
    ])
    expect(axisOf(figure, 'x')).toMatchObject({ type: 'log', range: [Math.log10(50), Math.log10(200)] })
    expect(axisOf(figure, 'x2')).toMatchObject({ type: 'log', range: [Math.log10(25), Math.log10(50)] })
    expect(shapesOf(figure).map(({ y0, y1, yref, line }) => [y0, y1, yref, line.dash])).toEqual([
      [1, 1, 'y', 'dot'],
      [1, 1, 'y2', 'dot'],
    ])
    // One scale for both panels, numbered at the left one; the last number of the left would touch the right.
    expect(axisOf(figure, 'y').range).toEqual(axisOf(figure, 'y2').range)
    expect([axisOf(figure, 'y').showticklabels, axisOf(figure, 'y2').showticklabels]).toEqual([true, false])
    expect(axisOf(figure, 'x').ticktext?.at(-1)).toBe('')
  })
  it('lies over the band of its uncertainty, there and back', () => {
    const [first, second] = data.filter(({ name }) => name === 'total uncertainty')
    expect(first.y).toEqual([1.02, 1.02, 1.05, 1.05, 0.95, 0.95, 0.98, 0.98])
    expect(first.x).toEqual([50, 100, 100, 200, 200, 100, 100, 50])
    expect([second.xaxis, second.y]).toEqual(['x2', [1.1, 1.1, 0.9, 0.9]])
  })
  it('has a window that holds every precise ratio and the noise', () => {
    const { range } = layout.yaxis as { range: [number, number] }
    expect(range[0]).toBeLessThan(0.9)
    expect(range[1]).toBeGreaterThan(1.3)
  })
  it('marks a bin that it cuts off by an arrow', () => {
    const cut = (figure: typeof data) => figure.filter(({ name }) => name === 'Universe 7: beyond the frame')
    expect(cut(data)).toEqual([])
    const wild = ratioFigure({ ...input, ratio: [1, 1.3, 12], sigma: [0.02, 0.05, 0.9], theme: paperTheme })
    expect(cut(wild.data)).toMatchObject([
      { xaxis: 'x2', x: [Math.sqrt(25 * 50)], marker: { symbol: ['triangle-up'] } },
    ])
  })
  it('says where the spectrum departs most, in units of the noise', () => {
    expect(ratioSummary(input)).toMatch(
      /m_ℓℓ = 100–200 GeV, ratio 1\.30 \(6\.0 of it, that bin alone\)\. χ² = 38 \/ 3\.$/,
    )
    expect(ratioSummary({ ...input, ratio: [1, 1, 1] })).toMatch(/equal in every bin/)
  })
})
