import { DataTable, type Column } from '../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber, formatPercent, formatWithError } from '../../../ui/common/format.ts'
import { searchScores, type SearchScore } from '../analysis/search/anomaly-scores.ts'
import { fewestRows } from '../analysis/search/search-report.ts'
import type { ScoredOwnEvents } from '../analysis/search/score-own-events.ts'
import type { SearchView } from '../analysis/search/search-view.ts'
import { scoreLabels } from './score-words.ts'

interface OwnScoresProps {
  view: Pick<SearchView, 'reports' | 'model'>
  own: ScoredOwnEvents
  /** Of the file, whose own scores are shown beside. */
  event: number | null
}

/** A file of one's own events by every score, beside the Standard Model whose classes count alike. */
export function OwnScores({ view, own, event }: OwnScoresProps) {
  const { name, scores, selected, reports } = own
  const cuts = view.reports.at(0)?.scores
  const found = reports?.at(0)?.scores
  const events = scores.entropy.length
  const above = (score: SearchScore, cut: number): number => {
    let count = 0
    for (const row of selected) if (scores[score][row] > cut) count++
    return count
  }
  const median = (score: SearchScore): number => {
    const sorted = Float64Array.from(scores[score]).sort()
    return sorted[Math.floor(events / 2)]
  }
  const columns: Column<{ id: SearchScore }>[] = [
    { key: 'score', label: 'score', value: ({ id }) => scoreLabels[id] },
    {
      ...{ key: 'median', label: 'median', value: ({ id }) => median(id) },
      format: ({ id }) => formatNumber(median(id)),
    },
    ...(event === null
      ? []
      : [
          {
            ...{
              key: 'own',
              label: `event ${event}`,
              value: ({ id }: { id: SearchScore }) => scores[id][event],
            },
            format: ({ id }: { id: SearchScore }) => formatNumber(scores[id][event]),
          },
        ]),
    ...(found
      ? [
          {
            ...{ key: 'auc', label: 'AUC', value: ({ id }: { id: SearchScore }) => found[id].auc.value },
            format: ({ id }: { id: SearchScore }) =>
              formatWithError(found[id].auc.value, found[id].auc.error),
          },
        ]
      : []),
    ...(cuts?.entropy.efficiencies ?? []).map(({ rate }, k): Column<{ id: SearchScore }> => ({
      ...{ key: `at-${rate}`, label: `above at ${formatPercent(rate)}` },
      value: ({ id }) => above(id, cuts![id].efficiencies[k].cut),
      format: ({ id }) => formatCount(above(id, cuts![id].efficiencies[k].cut)),
    })),
  ]
  return (
    <>
      <DataTable
        caption={`Scores of ${name}, by ${view.model}`}
        rows={searchScores.map((id) => ({ id }))}
        rowKey={({ id }) => id}
        columns={columns}
      />
      <p className="small soft">
        {formatCount(selected.length)} of {formatCount(events)} events have a b-jet and a lepton: of these are
        counted those above the cuts that let so much of the Standard Model through, its classes alike, each
        event once.
        {!found && ` An area under the curve needs ${fewestRows} of them.`}
      </p>
    </>
  )
}
