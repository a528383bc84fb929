import { use, useEffect, useMemo } from 'react'
import { anomalyMetrics } from '../../../intent.ts'
import type { AnomalyEvaluation, ClassEvaluation } from '../../../analysis/anomaly/evaluate.ts'
import { perUniverse, priorNetworkId } from '../../../analysis/anomaly/evaluation-options.ts'
import { isFor } from '../../../state/anomaly-state.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { DataTable, type Column } from '../../../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../../../ui/plots/FigureFrame.tsx'
import { formatCount, formatNumber, formatWithError } from '../../../../../ui/common/format.ts'
import { AnswerState } from '../../../../../ui/common/AnswerState.tsx'
import { PlotlyFigure } from '../../../../../ui/plots/PlotlyFigure.tsx'
import { RecordedBadge } from '../../../../../ui/common/RecordedBadge.tsx'
import { Segmented } from '../../../../../ui/common/Segmented.tsx'
import { useFigureTheme } from '../../../../../ui/plots/use-figure-theme.ts'
import { rocFigure, rocSummaryText } from './evaluation-figure.ts'

type Metric = (typeof anomalyMetrics)[number]
const metricLabels: Record<Metric, string> = {
  auroc: 'AUROC',
  0: 'Found at 1 % false alarms',
  1: 'Found at 0.1 %',
}
const metrics = anomalyMetrics.map((id) => ({ id, label: metricLabels[id] }))

/** Every score on every class of anomalies, beside what closed forms allow. */
export function EvaluationPanel({ open }: { open: OpenDataset }) {
  const { openAnomaly } = useDrellYan()
  const anomaly = use(openAnomaly())
  const evaluation = useDrellYanState((state) => state.anomaly.evaluation)
  const { status, value } = evaluation
  const busy = status === 'running'
  useEffect(() => void anomaly.recall('evaluation'), [anomaly, open.encoder.hash, open.header.manifestHash])
  return (
    <section className="stack" aria-label="Evaluation of the scores">
      <h3>
        How good are the scores? <RecordedBadge recorded={value?.recorded} />
      </h3>
      {!value && !busy && (
        <p className="small">
          Anomalies of known kinds are hidden among replicas of unseen universes: coefficients beyond the
          prior, operators that &ldquo;known&rdquo; leaves out, resonances, kinks and slopes at three
          strengths. Each score is shown beside what a closed form allows.
        </p>
      )}
      <AnswerState answer={evaluation} onRetry={() => void anomaly.evaluate()} />
      <div className="row">
        <button type="button" className="button" disabled={busy} onClick={() => void anomaly.evaluate()}>
          Evaluate all scores with {open.encoder.id}
        </button>
        {busy && (
          <button type="button" className="button" onClick={() => anomaly.cancel('evaluation')}>
            Cancel
          </button>
        )}
      </div>
      {value && (
        <Evaluation
          evaluation={value}
          note={[
            isFor(value, open)
              ? ''
              : `Measured with ${value.encoder}; the map now shows ${open.encoder.id}. `,
            value.missing ? `Without the prior network, which could not be loaded: ${value.missing} ` : '',
          ].join('')}
        />
      )}
    </section>
  )
}

function Evaluation({ evaluation, note }: { evaluation: AnomalyEvaluation; note: string }) {
  const { actions } = useDrellYan()
  const { anomalyMetric: metric, anomalyClass } = useDrellYanState((state) => state.intent.panels)
  const theme = useFigureTheme()
  const { options, classes, scores } = evaluation
  const shown = Math.min(anomalyClass, classes.length - 1)
  const result = classes[shown]
  const figure = useMemo(() => rocFigure(evaluation, result, theme), [evaluation, result, theme])
  const columns = useMemo(() => columnsOf(evaluation, metric), [evaluation, metric])
  const text = rocSummaryText(evaluation, result)
  return (
    <>
      <p className="small">
        {note}
        {formatCount(options.background)} background spectra and {formatCount(options.anomalies)} per class,
        seed {options.seed}; {evaluation.rank} directions of the theory in {evaluation.bins} bins.
      </p>
      <Segmented
        label="Table shows"
        choices={metrics}
        value={metric}
        onChange={(id) => actions.showIn({ anomalyMetric: id })}
      />
      <DataTable
        caption="Anomaly classes and scores"
        columns={columns}
        rows={classes}
        rowKey={(row) => row.id}
      />
      <p className="small soft">
        Known populations: a test that knows the mean and covariance of both. Residual, closed form: Marcum Q.
        Shape known: matched filter with all coefficients free. D outside: the part of the deviation that no
        universe makes. Where a class is many universes, D outside is their root mean square and the closed
        form the average over universes of what each one&rsquo;s own length gives. Errors count universes, of{' '}
        {perUniverse} spectra each (AUROC: DeLong); at 0.1 % the threshold rests on{' '}
        {Math.floor(options.background * 1e-3)} false alarms.
        {scores.some(({ id }) => id === priorNetworkId) &&
          ' The prior network has seen shapes and wide coefficients in its training, though not these.'}
      </p>
      <label className="field">
        <span className="field-label">Curve of</span>
        <select
          className="select"
          value={shown}
          onChange={(event) => actions.showIn({ anomalyClass: Number(event.target.value) })}
        >
          {classes.map(({ id, label }, i) => (
            <option key={id} value={i}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p className="small">{result.meaning}.</p>
      <FigureFrame
        summary={text}
        fileName="roc"
        table={{
          caption: `Scores of ${result.label}`,
          columns: [
            { key: 'score', label: 'score', value: (row: { label: string }) => row.label },
            { key: 'auroc', label: 'AUROC', value: (row: { auroc: number }) => row.auroc },
          ],
          rows: scores.map(({ id, label }) => ({ label, auroc: result.scores[id].auroc.value })),
        }}
      >
        <PlotlyFigure figure={figure} height={400} alt={text} />
      </FigureFrame>
    </>
  )
}

function columnsOf({ scores }: AnomalyEvaluation, metric: Metric): Column<ClassEvaluation>[] {
  const pick = (roc: ClassEvaluation['population']) =>
    metric === 'auroc' ? roc.auroc : roc.truePositives[Number(metric)].rate
  const show = ({ value, error }: { value: number; error: number }) => formatWithError(value, error)
  const limits: Column<ClassEvaluation>[] =
    metric === 'auroc'
      ? []
      : [
          {
            key: 'marcum',
            label: 'residual, closed form',
            value: ({ power }) => power[Number(metric)].residual,
            format: ({ power }) => formatNumber(power[Number(metric)].residual, 3),
          },
          {
            key: 'filter',
            label: 'shape known',
            value: ({ power }) => power[Number(metric)].matchedFilter,
            format: ({ power }) => {
              const { matchedFilter } = power[Number(metric)]
              return matchedFilter === null ? '–' : formatNumber(matchedFilter, 3)
            },
          },
        ]
  return [
    { key: 'class', label: 'anomaly', value: ({ label }) => label },
    {
      key: 'outside',
      label: 'D outside',
      value: ({ outside }) => outside,
      format: ({ outside }) => formatNumber(outside < 1e-3 ? 0 : outside, 3),
    },
    ...scores.map(({ id, label }): Column<ClassEvaluation> => ({
      key: id,
      label,
      value: (row) => pick(row.scores[id]).value,
      format: (row) => show(pick(row.scores[id])),
    })),
    {
      key: 'population',
      label: 'known populations',
      value: ({ population }) => pick(population).value,
      format: ({ population }) => show(pick(population)),
    },
    ...limits,
  ]
}
