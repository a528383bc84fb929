import { expect, it } from 'vitest'
import { smallFitData, smallOutcome } from '../../testing/small-fit.ts'
import { smallProgress } from '../../testing/small-fit-answers.ts'
import { topPairDefaults } from './default-intent.ts'
import { readRecordedFit, writeRecordedFit, type RecordedFit } from './recorded-fit.ts'

const fitOf = (kind: 'binned' | 'unbinned' | 'exact') => ({
  outcome: smallOutcome(kind, [0.3, 0.2], 0.1),
  reports: Array.from({ length: 300 }, (_, i) => smallProgress(i).report),
})
const { events, counts, terms } = smallFitData
const data = {
  ...smallFitData,
  binned: { ...smallFitData.binned, values: new Float32Array(events).fill(0.5) },
  features: { names: ['pt_l2'], values: new Float32Array(events) },
  templates: new Float64Array(counts.length * terms.length).fill(1 / 3),
  templateCovariances: new Float64Array(counts.length * terms.length ** 2),
}
const recorded: RecordedFit = {
  ...{ date: '2026-11-30', made: 'theoryscape 0.1.0', version: 'v', setup: topPairDefaults.fit },
  ...{ data, calibration: { cells: 9, points: 8, events: 7, medianEffectiveEvents: 6 } },
  fits: { binned: fitOf('binned'), unbinned: fitOf('unbinned'), exact: fitOf('exact') },
}

it('comes back with what is told of it, with fewer samples and reports', () => {
  const read = readRecordedFit(writeRecordedFit(recorded))
  expect(read).toMatchObject({ date: '2026-11-30', setup: topPairDefaults.fit, calibration: { cells: 9 } })
  expect(read.data).toMatchObject({ events: smallFitData.events, exactRatios: null, features: { names: [] } })
  const { outcome, reports } = read.fits.exact
  expect(reports).toHaveLength(100)
  expect(outcome.names).toEqual(['td8', 'tq8'])
  expect(outcome.theta).toHaveLength(2 * outcome.weights.length)
  expect(outcome.weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 4)
  outcome.summaries.forEach((summary, i) =>
    expect(summary.mean).toBeCloseTo(recorded.fits.exact.outcome.summaries[i].mean, 5),
  )
})

it('is refused, with what is wrong, where a host sends another thing', () => {
  expect(() => readRecordedFit('<!doctype html>')).toThrow(/not JSON/)
  expect(() => readRecordedFit('{}')).toThrow(/not as expected/)
  const cut = writeRecordedFit(recorded).replace('"counts"', '"count"')
  expect(() => readRecordedFit(cut)).toThrow(/not as expected.*counts/s)
})
