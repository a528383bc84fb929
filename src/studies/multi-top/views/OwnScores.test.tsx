// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { searchScores } from '../analysis/search/anomaly-scores.ts'
import type { ScoredOwnEvents } from '../analysis/search/score-own-events.ts'
import type { SignalReport } from '../analysis/search/search-report.ts'
import { OwnScores } from './OwnScores.tsx'

afterEach(cleanup)

const estimate = { value: 0.75, error: 0.02 }
const scores = Object.fromEntries(
  searchScores.map((id) => [
    id,
    { auc: estimate, efficiencies: [{ rate: 0.1, cut: 0.5, efficiency: estimate }] },
  ]),
) as NonNullable<SignalReport['scores']>
const report: SignalReport = { background: 'classes alike', events: 100, effectiveEvents: 90, scores }
const view = { model: 'Small_5h', reports: [report] }
const own: ScoredOwnEvents = {
  ...{ id: 'events-1', name: 'mine.csv', reports: null, selected: Uint32Array.of(0, 2) },
  scores: Object.fromEntries(
    searchScores.map((id) => [id, Float64Array.of(0.4, 0.9, 0.6)]),
  ) as unknown as ScoredOwnEvents['scores'],
}

it('every score has a row: median of all events, that of one, and how many selected ones are above a cut', () => {
  render(<OwnScores view={view} own={own} event={1} />)
  const rows = within(screen.getByRole('table', { name: /Scores of mine\.csv/ })).getAllByRole('row')
  expect(rows).toHaveLength(1 + searchScores.length)
  expect(
    within(rows[5])
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['reconstruction error', ...['0.600', '0.900', '1']])
  expect(screen.getByText(/2 of 3 events have a b-jet and a lepton.*needs 20 of them/)).toBeTruthy()
})

it('with enough of them the area under the curve stands beside', () => {
  render(<OwnScores view={view} own={{ ...own, reports: [report] }} event={null} />)
  const [, first] = screen.getAllByRole('row')
  expect(first.textContent).toContain('0.750')
})
