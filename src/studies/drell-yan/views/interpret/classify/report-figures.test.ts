import { describe, expect, it } from 'vitest'
import { expectSound, legendOf, shapesOf, textsOf, tracesOf } from '../../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../../ui/plots/figure-theme.ts'
import { reliabilityFigure, reliabilitySummary, riskFigure, riskSummary } from './report-figures.ts'

const score = {
  name: 'Bayes' as const,
  reliability: {
    bins: [
      { rows: 50, confidence: 0.6, accuracy: 0.55, expectedError: 0.07 },
      { rows: 50, confidence: 0.98, accuracy: 1, expectedError: 0.02 },
    ],
    ece: 0.035,
    floor: 0.036,
  },
  riskCoverage: {
    curve: { coverage: Float64Array.of(0.25, 0.5, 1), risk: Float64Array.of(0, 0.01, 0.225) },
    aurc: 0.08,
    oracle: 0.03,
  },
}

describe('figures of a report', () => {
  it('reliability: accuracy minus confidence, with the errors of a calibrated classifier', () => {
    const [trace] = reliabilityFigure([score], paperTheme).data
    expect(trace.x).toEqual([0.6, 0.98])
    expect((trace.y as number[]).map((y) => y.toFixed(3))).toEqual(['-0.050', '0.020'])
    expect(trace.error_y).toMatchObject({ array: [0.07, 0.02] })
    const figure = reliabilityFigure([score, { ...score, name: 'learned' }], paperTheme)
    expectSound(figure)
    expect(legendOf(figure)).toEqual(['Bayes', 'learned'])
    expect(textsOf(figure)).toEqual(['confidence', 'accuracy − confidence'])
    // Calibrated: the line at zero.
    expect(shapesOf(figure)).toMatchObject([{ x0: 0, x1: 1, y0: 0, y1: 0 }])
    expect(reliabilitySummary([score])).toContain('Bayes 0.0350 (counting alone 0.0360)')
  })
  it('risk: against coverage, and the summary says the error rate of all and of the surer half', () => {
    const [trace] = riskFigure([score], paperTheme).data
    expect(trace.x).toEqual([0.25, 0.5, 1])
    expect(trace.y).toEqual([0, 0.01, 0.225])
    const figure = riskFigure([score, { ...score, name: 'temperature-scaled' }], paperTheme)
    expectSound(figure)
    expect(textsOf(figure)).toEqual(['coverage', 'risk'])
    expect(tracesOf(figure).map(({ name, line }) => [name, line?.dash])).toEqual([
      ['Bayes', 'dash'],
      ['temperature-scaled', 'solid'],
    ])
    // The exact answer is in the colour of the data, networks in their own, the same in both figures.
    expect(trace.line).toMatchObject({ color: paperTheme.data })
    expect(tracesOf(figure)[1].line?.color).toBe(
      tracesOf(reliabilityFigure([{ ...score, name: 'temperature-scaled' }], paperTheme))[0].line?.color,
    )
    expect(riskSummary([score])).toContain('Bayes 22.5 % of all, 1.00 % of the surer half (AURC 0.0800)')
  })
})
