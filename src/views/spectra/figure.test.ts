import { describe, expect, it } from 'vitest'
import { paperTheme } from '../common/figure-theme.ts'
import { ratioRange, spectrumAxes } from './axes.ts'
import { escapeMarkup } from './escape-markup.ts'
import { spectrumFigure } from './figure.ts'
import type { SpectrumInput } from './spectrum-input.ts'

const input: SpectrumInput = {
  observable: 'mll',
  edges: [80, 90, 100, 200, 1000],
  sm: [100, 900, 30, 2],
  curves: [
    { name: 'universe', values: [101, 890, 33, -0.1], colour: '#e42536', kind: 'line' },
    {
      name: 'replica',
      values: [98, 905, 29, 2.5],
      errors: [10, 30, 5.4, 1.6],
      colour: '#111214',
      kind: 'points',
    },
  ],
  bands: [
    { name: 'statistical', kind: 'statistical', low: [90, 870, 25, 0.6], high: [110, 930, 35, 3.4] },
    { name: 'total', kind: 'total', low: [95, 880, 28, 1.8], high: [105, 920, 32, 2.2] },
  ],
  sqrtsGeV: 13000,
  order: 'linear',
  cuts: 'p_T > 25 GeV',
  theme: paperTheme,
}

/** Four significant digits: the picture, not the last bits. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(4))
  if (Array.isArray(value)) return value.map(rounded)
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]))
  return value
}

const traces = (name: string, figure = spectrumFigure(input)) =>
  figure.data.filter((trace) => trace.name === name)

it('draws the same picture as last time (snapshot)', () => {
  expect(rounded(spectrumFigure(input))).toMatchSnapshot()
})

it('divides the content by the bin width and draws both ends of each bin', () => {
  const [main, ratio] = traces('SM')
  expect(main.x).toEqual([80, 90, 90, 100, 100, 200, 200, 1000])
  expect(main.y).toEqual([10, 10, 90, 90, 0.3, 0.3, 0.0025, 0.0025])
  expect(ratio.y).toEqual(Array(8).fill(1))
})

it('marks negative bins at the foot of the frame, says so, and draws no point there', () => {
  const figure = spectrumFigure(input)
  const [marks] = traces('universe: negative', figure)
  expect(marks.x).toEqual([200, 1000, null])
  expect((traces('universe', figure)[0].y as unknown[]).slice(-2)).toEqual([null, null])
  expect(JSON.stringify(figure.layout.annotations)).toContain('negative in 1 of 4 bins')
})

it('divides by the chosen reference, and by the SM when the choice is unknown', () => {
  const chosen = spectrumFigure({ ...input, reference: 'replica' })
  expect((traces('SM', chosen)[1].y as number[])[0]).toBeCloseTo(100 / 98, 12)
  expect(JSON.stringify(chosen.layout.annotations)).toContain('ratio to replica')
  const unknown = spectrumFigure({ ...input, reference: 'gone' })
  expect(JSON.stringify(unknown.layout.annotations)).toContain('ratio to SM')
})

it('leaves the live curve to its layer but keeps it in legend and ranges', () => {
  const figure = spectrumFigure(input, { drawnElsewhere: 'universe' })
  expect(traces('universe', figure)).toHaveLength(1)
  expect(traces('universe', figure)[0].x).toEqual([null])
  expect(figure.layout.yaxis).toEqual(spectrumFigure(input).layout.yaxis)
  expect(JSON.stringify(figure.data.at(-1))).toContain('universe: 10.10 pb/GeV')
})

it('draws names from files as text, never as markup', () => {
  const name = '<a href="https://x">&</a>'
  expect(escapeMarkup(name)).toBe('&lt;a href="https://x"&gt;&amp;&lt;/a&gt;')
  const figure = spectrumFigure({ ...input, curves: [{ ...input.curves[0], name }], reference: name })
  expect(JSON.stringify(figure)).not.toContain('<a ')
})

describe('axes', () => {
  it('hold every positive value but never reach far below the SM for one tiny bin', () => {
    const { y } = spectrumAxes({ ...input, curves: [{ ...input.curves[0], values: [1, 1, 1, 1e-30] }] })
    expect(y[0]).toBeCloseTo(0.0025 * 1e-2 * 0.4, 12)
    expect(y[1]).toBeGreaterThan(90)
  })

  it('ignore badly known points and bands when they choose the ratio window', () => {
    const wild = { ...input.curves[1], values: [98, 905, 29, 20], errors: [10, 30, 5.4, 15] }
    expect(spectrumAxes({ ...input, curves: [wild] }).ratio).toEqual([0.8, 1.2])
  })

  it.each([
    [
      [1, 1.001],
      [0.98, 1.02],
    ],
    [
      [0.7, 1.25],
      [0.5, 1.5],
    ],
    [
      [-0.3, 1.2],
      [0, 2],
    ],
    [
      [1, 3.2],
      [0, 4],
    ],
    [
      [1, 500],
      [0, 10],
    ],
  ])('ratios %j fit in %j', (ratios, window) => expect(ratioRange(ratios)).toEqual(window))
})
