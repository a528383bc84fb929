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
import { runFigure, toyFigure, traceFigure, traceLength, type RunCurve } from './sampler-figures.ts'

describe('a nested run', () => {
  const report = (logX: number, logLMax: number, remainder = 0.5) =>
    ({
      logX,
      logLMin: logLMax - 100,
      logLMax,
      logZ: logLMax - 5,
      logZError: 0.1,
      remainder,
    }) as RunCurve['reports'][0]
  const curve = (top: number, colour = '#000000'): RunCurve => ({
    name: String(top),
    colour,
    dash: 'solid',
    reports: [report(-1, top - 1), report(-2, top, 0.02)],
  })

  it('puts runs of different likelihoods on one scale: relative to their own best', () => {
    const { data } = runFigure([curve(0), curve(-3000)], paperTheme)
    expect(data[1].y).toEqual(data[4].y)
    expect(Math.min(...(data[0].y as number[]))).toBe(-30)
  })

  it('climbs against -ln X: threshold dotted, evidence with its error, and the share still live below', () => {
    const figure = runFigure([curve(0, '#e42536')], paperTheme)
    expectSound(figure)
    const [threshold, evidence, live] = tracesOf(figure)
    expect([threshold.x, evidence.x, live.x]).toEqual(Array(3).fill([1, 2]))
    // ln Z of -6 and -5 under a highest ln L of 0.
    expect(evidence.y).toEqual([-6, -5])
    expect(evidence.error_y?.array).toEqual([0.1, 0.1])
    expect([threshold.line?.dash, threshold.line?.color]).toEqual(['dot', '#e42536'])
    expect(live).toMatchObject({ xaxis: 'x2', yaxis: 'y2', y: [0.5, 0.02], line: { color: '#e42536' } })
    expect(axisOf(figure, 'y2')).toMatchObject({ type: 'log', ticktext: ['1 %', '10 %', '100 %'] })
    expect([axisOf(figure, 'x').range, axisOf(figure, 'x2').range]).toEqual(Array(2).fill([0, 2.1]))
    expect(legendOf(figure)).toEqual(['0: lowest live ln L', '0: ln Z'])
    expect(textsOf(figure)).toEqual([
      '−ln <i>X</i>',
      'ln <i>L</i>, ln <i>Z</i> − max ln <i>L</i>',
      'still live',
    ])
    for (const trace of tracesOf(figure)) expect(beyondFrame(figure, trace)).toEqual([])
  })

  it('draws at most 200 reports of a long one, the last always', () => {
    const reports = Array.from({ length: 1001 }, (_, k) => report(-k, 0))
    const [{ x, y }] = tracesOf(runFigure([{ ...curve(0), reports }], paperTheme))
    expect(x.length).toBeLessThanOrEqual(200)
    expect([x.at(-1), x.length]).toEqual([1000, y.length])
    expect(tracesOf(runFigure([{ ...curve(0), reports: [] }], paperTheme))[0].x).toEqual([])
  })
})

describe('the trace of a run', () => {
  const outcome = {
    names: ['td8', 'tq8'],
    theta: Float64Array.of(0.1, -1, 0.2, -2, 0.3, -3),
    weights: Float64Array.of(0.1, 0.2, 0.05),
    iterations: 2,
  }

  it('has a panel for each parameter, in the order of death, coloured by weight', () => {
    const figure = traceFigure(outcome, paperTheme)
    expectSound(figure)
    expect(tracesOf(figure).map(({ x, y, yaxis }) => [x, y, yaxis])).toEqual([
      [[0, 1, 2], [0.1, 0.2, 0.3], 'y'],
      [[0, 1, 2], [-1, -2, -3], 'y2'],
    ])
    expect(tracesOf(figure)[0].marker?.color).toEqual([0.5, 1, 0.25])
    expect(axisOf(figure, 'y').domain).toEqual([0.52, 1])
    expect([axisOf(figure, 'x').showticklabels, axisOf(figure, 'x2').showticklabels]).toEqual([false, true])
    // Dead points end where live ones begin.
    expect(shapesOf(figure)).toMatchObject([{ x0: 2, x1: 2, y0: 0, y1: 1, line: { dash: 'dash' } }])
    expect(textsOf(figure)).toHaveLength(3)
    expect(textsOf(figure)[0]).toBe('sample, in order of death')
  })

  it('draws at most 1500 points evenly', () => {
    const n = 4000
    const long = {
      ...outcome,
      names: ['td8'],
      theta: new Float64Array(n),
      weights: new Float64Array(n).fill(1),
    }
    const [{ x }] = tracesOf(traceFigure(long, paperTheme))
    expect([x.length, x[1]]).toEqual([traceLength(n), 3])
    expect(traceLength(n)).toBe(1334)
    expect(traceLength(3)).toBe(3)
  })
})

describe('toys', () => {
  const figure = toyFigure(Float64Array.of(0.1, 0.2, 3, 9.9), 5, 'SM', paperTheme)

  it('are counted in 30 bins up to the furthest of them, all of them', () => {
    expectSound(figure)
    const [{ x, y, line }] = tracesOf(figure)
    expect([x.length, y.length, line?.shape]).toEqual([31, 31, 'hv'])
    expect(y.reduce((sum: number, n) => sum + (n ?? 0), 0)).toBe(4)
    expect([y[0], y[8], y[28]]).toEqual([2, 1, 1]) // bins of 10.395 / 30
    expect(axisOf(figure, 'x').range).toEqual([0, expect.closeTo(10.395)])
  })

  it('have the observed value across them, in the picture where it lies beyond all toys', () => {
    expect(shapesOf(figure)).toMatchObject([{ x0: 5, x1: 5, line: { color: paperTheme.bad, dash: 'dash' } }])
    expect(textsOf(figure)).toEqual(['Δχ² of the SM', 'toys'])
    const far = toyFigure(Float64Array.of(1), 40, 'SM', paperTheme)
    expect(axisOf(far, 'x').range).toEqual([0, 42])
  })
})
