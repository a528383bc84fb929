import { describe, expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  named,
  shapesOf,
  textsOf,
} from '../../../testing/figure-parts.ts'
import { smallFitData } from '../../../testing/small-fit.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { dataFigure, dataRows, dataSummary, predictedCounts } from './data-figure.ts'

/** SM 100 and 10 events in [20, 100] and [100, 500] GeV; 90 and 20 are observed. */
const data = smallFitData
const truth = { name: 'truth', colour: '#e42536', dash: 'dash', values: Float64Array.of(103, 17) }
const input = { data, curves: [truth], theme: paperTheme, facts: ['√s = 13 TeV', 'LO'] }
const figure = dataFigure(input)

it('predicts counts by the polynomial', () => {
  // 100 + 1 (2) + 2 (-1) + 0.5 (4) + 0 + 1 (1); 10 + 2 (2) + 4 (-1) + 1 (4) + 0 + 3 (1)
  expect([...predictedCounts(data, [2, -1])]).toEqual([103, 17])
})

it('sets observed counts beside the SM with errors of Poisson', () => {
  const rows = dataRows({ data, curves: [] })
  expect(rows[1]).toMatchObject({ low: 100, high: 500, observed: 20, sm: 10 })
  expect(rows[1].errorLow).toBeLessThan(rows[1].errorHigh)
  expect(dataSummary(data, 110)).toContain('Furthest from the SM at 100 to 500 GeV: 100')
})

describe('the picture of the data', () => {
  it('divides the content by the bin width, and by the SM below', () => {
    expectSound(figure)
    const [sm] = named(figure, 'SM')
    expect(sm.x).toEqual([20, 100, 500])
    // 100 / 80, 10 / 400; the last step runs to the end of its bin.
    expect(sm.y).toEqual([1.25, 0.025, 0.025])
    const [main, ratio] = named(figure, 'observed')
    expect([main.y, ratio.y]).toEqual([
      [1.125, 0.05],
      [0.9, 2],
    ])
    expect(named(figure, 'truth')[0].y).toEqual([1.2875, 0.0425, 0.0425])
  })

  it('has Garwood errors on the points, scaled as they are', () => {
    const [main, ratio] = named(figure, 'observed')
    // 68.3 % of 20: [15.57, 25.55] (PDG, Statistics, table of Poisson limits).
    expect(20 + 400 * (main.error_y?.array[1] ?? 0)).toBeCloseTo(25.55, 2)
    expect(20 - 400 * (main.error_y?.arrayminus?.[1] ?? 0)).toBeCloseTo(15.57, 2)
    expect(ratio.error_y?.array[1]).toBeCloseTo(0.555, 3)
  })

  it('is logarithmic in a mass that spans decades and in a spectrum that falls, with plain numbers in GeV', () => {
    for (const name of ['x', 'x2']) {
      expect(axisOf(figure, name)).toMatchObject({ type: 'log', range: [Math.log10(20), Math.log10(500)] })
      expect(axisOf(figure, name).ticktext).toEqual(['20', '50', '100', '200', '500'])
    }
    expect(axisOf(figure, 'y').type).toBe('log')
    expect(axisOf(figure, 'y').range).toEqual([Math.log10(0.025 / 2), Math.log10(1.25 * 4)])
    // Points stand in the middle of their bins as the eye sees it.
    expect(named(figure, 'observed')[0].x).toEqual([Math.sqrt(20 * 100), Math.sqrt(100 * 500)])
  })

  it('is linear in a short range, and counts from zero where the spectrum is flat', () => {
    const flat = { ...data, binned: { ...data.binned, observable: 'y_tt', unit: '1', edges: [-1, 0, 1] } }
    const templates = Float64Array.from(data.templates, (value, i) => (i === 6 ? 90 : value))
    const linear = dataFigure({ ...input, data: { ...flat, templates, counts: Float64Array.of(90, 80) } })
    expectSound(linear)
    expect(axisOf(linear, 'x')).toMatchObject({ range: [-1, 1] })
    expect(axisOf(linear, 'y').range).toEqual([0, 170])
    expect(named(linear, 'observed')[0].x).toEqual([-0.5, 0.5])
    expect(textsOf(linear)).toContain('events / unit')
  })

  it('says what the axes are, and what the data are', () => {
    expect(textsOf(figure)).toEqual([
      '<i>p</i><sub>T</sub>(ℓ<sup>+</sup>) [GeV]',
      'events / GeV',
      'ratio to SM',
      '√s = 13 TeV<br>LO',
    ])
    expect(legendOf(figure)).toEqual(['SM', 'truth', 'observed'])
    expect(shapesOf(figure)).toEqual([])
  })

  it('draws each curve in its colour and dash in both panels', () => {
    const red = figure.data.filter(({ line }) => (line as { color?: string })?.color === '#e42536')
    expect(red.map(({ yaxis, line }) => [yaxis ?? 'y', (line as { dash: string }).dash])).toEqual([
      ['y', 'dash'],
      ['y2', 'dash'],
    ])
  })

  it('shades the error of the simulated prediction about one', () => {
    const band = figure.data.find(({ fill }) => fill === 'toself')
    // Variances 1 of 100 and 10 events: 1 % and 10 %.
    expect(band?.y).toEqual([1.01, 1.01, 1.1, 1.1, 0.9, 0.9, 0.99, 0.99])
    expect(band?.x).toEqual([20, 100, 100, 500, 500, 100, 100, 20])
  })
})

describe('points that the frame cuts off', () => {
  it('are marked by an arrow at the upper edge of the ratio panel', () => {
    const wild = dataFigure({ ...input, data: { ...data, counts: Float64Array.of(90, 35) } })
    const [, ratio] = named(wild, 'observed')
    expect(axisOf(wild, 'y2').range).toEqual([0, 2])
    expect(beyondFrame(wild, ratio)).toEqual([{ x: Math.sqrt(100 * 500), y: 3.5 }])
    const [arrow, ...others] = named(wild, 'observed: beyond the frame')
    expect(others).toEqual([])
    expect(arrow).toMatchObject({ xaxis: 'x2', yaxis: 'y2', x: [Math.sqrt(100 * 500)], showlegend: false })
    expect(arrow.marker).toMatchObject({ symbol: ['triangle-up'], color: paperTheme.data })
    expect(beyondFrame(wild, arrow)).toEqual([])
  })

  it('empty bins are marked at the foot of a logarithmic axis, which cannot hold a zero', () => {
    const empty = dataFigure({ ...input, data: { ...data, counts: Float64Array.of(90, 0) } })
    const [arrow] = named(empty, 'observed: beyond the frame')
    expect(arrow).toMatchObject({ x: [Math.sqrt(100 * 500)], marker: { symbol: ['triangle-down'] } })
    expect(arrow.yaxis).toBeUndefined()
    expect(beyondFrame(empty, arrow)).toEqual([])
  })

  it('are none where all is in the picture', () =>
    expect(named(figure, 'observed: beyond the frame')).toEqual([]))
})
