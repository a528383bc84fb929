import { describe, expect, it } from 'vitest'
import { paperTheme } from '../../common/figure-theme.ts'
import { reliabilityFigure, reliabilitySummary, riskFigure, riskSummary } from './report-figures.ts'

const score = {
  name: 'exact' as const,
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
    expect(reliabilitySummary([score])).toContain('exact 0.0350 (counting alone 0.0360)')
  })
  it('risk: against coverage, and the summary says the error rate of all and of the surer half', () => {
    const [trace] = riskFigure([score], paperTheme).data
    expect(trace.x).toEqual([0.25, 0.5, 1])
    expect(trace.y).toEqual([0, 0.01, 0.225])
    expect(riskSummary([score])).toContain('exact 22.5 % of all, 1.00 % of the surer half (AURC 0.0800)')
  })
})
