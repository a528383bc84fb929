import { describe, expect, it } from 'vitest'
import { smallFitData, smallOutcome } from '../../testing/small-fit.ts'
import { paperTheme } from '../common/figure-theme.ts'
import { coverageFigure } from './calibration-figures.ts'
import { cornerFigure } from './corner-figure.ts'
import { frontKind, parameterRange } from './corner-input.ts'
import { bimodalWarnings, cornerSummary } from './corner-words.ts'
import { dataFigure, dataRows, dataSummary, predictedCounts } from './data-figure.ts'
import { intervalRows } from './intervals.ts'
import { liveFigure, livePointsText } from './live-figure.ts'
import { pythonSnippet } from './python-snippet.ts'
import { lossFigure, lossSentence } from './loss-figure.ts'
import { heatCells, weightyPoints } from './ratio-figures.ts'
import { runFigure } from './sampler-figures.ts'
import type { FitState } from '../../state/fit-state.ts'
import { sparkline } from './sparkline.ts'
import { ratioSentence, ratioStage } from './stages.ts'

const binned = smallOutcome('binned', [0.4, -0.6], 0.4)
const exact = smallOutcome('exact', [0.45, -0.65], 0.05)
const corner = {
  outcomes: [binned, exact],
  front: 'exact' as const,
  truth: { td8: 0.45, tq8: -0.65 },
  halfWidth: 2,
  facts: ['LO'],
  theme: paperTheme,
}

it('draws d (d + 1) / 2 panels for any d', () => {
  for (const d of [1, 2, 3]) {
    const outcome = smallOutcome('exact', [0.1, 0.2, 0.3].slice(0, d), 0.1)
    const { layout } = cornerFigure({ ...corner, outcomes: [outcome] })
    expect(Object.keys(layout).filter((key) => key.startsWith('xaxis'))).toHaveLength((d * (d + 1)) / 2)
  }
})

it('fills the posterior in front, the widest region below, and outlines the others over it', () => {
  const { data } = cornerFigure(corner)
  const regions = data.filter(({ name }) => / %$/.test(String(name)) && !String(name).includes(','))
  expect(regions.map(({ name, fill }) => [name, fill])).toEqual([
    ...['exact 99 %', 'exact 95 %', 'exact 68 %'].map((name) => [name, 'toself']),
    ...['binned 68 %', 'binned 95 %'].map((name) => [name, undefined]),
  ])
  const filled = data.filter(({ fill }) => fill === 'tozeroy')
  expect(filled).toHaveLength(2) // one marginal per parameter
})

it('shades what the prior excludes', () => {
  const stripes = (halfWidth: number) =>
    (cornerFigure({ ...corner, halfWidth }).layout.shapes as { type: string; x1: number }[]).filter(
      ({ type }) => type === 'rect',
    )
  expect(stripes(20)).toEqual([])
  const [, high] = parameterRange('td8', corner)
  const [below, above] = stripes(0.5)
  expect([below.x1, above.x1]).toEqual([-0.5, high])
})

it('has the chosen one in front where it is drawn, else one that is', () => {
  expect(frontKind(['binned', 'exact'], 'binned')).toBe('binned')
  expect(frontKind(['binned', 'exact'], 'unbinned')).toBe('exact')
  expect(frontKind([], 'exact')).toBeNull()
})

it('shows all of the 99 % sets, the truth and the SM, and a margin', () => {
  const [low, high] = parameterRange('tq8', corner)
  const { segments } = binned.summaries[1].highestDensity[2]
  expect(low).toBeLessThan(Math.min(segments[0].low, -0.65))
  expect(high).toBeGreaterThan(Math.max(segments[segments.length - 1].high, 0))
  expect(parameterRange('nobody', { ...corner, outcomes: [], truth: null })).toEqual([-2, 2])
})

