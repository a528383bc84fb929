import type { RepresentationScores } from '../../analysis/drell-yan/encoder-limits.ts'
import type { OpenDataset, TrainingRun } from '../../state/app-state.ts'
import { useAppState } from '../app-context.tsx'
import { DataTable, type Column } from '../common/DataTable.tsx'
import { formatNumber, formatWithError } from '../common/format.ts'
import { ErrorState } from '../common/Panel.tsx'
import { Progress } from '../common/Progress.tsx'
import { useTrainingActions } from './use-training.ts'

interface ScoreRow {
  name: string
  /** One of each map, with the error where it is known. */
  values: { value: number; error?: number }[]
}

/** One row per score, so that maps stand side by side. */
function scoreRows(scores: readonly RepresentationScores[], bayes: number): ScoreRow[] {
  const row = (name: string, pick: (score: RepresentationScores) => number): ScoreRow => ({
    name,
    values: scores.map((score) => ({ value: pick(score) })),
  })
  return [
    { name: 'accuracy', values: scores.map(({ accuracy }) => accuracy) },
    row('share of the Bayes limit', ({ accuracy }) => accuracy.value / bayes),
    row('recall@1', ({ recallAt1 }) => recallAt1),
    row('recall@5', ({ recallAt5 }) => recallAt5),
    row('Spearman of distances', ({ distanceCorrelation }) => distanceCorrelation),
    row('trustworthiness', ({ trustworthiness }) => trustworthiness),
    row('continuity', ({ continuity }) => continuity),
  ]
}

function scoreColumns(scores: readonly RepresentationScores[]): Column<ScoreRow>[] {
  return [
    { key: 'name', label: 'score', value: ({ name }) => name },
    ...scores.map(({ name }, k): Column<ScoreRow> => ({
      key: name,
      label: name,
      value: ({ values }) => values[k].value,
      format: ({ values: { [k]: cell } }) =>
        cell.error === undefined ? formatNumber(cell.value, 3) : formatWithError(cell.value, cell.error),
    })),
  ]
}

/** The learned map beside what linear maps reach in closed form, and what no map can exceed. */
export function LimitsPanel({ open, run }: { open: OpenDataset; run: TrainingRun }) {
  const training = useTrainingActions()
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
            columns={scoreColumns(value.scores)}
            rows={scoreRows(value.scores, value.bayes.value)}
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
