import type { RepresentationScores } from '../../analysis/drell-yan/encoder-limits.ts'
import type { OpenDataset, TrainingRun } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { DataTable, type Column } from '../common/DataTable.tsx'
import { formatNumber, formatPercent, formatWithError } from '../common/format.ts'
import { ErrorState } from '../common/Panel.tsx'
import { Progress } from '../common/Progress.tsx'

const score = (
  key: Exclude<keyof RepresentationScores, 'name' | 'accuracy'>,
  label: string,
): Column<RepresentationScores> => ({
  key,
  label,
  value: (row) => row[key],
  format: (row) => formatNumber(row[key], 3),
})

function columnsBeside(bayes: number): Column<RepresentationScores>[] {
  return [
    { key: 'name', label: 'map', value: (row) => row.name },
    {
      key: 'accuracy',
      label: 'accuracy',
      value: (row) => row.accuracy.value,
      format: (row) => formatWithError(row.accuracy.value, row.accuracy.error),
    },
    {
      key: 'share',
      label: 'of the limit',
      value: (row) => row.accuracy.value / bayes,
      format: (row) => formatPercent(row.accuracy.value / bayes),
    },
    score('recallAt1', 'recall@1'),
    score('recallAt5', 'recall@5'),
    score('distanceCorrelation', 'Spearman'),
    score('trustworthiness', 'trustworthiness'),
    score('continuity', 'continuity'),
  ]
}

/** The learned map beside what linear maps reach in closed form, and what no map can exceed. */
export function LimitsPanel({ open, run }: { open: OpenDataset; run: TrainingRun }) {
  const { training } = useApp()
  const limits = useAppState((state) => state.limits)
  const { status, value, error } = limits
  const busy = status === 'running'
  const stale =
    value && (value.encoderHash !== open.encoder.hash || value.manifestHash !== open.header.manifestHash)
  return (
    <div className="stack">
      {!value && !busy && status !== 'failed' && (
        <p>
          Nothing measured yet. The scores come from universes that no training has seen, beside the
          closed-form limits of the same universes.
        </p>
      )}
      {status === 'failed' && error && <ErrorState error={error} />}
      {value && (
        <>
          <p className="small">
            <strong>{value.encoder}</strong> on {value.universes} held-out universes × {value.replicas}{' '}
            replicas, seed {value.seed}.
            {stale && ` The map now shows ${open.encoder.id}: measure again to compare.`}
          </p>
          <DataTable
            caption="Learned map and closed-form maps on the same universes"
            columns={columnsBeside(value.bayes.value)}
            rows={value.scores}
            rowKey={(row) => row.name}
          />
          <p className="small">
            Bayes accuracy <strong>{formatWithError(value.bayes.value, value.bayes.error)}</strong>: the exact
            posterior of the same universes. No encoder can beat it. Recall, trustworthiness and continuity
            compare neighbours on the map with neighbours in covariance-whitened spectra (5 neighbours);
            Spearman compares all distances.
          </p>
        </>
      )}
      {busy && <Progress label={limits.label ?? 'Measuring'} fraction={limits.fraction ?? undefined} />}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void training.measureLimits('map')}
        >
          Measure {open.encoder.id}
        </button>
        {run.moments.length > 0 && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void training.measureLimits('training')}
          >
            Measure the one in training
          </button>
        )}
      </div>
    </div>
  )
}
