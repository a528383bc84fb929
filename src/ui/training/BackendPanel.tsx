import type { Loadable } from '../../core/loadable.ts'
import type { BackendReport } from '../../ml/backends.ts'
import { AnswerState } from '../common/AnswerState.tsx'
import { DataTable, type Column } from '../common/DataTable.tsx'
import { formatNumber } from '../common/format.ts'
import { engineLabels } from './engine-labels.ts'
import './training.css'

const columns: Column<BackendReport>[] = [
  { key: 'name', label: 'engine', value: ({ name }) => engineLabels[name] },
  {
    key: 'ms',
    label: 'step',
    unit: 'ms',
    value: ({ msPerStep }) => msPerStep ?? null,
    format: ({ msPerStep }) => (msPerStep === undefined ? '' : formatNumber(msPerStep, 2)),
  },
  {
    key: 'deviation',
    label: 'deviation',
    value: ({ maxDeviation }) => maxDeviation ?? null,
    format: ({ maxDeviation }) => (maxDeviation === undefined ? '' : formatNumber(maxDeviation, 2)),
  },
  {
    key: 'remark',
    label: 'remark',
    value: remark,
    format: (report) => <span className="wrap">{remark(report)}</span>,
  },
]

function remark({ available, chosen, reason }: BackendReport): string {
  if (!available) return `not used: ${reason ?? 'it did not start'}`
  return [chosen && 'in use', reason].filter(Boolean).join('; ')
}

interface BackendPanelProps {
  backends: Loadable<BackendReport[]>
  /** A training holds the engine. */
  locked: boolean
  onMeasure: () => void
}

/** What each engine of this browser can do, as measured here and now. */
export function BackendPanel({ backends, locked, onMeasure }: BackendPanelProps) {
  const { status, value } = backends
  return (
    <div className="stack">
      {!value && status !== 'running' && status !== 'failed' && (
        <p>
          Not measured yet. A training begins at once, on our kernels. Between its first steps their loss and
          gradients are compared with those of the plain CPU; where a step of theirs takes more than
          4&#8239;ms, every other engine is started, compared and timed as well, and the fastest that agrees
          goes on.
        </p>
      )}
      {status === 'failed' && <AnswerState answer={backends} />}
      {value && (
        <DataTable
          caption="Engines of this browser; deviation of loss and gradients from plain CPU"
          columns={columns}
          rows={value}
          rowKey={(report) => report.name}
        />
      )}
      {status === 'running' && (
        <AnswerState answer={{ ...backends, label: 'Starting, checking and timing each engine' }} />
      )}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={locked || status === 'running'}
          onClick={onMeasure}
        >
          {value ? 'Measure again' : 'Measure'}
        </button>
        {locked && <span className="small soft">Not while a training holds the engine.</span>}
      </div>
      <p className="small soft">
        To take a certain one, choose it under All settings. Above a deviation of 10⁻³ an engine is not used.
      </p>
    </div>
  )
}
