import { useMemo } from 'react'
import { DataTable, tableToCsv, type Column } from '../../../../ui/common/DataTable.tsx'
import { formatCount, formatPercent } from '../../../../ui/common/format.ts'
import { eventFeatureNames, featuresPerEvent } from '../../analysis/features/event-features.ts'
import type { EventsMap } from '../../state/events-state.ts'
import type { SetMeans, ShownSets } from '../../state/shown-sets.ts'
import { useEvents } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'

interface SelectedSetsProps {
  map: EventsMap
  marks: readonly ModelMark[]
  means: SetMeans
  shown: ShownSets
  selected: Uint8Array | null
  focus: number | null
  onPoint: (set: number | null) => void
}

/** Which models the selected dots are of, and all their numbers; without a selection, of all that are shown. */
export function SelectedSets({ map, marks, means, shown, selected, focus, onPoint }: SelectedSetsProps) {
  const { context } = useEvents()
  const sets = useMemo(
    () => Array.from(shown.set).filter((_, dot) => selected === null || selected[dot]),
    [shown, selected],
  )
  const counts = useMemo(
    () => marks.map((mark, m) => ({ mark, sets: sets.filter((set) => map.model[set] === m).length })),
    [marks, sets, map],
  )
  const { latent, dimensions } = map
  const columns: Column<number>[] = [
    { key: 'set', label: 'set', value: (set) => set },
    { key: 'model', label: 'model', value: (set) => marks[map.model[set]].label },
    ...Array.from({ length: dimensions }, (_, k): Column<number> => ({
      ...{ key: `z${k}`, label: `z${k + 1}` },
      value: (set) => latent[set * dimensions + k],
    })),
    ...eventFeatureNames.map(({ id, label, unit }, k): Column<number> => ({
      ...{ key: id, label: `mean ${label}`, unit: unit || undefined },
      value: (set) => means.raw[set * featuresPerEvent + k],
    })),
  ]
  const caption = selected ? 'Selected sets' : 'All sets shown'
  return (
    <div className="stack">
      {selected === null && <p className="soft small">Nothing is selected: all that is shown is listed.</p>}
      <DataTable
        caption={`Models of the ${selected ? 'selected' : 'shown'} sets`}
        rows={counts.filter((row) => row.sets > 0)}
        rowKey={({ mark }) => mark.id}
        columns={[
          { key: 'model', label: 'model', value: ({ mark }) => mark.label },
          { key: 'sets', label: 'sets', value: (row) => row.sets, format: (row) => formatCount(row.sets) },
          {
            ...{ key: 'share', label: 'share' },
            value: (row) => row.sets / sets.length,
            format: (row) => formatPercent(row.sets / sets.length, 3),
          },
        ]}
      />
      <DataTable
        {...{ caption, columns, rows: sets }}
        rowKey={(set) => set}
        limit={50}
        current={focus}
        onPick={(set) => context.change({ focus: set, cursor: null })}
        onPoint={onPoint}
      />
      <button
        type="button"
        className="button"
        onClick={() => void exportWithProvenance(context, tableToCsv({ columns, rows: sets }), 'csv', 'sets')}
      >
        Export CSV
      </button>
    </div>
  )
}
