import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber, formatPercent, formatWithError } from '../../../../ui/common/format.ts'
import type { SearchScore } from '../../analysis/search/anomaly-scores.ts'
import type { SearchView } from '../../analysis/search/search-view.ts'
import type { SignalReport } from '../../analysis/search/search-report.ts'
import { topClasses } from '../../datasets.ts'
import { alike, signalLabels } from './search-words.ts'

const backgroundLabel = (id: string): string =>
  topClasses.find((each) => each.id === id)?.label ?? `all, ${id}`

/** Shares of a signal above cuts on a score, against each class of the Standard Model and all of them. */
export function Efficiencies({ view, score }: { view: SearchView; score: SearchScore }) {
  const rates = alike(view)?.scores?.[score].efficiencies ?? []
  const columns: Column<SignalReport>[] = [
    { key: 'sm', label: 'Standard Model', value: ({ background }) => backgroundLabel(background) },
    {
      ...{ key: 'events', label: 'events, effective', value: ({ effectiveEvents }) => effectiveEvents },
      format: ({ events, effectiveEvents }) => `${formatCount(events)}, ${formatNumber(effectiveEvents, 3)}`,
    },
    {
      ...{ key: 'auc', label: 'AUC', value: ({ scores }) => scores?.[score].auc.value ?? null },
      format: ({ scores }) =>
        scores ? formatWithError(scores[score].auc.value, scores[score].auc.error) : 'too few',
    },
    ...rates.map(({ rate }, k): Column<SignalReport> => ({
      ...{ key: `at-${rate}`, label: `signal at ${formatPercent(rate)}` },
      value: ({ scores }) => scores?.[score].efficiencies[k].efficiency.value ?? null,
      format: ({ scores }) => {
        const found = scores?.[score].efficiencies[k].efficiency
        return found ? formatWithError(found.value, found.error) : ''
      },
    })),
  ]
  return (
    <DataTable
      caption={`Share of ${signalLabels[view.signal.id] ?? view.signal.id} above cuts that let so much of the Standard Model through, with bootstrap errors; ${view.model}, temperature ${formatNumber(view.temperature)}`}
      columns={columns}
      rows={view.reports}
      rowKey={({ background }) => background}
    />
  )
}
