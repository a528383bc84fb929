import { expect, it } from 'vitest'
import { axisOf, expectSound, named, textsOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { plotFrame, spectrumAxes } from './axes.ts'
import { livePaths } from './live-paths.ts'
import { spectrumFigure } from './spectrum-figure.ts'
import type { SpectrumInput } from './spectrum-input.ts'
import { spectrumColumns, spectrumSummary, spectrumTable } from './spectrum-table.ts'

const input: SpectrumInput = {
  observable: 'afb',
  absY: [0.4, 0.8],
  edges: [60, 80, 100, 1000],
  sm: [-0.04, 0, 0.3],
  curves: [{ name: 'universe', values: [-0.04, 0.01, 0.2], colour: '#e42536', kind: 'line' }],
  bands: [{ name: 'total', kind: 'total', low: [-0.05, -0.01, 0.28], high: [-0.03, 0.01, 0.32] }],
  sqrtsGeV: 13000,
  order: 'linear',
  theme: paperTheme,
}

it('draws an asymmetry as it is, over its difference to the SM, which may be 0', () => {
  const figure = spectrumFigure(input)
  expectSound(figure)
  const [main, difference] = named(figure, 'universe')
  expect(main.y).toEqual([-0.04, -0.04, 0.01, 0.01, 0.2, 0.2])
  expect(difference.y).toEqual([0, 0, 0.01, 0.01, expect.closeTo(-0.1), expect.closeTo(-0.1)])
  const axes = spectrumAxes(input)
  expect(axes).toMatchObject({ yScale: 'linear', neutral: 0, ratio: [-0.2, 0.2] })
  expect(axes.y[0]).toBeLessThan(-0.04)
  expect(axes.y[1]).toBeGreaterThan(0.3)
  expect(axisOf(figure, 'y2').tickvals).toContain(0)
  // A negative asymmetry is no negative cross-section.
  expect(figure.data.some(({ name }) => name.includes('negative'))).toBe(false)
  const texts = textsOf(figure).join('\n')
  expect(texts).toContain('<i>A</i><sub>FB</sub>')
  expect(texts).toContain('less SM')
  expect(texts).toContain('|<i>y</i>| 0.4 to 0.8')
  expect(texts).not.toContain('pb/GeV')
})

it('is drawn live where the figure at rest has it', () => {
  const axes = spectrumAxes(input)
  const frame = plotFrame({ width: 400, height: 300 })
  const { main, ratio, negative } = livePaths(input.edges, input.sm, input.sm, axes, frame)
  const middle = frame.ratio.top + frame.ratio.height / 2
  expect(ratio.match(/[\d.]+(?=H)/g)).toEqual(Array(3).fill(middle.toFixed(1)))
  expect(negative).toBe('')
  const [low, high] = axes.y
  const zero = frame.main.top + (frame.main.height * high) / (high - low)
  expect(main).toContain(`V${zero.toFixed(1)}H`)
})

it('is told and kept without a unit, by mass and |y|', () => {
  expect(spectrumSummary(input)).toBe(
    'Forward-backward asymmetry by dilepton mass, |y| 0.4 to 0.8, 60 to 1000 GeV in 3 bins. Universe is furthest from SM at 100–1000 GeV: −0.10, at 0.200.',
  )
  const table = spectrumTable(input)
  expect(table.caption).toBe('A_FB in 3 bins of m_ℓℓ')
  expect(table.columns[2].unit).toBeUndefined()
  expect(spectrumColumns(input, [])).toMatchObject({
    ...{ observable: 'A_FB', asymmetry: true, absY: [0.4, 0.8] },
    columns: [{ name: 'SM', values: [-0.04, 0, 0.3] }, { name: 'universe' }, {}, {}],
  })
})
