import { useMemo } from 'react'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable } from '../../../../ui/common/DataTable.tsx'
import { formatEdge, formatNumber, formatWithError } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { nearestModels, pairMatrix, representatives } from '../../analysis/distances/order-of-pairs.ts'
import { mostRepresentatives } from '../../limits.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { useDistances } from './use-distances.ts'

/** Which few models stand for all, and where the map has gaps: what a choice of benchmarks needs. */
export function BenchmarksTab({ map, marks }: { map: EventsMap; marks: readonly ModelMark[] }) {
  const { context } = useEvents()
  const wanted = useEventsState((state) => state.intent.representatives)
  const { result, retry } = useDistances(map)
  const { ids } = map
  const pairs = result.status === 'ready' ? result.value : undefined
  const most = Math.min(mostRepresentatives, ids.length)
  const k = Math.min(wanted, most)
  const found = useMemo(() => {
    if (!pairs) return null
    const { medoids, nearest } = representatives(pairs, ids, k)
    const energy = pairMatrix(pairs, ids, (pair) => pair.energy.value)
    const error = pairMatrix(pairs, ids, (pair) => pair.energy.error)
    const rows = ids.map((_, m) => {
      const at = m * ids.length + nearest[m]
      return { model: m, by: nearest[m], value: energy[at], error: error[at] }
    })
    return { medoids, rows, gaps: nearestModels(pairs, ids) }
  }, [pairs, ids, k])
  const name = (id: string) => marks[ids.indexOf(id)].label
  return (
    <div className="stack">
      <AnswerState answer={result} onRetry={retry} />
      <NumberField
        {...{ label: 'representatives', value: k, min: 1, max: most, integer: true, step: 1 }}
        format={formatEdge}
        onCommit={(chosen) => context.change({ representatives: chosen })}
      />
      {found && (
        <>
          <p role="status">
            {found.medoids.map((m) => marks[m].label).join('; ')}{' '}
            {found.medoids.length === 1 ? 'stands' : 'stand'} for all {ids.length} models best: the sum of
            energy distances to the nearest of them is{' '}
            {formatNumber(sum(found.rows.map(({ value }) => value)))}.
          </p>
          <button
            type="button"
            className="button"
            onClick={() =>
              context.change({ hidden: ids.filter((_, m) => !found.medoids.includes(m)), focus: null })
            }
          >
            Only these on the map
          </button>
          <DataTable
            caption="Each model and what stands for it (k-medoids of energy distances)"
            rows={found.rows}
            rowKey={({ model }) => model}
            columns={[
              { key: 'model', label: 'model', value: ({ model }) => marks[model].label },
              {
                ...{ key: 'by', label: 'represented by' },
                value: ({ model, by }) => (model === by ? 'itself' : marks[by].label),
              },
              {
                ...{ key: 'distance', label: 'energy distance' },
                value: ({ value }) => value,
                format: ({ model, by, value, error }) => (model === by ? '0' : formatWithError(value, error)),
              },
              { key: 'error', label: 'error', value: ({ error }) => error },
            ]}
          />
          <h3>Gaps</h3>
          <p className="small">
            Models by the distance to the nearest other one, the loneliest first: a further benchmark between
            those at the top would fill a gap, those at the end tell nearly the same.
          </p>
          <DataTable
            caption="Each model and its nearest"
            rows={found.gaps}
            rowKey={({ model }) => model}
            columns={[
              { key: 'model', label: 'model', value: ({ model }) => name(model) },
              { key: 'nearest', label: 'nearest', value: ({ nearest }) => name(nearest) },
              {
                ...{ key: 'distance', label: 'energy distance' },
                value: ({ energy }) => energy.value,
                format: ({ energy }) => formatWithError(energy.value, energy.error),
              },
              { key: 'error', label: 'error', value: ({ energy }) => energy.error },
            ]}
          />
        </>
      )}
    </div>
  )
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + Math.max(0, value), 0)
