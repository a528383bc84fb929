import { describe, expect, it } from 'vitest'
import { axisOf, expectSound, legendOf, named, textsOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { ratioRange, spectrumAxes } from './axes.ts'
import { escapeMarkup } from './escape-markup.ts'
import { spectrumFigure } from './spectrum-figure.ts'
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

const steps = [80, 90, 90, 100, 100, 200, 200, 1000]
const traces = (name: string, figure = spectrumFigure(input)) =>
  figure.data.filter((trace) => trace.name === name)

it('is sound, and lists what it draws in the order in which it lies', () => {
  const figure = spectrumFigure(input)
  expectSound(figure)
  expect(legendOf(figure)).toEqual(['statistical', 'total', 'SM', 'universe', 'replica'])
})

it('divides the content by the bin width and draws both ends of each bin', () => {
  const [main, ratio] = traces('SM')
  expect(main.x).toEqual([80, 90, 90, 100, 100, 200, 200, 1000])
  expect(main.y).toEqual([10, 10, 90, 90, 0.3, 0.3, 0.0025, 0.0025])
  expect(ratio.y).toEqual(Array(8).fill(1))
})

it('draws points in the middle of their bins with bars to the edges and to one error', () => {
  const [main, ratio] = named(spectrumFigure(input), 'replica')
  expect(main.mode).toBe('markers')
  expect(main.x[0]).toBeCloseTo(Math.sqrt(80 * 90), 12)
  expect(80 + (main.error_x?.arrayminus?.[0] ?? 0)).toBeCloseTo(main.x[0] ?? 0, 12)
  expect(90 - (main.error_x?.array[0] ?? 0)).toBeCloseTo(main.x[0] ?? 0, 12)
  expect(main.y).toEqual([9.8, 90.5, 0.29, 2.5 / 800])
  expect(main.error_y?.array).toEqual([1, 3, expect.closeTo(0.054), 0.002])
  expect(ratio.y).toEqual([0.98, 905 / 900, 29 / 30, 1.25])
  expect(ratio.error_y?.array).toEqual([0.1, 30 / 900, expect.closeTo(0.18), 0.8])
  const [linear] = named(spectrumFigure({ ...input, xScale: 'linear' }), 'replica')
  expect(linear.x).toEqual([85, 95, 150, 600])
})

it('draws bands there and back: statistical ones hatched, total ones light', () => {
  const figure = spectrumFigure(input)
  const [hatched, below] = named(figure, 'statistical')
  expect(hatched.x).toEqual([...steps, ...[...steps].reverse()])
  expect(hatched.y.slice(0, 2)).toEqual([11, 11])
  expect(hatched.y.slice(-2)).toEqual([9, 9])
  expect([below.y[0], below.y.at(-1)]).toEqual([1.1, 0.9])
  expect(hatched).toMatchObject({ fill: 'toself', fillpattern: { shape: '/' } })
  const [light] = named(figure, 'total')
  expect(light.fillpattern).toBeUndefined()
  expect(light.fillcolor).toMatch(/^rgba\(.*,0\.24\)$/)
})

it('gives each curve one colour in both panels and no second entry in the legend', () => {
  const [main, ratio] = named(spectrumFigure(input), 'universe')
  expect([main.line?.color, ratio.line?.color]).toEqual(['#e42536', '#e42536'])
  expect([main.showlegend, ratio.showlegend]).toEqual([undefined, false])
  expect([main.yaxis, ratio.yaxis]).toEqual(['y', 'y2'])
})

it('says what the axes are, what was done to the data, and at which energy', () => {
  expect(textsOf(spectrumFigure(input))).toEqual([
    '<i>m</i><sub>ℓℓ</sub> [GeV]',
    'd<i>σ</i>/d<i>m</i><sub>ℓℓ</sub> [pb/GeV]',
    'ratio to SM',
    expect.stringMatching(
      /^<b>√<i>s<\/i> = 13 TeV<\/b><br>LO, linear<br>Λ = 1 TeV<br><i>p<\/i><sub>T<\/sub> &gt; 25 GeV<br>/,
    ),
  ])
  const quadratic = spectrumFigure({ ...input, order: 'quadratic', observable: 'ptl', lambdaTeV: 3 })
  expect(textsOf(quadratic)[0]).toBe('<i>p</i><sub>T</sub><sup>μ</sup> [GeV]')
  expect(textsOf(quadratic)[3]).toContain('LO, linear + quadratic<br>Λ = 3 TeV')
})

it('has logarithmic axes over all bins, and the same ticks in both panels', () => {
  const figure = spectrumFigure(input)
  for (const name of ['x', 'x2'])
    expect(axisOf(figure, name)).toMatchObject({ type: 'log', range: [Math.log10(80), 3] })
  expect(axisOf(figure, 'x').tickvals).toEqual(axisOf(figure, 'x2').tickvals)
  expect([axisOf(figure, 'x').showticklabels, axisOf(figure, 'x2').ticktext]).toEqual([
    false,
    expect.arrayContaining(['100', '200', '500', '1000']),
  ])
  const { y, ratio } = spectrumAxes(input)
  expect(axisOf(figure, 'y').range).toEqual(y.map(Math.log10))
  expect(axisOf(figure, 'y2')).toMatchObject({ type: 'linear', range: ratio })
  const linear = spectrumFigure({ ...input, xScale: 'linear', yScale: 'linear' })
  expect(axisOf(linear, 'x')).toMatchObject({ type: 'linear', range: [80, 1000] })
  // The highest density is the replica's 90.5 of 10 GeV, or the upper edge of a band: 93.
  expect(axisOf(linear, 'y').range).toEqual([0, 1.15 * 93])
})

it('carries the numbers of all curves under the pointer, bin by bin', () => {
  const [values] = spectrumFigure(input).data.slice(-1)
  expect(values).toMatchObject({ name: 'values', marker: { opacity: 0 }, showlegend: false })
  expect(values.text?.[1]).toBe(
    [
      '<i>m</i><sub>ℓℓ</sub> 90–100 GeV',
      'SM: 90.00 pb/GeV (1.00)',
      'universe: 89.00 pb/GeV (0.989)',
      'replica: 90.5 ± 3.0 pb/GeV (1.01)',
    ].join('<br>'),
  )
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

it('marks points beyond a panel by arrows at its edge, of the colour of the points', () => {
  const wild = { ...input.curves[1], values: [98, 905, 29, -4], errors: [10, 30, 5.4, 15] }
  const marks = traces('replica: beyond the frame', spectrumFigure({ ...input, curves: [wild] }))
  expect(marks.map(({ xaxis, x }) => ({ xaxis, x }))).toEqual([
    { xaxis: 'x', x: [Math.sqrt(200 * 1000)] },
    { xaxis: 'x2', x: [Math.sqrt(200 * 1000)] },
  ])
  const { y, ratio } = spectrumAxes({ ...input, curves: [wild] })
  const [[main], [below]] = marks.map((trace) => trace.y as number[])
  expect(main).toBeGreaterThan(y[0])
  expect(below).toBeGreaterThan(ratio[0])
  expect(below).toBeLessThan(ratio[0] + 0.1 * (ratio[1] - ratio[0]))
  expect(marks[1].marker).toMatchObject({ color: '#111214', symbol: ['triangle-down'] })
  const high = { ...wild, values: [98, 905, 29, 20] }
  const [up] = traces('replica: beyond the frame', spectrumFigure({ ...input, curves: [high] }))
  expect(up.marker).toMatchObject({ symbol: ['triangle-up'] })
  expect(traces('replica: beyond the frame')).toEqual([])
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
