import type { ReactNode } from 'react'
import type { Loadable } from '../../core/loadable.ts'
import { AnswerState } from '../common/AnswerState.tsx'
import { DataTable, type Column } from '../common/DataTable.tsx'
import { formatNumber, formatWithError } from '../common/format.ts'

/** A score of each map, with its error where that is known. */
export interface ScoreRow {
  name: string
  values: { value: number; error?: number }[]
}

interface LimitsPanelProps<L> {
  limits: Loadable<L>
  /** Said while nothing was measured. */
  unmeasured: string
  children: (value: L) => ReactNode
  /** What can be measured. */
  choices: { label: string; run: () => void }[]
}

/** Scores of a map beside what no map can exceed: measured on demand, the last ones stay meanwhile. */
export function LimitsPanel<L>({ limits, unmeasured, children, choices }: LimitsPanelProps<L>) {
  const { status, value } = limits
  const busy = status === 'running'
  return (
    <div className="stack">
      {!value && !busy && status !== 'failed' && <p>{unmeasured}</p>}
      {status === 'failed' && <AnswerState answer={limits} />}
      {value && children(value)}
      {busy && <AnswerState answer={limits} label="Measuring" />}
      <div className="row">
        {choices.map(({ label, run }) => (
          <button key={label} type="button" className="button" disabled={busy} onClick={run}>
            {label}
          </button>
        ))}
      </div>
    </div>
  )
}

/** One row per score, so that maps stand side by side. */
export function ScoreTable({ caption, maps, rows }: { caption: string; maps: string[]; rows: ScoreRow[] }) {
  const columns: Column<ScoreRow>[] = [
    { key: 'name', label: 'score', value: ({ name }) => name },
    ...maps.map((name, k): Column<ScoreRow> => ({
      key: name,
      label: name,
      value: ({ values }) => values[k].value,
      format: ({ values: { [k]: cell } }) =>
        cell.error === undefined ? formatNumber(cell.value, 3) : formatWithError(cell.value, cell.error),
    })),
  ]
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={(row) => row.name} />
}