it('says in words what it shows, and warns of separate modes', () => {
  expect(cornerSummary(corner)).toMatch(/^95 % of the posterior.*binned: C_td⁽⁸⁾ \[.*; exact: C_td⁽⁸⁾ \[/)
  expect(bimodalWarnings([exact])).toEqual([])
  const [warning] = bimodalWarnings([smallOutcome('unbinned', [0.8, 0], 0.1, 0.5)])
  expect(warning.text).toMatch(/^unbinned: C_td⁽⁸⁾ has 2 separate modes, at −0\.\d+ \(\d+ %\) and \+0\.\d+/)
})

it('predicts counts by the polynomial', () => {
  // 100 + 1 (2) + 2 (-1) + 0.5 (4) + 0 + 1 (1); 10 + 2 (2) + 4 (-1) + 1 (4) + 0 + 3 (1)
  expect([...predictedCounts(smallFitData, [2, -1])]).toEqual([103, 17])
})

it('sets observed counts beside the SM with errors of Poisson', () => {
  const rows = dataRows({ data: smallFitData, curves: [] })
  expect(rows[1]).toMatchObject({ low: 100, high: 500, observed: 20, sm: 10 })
  expect(rows[1].errorHigh).toBeGreaterThan(rows[1].errorLow)
  expect(dataSummary(smallFitData, 110)).toContain('Furthest from the SM at 100 to 500 GeV: 100')
})

it('draws the same data as last time (snapshot)', () => {
  const values = Float64Array.of(103, 17)
  const curves = [{ name: 'truth', colour: '#000000', dash: 'dash', values }]
  expect(dataFigure({ data: smallFitData, curves, theme: paperTheme, facts: ['LO'] })).toMatchSnapshot()
})

it('tabulates kinds under each coefficient with widths beside each other', () => {
  const rows = intervalRows([binned, exact])
  expect(rows.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    ...['td8 binned', 'td8 exact', 'tq8 binned', 'tq8 exact'],
  ])
  expect(rows[1].toBinned).toBeCloseTo(rows[1].width / rows[0].width)
  expect(rows[1].toBinned).toBeLessThan(0.3)
  expect(rows[0].toBinned).toBe(1)
  expect(intervalRows([binned])[0].toExact).toBeNull()
})

it('averages ratios over cells with SM weights and leaves empty cells empty', () => {
  const { learned, exact: truth } = heatCells(
    {
      mtt: Float64Array.of(400, 400, 800),
      y: Float64Array.of(0.5, 0.6, -1),
      smWeight: Float64Array.of(3, 1, 1),
      learned: Float64Array.of(1, 5, 7),
      exact: Float64Array.of(2, 2, 7),
    },
    2,
    2,
  )
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

describe('loss of ratio networks', () => {
  const history = [
    { epoch: 1, loss: 0.7, validationLoss: 0.69, learningRate: 1 },
    { epoch: 2, loss: 0.6, validationLoss: 0.65, learningRate: 1 },
  ]
  const curves = [{ name: 'replica 1', history }]
  const exact = { loss: 0.64, error: 0.002, onValidation: 0.645, of: 'features' } as const
  const bound = { ...exact, of: 'final-state' } as const

  it('is a validation curve over a dotted training curve for each network', () => {
    const { data } = lossFigure(curves, 10, null, paperTheme)
    expect(data.map(({ y }) => y)).toEqual([
      [0.7, 0.6],
      [0.69, 0.65],
    ])
  })

  it('stands above the exact Bayes loss with the band of its Monte Carlo error', () => {
    const { data, layout } = lossFigure(curves, 10, exact, paperTheme)
    expect(data[0].y).toEqual([0.638, 0.638, 0.642, 0.642])
    expect(data[1]).toMatchObject({ name: 'limit', x: [0, 10], y: [0.64, 0.64] })
    expect(JSON.stringify(layout.annotations)).toContain('exact Bayes loss')
    const sentence = lossSentence(curves, exact)
    expect(sentence).toContain('Bayes loss of these features by quadrature: 0.640')
    expect(sentence).toContain('the best network is 0.0050 above') // 0.65 - 0.645
    expect(lossSentence(curves, { ...exact, onValidation: 0.652 })).toContain('is 0.0020 below')
  })

  it('tells a bound far below by its number, so that curves are not squeezed flat', () => {
    const far = { ...bound, loss: 0.1 }
    const { data, layout } = lossFigure(curves, 10, far, paperTheme)
    expect(data).toHaveLength(2)
    expect((layout.yaxis as { range: number[] }).range[0]).toBeGreaterThan(0.5)
    expect(JSON.stringify(layout.annotations)).toContain('bound: full final state known, 0.1000 ↓')
    expect(lossSentence(curves, far)).toContain('these features need not reach')
  })

  it('is a limit alone before the first epoch has ended', () => {
    const { data } = lossFigure([{ name: 'replica 1', history: [] }], 10, exact, paperTheme)
    expect(data[1].name).toBe('limit')
    expect(lossSentence([{ name: 'replica 1', history: [] }], exact)).toBe('No epoch has ended yet.')
  })
})

it('puts runs of different likelihoods on one scale: relative to their own best', () => {
  const report = (logX: number, logLMax: number) =>
    ({ logX, logLMin: logLMax - 100, logLMax, logZ: logLMax - 5, logZError: 0.1, remainder: 0.5 }) as never
  const curve = (top: number) => ({
    name: String(top),
    colour: '#000000',
    dash: 'solid',
    reports: [report(-1, top - 1), report(-2, top)],
  })
  const { data } = runFigure([curve(0), curve(-3000)], paperTheme)
  expect(data[1].y).toEqual(data[4].y)
  expect(Math.min(...(data[0].y as number[]))).toBe(-30)
})

it('draws at most 500 live points and says so', () => {
  const n = 1201
  const theta = Float64Array.from({ length: 2 * n }, (_, i) => i)
  const figure = liveFigure({ names: ['td8', 'tq8'], theta, logL: new Float64Array(n) }, 2, paperTheme)
  const [{ x, y }] = figure.data as { x: number[]; y: number[] }[]
  expect(x.slice(0, 3)).toEqual([0, 6, 12]) // every third point
  expect(y).toHaveLength(401)
  expect(livePointsText(n)).toMatch(/^401 of 1\s?201 live points$/)
  expect(livePointsText(100)).toBe('100 live points')
})

it('marks coverage with its own error and the wanted band', () => {
  const { data, layout } = coverageFigure(
    {
      probabilities: [0.68, 0.95],
      tolerance: [0.066, 0.03],
      points: [{ truth: Float64Array.of(0, 0), credibilities: new Float64Array(0), covered: [0.7, 0.94] }],
    },
    paperTheme,
  )
  expect(data.map(({ y }) => y)).toEqual([[0.7], [0.94]])
  expect((layout.shapes as { y0: number }[])[0].y0).toBeCloseTo(0.614)
})

it('writes Python that names the files it reads', () => {
  const text = pythonSnippet({
    kind: 'exact',
    names: ['td8', 'tq8'],
    truth: { td8: 0.45 },
    provenance: [['seed', '1']],
  })
  expect(text).toMatch(/^# seed: 1\n/)
  expect(text).toContain('truth = [0.45, 0]')
  // genfromtxt would take the first comment for the names.
  expect(text).toContain('"theoryscape-exact.csv", delimiter=",", names=True, skip_header=1)')
  expect(text).toContain(String.raw`r"$C_{td}^{(8)}/\Lambda^2\ [\mathrm{TeV}^{-2}]$"`)
  // Three levels are drawn only where both are said.
  expect(text).toContain('settings={"contours": [0.68, 0.95, 0.99]}')
  expect(text).toContain('plotter.settings.num_plot_contours = 3')
})

it('says what the unbinned fit rests on', () => {
  const of = (calibration: object | null) =>
    ({ status: 'ready', value: { value: { calibration } } }) as unknown as FitState['ratios']
  const cells = of({ cells: 640, events: 320_000, medianEffectiveEvents: 410, points: 1 })
  expect(ratioStage(cells)).toEqual({ mark: 'done', text: 'from 640 cells' })
  expect(ratioSentence(cells)).toMatch(/into 640 cells.*410 effective/)
  expect(ratioStage(of(null)).text).toBe('as learned')
  expect(ratioSentence(of(null))).toContain('as the networks give them')
  expect(ratioSentence({ status: 'idle' })).toBeNull()
})

it('draws a falling curve from top to bottom', () => {
  expect(sparkline([3, 2, 1], 100, 28)).toBe('M0.0 1.0L50.0 14.0L100.0 27.0')
  expect(sparkline([], 100, 28)).toBe('')
})
