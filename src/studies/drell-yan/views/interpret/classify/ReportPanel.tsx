import type { Recorded } from '../../../../../core/recorded.ts'
import { RecordedNote } from '../../../../../ui/common/RecordedBadge.tsx'
import { useMemo } from 'react'
import type { ClassReport, ClassScores, NoneScores } from '../../../analysis/classification/evaluate.ts'
import { DataTable, type Column } from '../../../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../../../ui/plots/FigureFrame.tsx'
import { formatCount, formatNumber, formatPercent, formatWithError } from '../../../../../ui/common/format.ts'
import { PlotlyFigure } from '../../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../../ui/plots/use-figure-theme.ts'
import { noneTableId } from './none-table.ts'
import { reliabilityFigure, reliabilitySummary, riskFigure, riskSummary } from './report-figures.ts'

interface ScoreRow {
  name: string
  cells: { value: number; error?: number; floor?: number }[]
}

interface ReportProps {
  report: ClassReport & { recorded?: Recorded }
  /** In place of a recorded one. */
  onMeasure: () => void
}

/** Scores of the learned and scaled probabilities beside the Bayes posterior's, on the same replicas. */
export function ReportPanel({ report, onMeasure }: ReportProps) {
  const theme = useFigureTheme()
  const { scores, none, rows, classes, coverage, falseAlarms } = report
  const figures = useMemo(
    () => ({ reliability: reliabilityFigure(scores, theme), risk: riskFigure(scores, theme) }),
    [scores, theme],
  )
  const reliabilityRows = useMemo(
    () =>
      scores.flatMap(({ name, reliability }) =>
        reliability.bins.map((bin, i) => ({ name, bin: i + 1, ...bin })),
      ),
    [scores],
  )
  const riskRows = useMemo(
    () =>
      scores.flatMap(({ name, riskCoverage: { curve } }) =>
        Array.from(curve.coverage, (value, i) => ({ name, coverage: value, risk: curve.risk[i] })),
      ),
    [scores],
  )
  return (
    <section className="stack" aria-label="How good the classifier is">
      <h3>How good is it?</h3>
      <RecordedNote recorded={report.recorded} label="Measure here" onRun={onMeasure} />
      <p className="small">
        On {formatCount(rows)} replicas of the {classes} classes that no training saw. The Bayes posterior is
        perfectly calibrated and cannot be beaten in accuracy or NLL.
      </p>
      <DataTable
        caption="Scores: learned, temperature-scaled, Bayes"
        columns={columnsOf(scores)}
        rows={scoreRows(scores, coverage)}
        rowKey={(row) => row.name}
      />
      <div className="report-figures">
        <FigureFrame
          summary={reliabilitySummary(scores)}
          fileName="reliability"
          table={{
            caption: 'Reliability in 15 bins of equal numbers',
            columns: [
              { key: 'name', label: 'probabilities', value: (row) => row.name },
              { key: 'bin', label: 'bin', value: (row) => row.bin, format: (row) => String(row.bin) },
              { key: 'rows', label: 'rows', value: (row) => row.rows, format: (row) => String(row.rows) },
              { key: 'confidence', label: 'confidence', value: (row) => row.confidence },
              { key: 'accuracy', label: 'accuracy', value: (row) => row.accuracy },
            ],
            rows: reliabilityRows,
          }}
        >
          <PlotlyFigure figure={figures.reliability} height={320} alt={reliabilitySummary(scores)} />
        </FigureFrame>
        <FigureFrame
          summary={riskSummary(scores)}
          fileName="risk-coverage"
          table={{
            caption: 'Risk and coverage',
            columns: [
              { key: 'name', label: 'probabilities', value: (row) => row.name },
              { key: 'coverage', label: 'coverage', value: (row) => row.coverage },
              { key: 'risk', label: 'risk', value: (row) => row.risk },
            ],
            rows: riskRows,
          }}
        >
          <PlotlyFigure figure={figures.risk} height={320} alt={riskSummary(scores)} />
        </FigureFrame>
      </div>
      <div id={noneTableId} tabIndex={-1}>
        <DataTable
          caption={`"None of these" at ${formatPercent(falseAlarms)} false alarms`}
          columns={noneColumns}
          rows={none}
          rowKey={(row) => row.kind}
        />
      </div>
      <p className="small soft">
        Held-out universes lie inside the prior but are none of the classes; the other kinds lie outside it or
        are no universe at all. χ² is the distance to the nearest class, the classical goodness-of-fit test. A
        Dirichlet prior network has seen spectra of the last four kinds in training, though none of these.
      </p>
    </section>
  )
}

function scoreRows(scores: readonly ClassScores[], coverage: number): ScoreRow[] {
  const row = (name: string, pick: (score: ClassScores) => ScoreRow['cells'][number]): ScoreRow => ({
    name,
    cells: scores.map(pick),
  })
  const level = formatPercent(coverage)
  return [
    row('accuracy', ({ accuracy }) => accuracy),
    row('NLL [nat]', ({ nll }) => nll),
    row('Brier', ({ brier }) => brier),
    row('KL(Bayes ‖ ·) [nat]', ({ kl, name }) => (name === 'Bayes' ? { value: 0 } : kl)),
    row('ECE', ({ reliability: { ece } }) => ({ value: ece })),
    row('ECE of counting alone', ({ reliability: { floor } }) => ({ value: floor })),
    row('AURC', ({ riskCoverage: { aurc } }) => ({ value: aurc })),
    row(`coverage of ${level} LAC sets`, ({ sets }) => ({ value: sets.lac.coverage })),
    row('mean size of LAC sets', ({ sets }) => ({ value: sets.lac.meanSize })),
    row(`coverage of ${level} APS sets`, ({ sets }) => ({ value: sets.aps.coverage })),
    row('mean size of APS sets', ({ sets }) => ({ value: sets.aps.meanSize })),
  ]
}

function columnsOf(scores: readonly ClassScores[]): Column<ScoreRow>[] {
  return [
    { key: 'name', label: 'score', value: ({ name }) => name },
    ...scores.map(({ name }, k): Column<ScoreRow> => ({
      key: name,
      label: name,
      value: ({ cells }) => cells[k].value,
      format: ({ cells: { [k]: cell } }) =>
        cell.error === undefined ? formatNumber(cell.value) : formatWithError(cell.value, cell.error),
    })),
  ]
}

const noneColumns: Column<NoneScores>[] = [
  { key: 'kind', label: 'spectra', value: ({ kind }) => kind },
  {
    key: 'auroc',
    label: 'AUROC',
    value: ({ learned }) => learned.auroc.value,
    format: ({ learned: { auroc } }) => formatWithError(auroc.value, auroc.error),
  },
  {
    key: 'caught',
    label: 'caught',
    value: ({ learned }) => learned.caught.value,
    format: ({ learned: { caught } }) => formatWithError(caught.value, caught.error),
  },
  {
    key: 'chi2-auroc',
    label: 'AUROC of χ²',
    value: ({ chi2 }) => chi2.auroc.value,
    format: ({ chi2: { auroc } }) => formatWithError(auroc.value, auroc.error),
  },
  {
    key: 'chi2-caught',
    label: 'caught by χ²',
    value: ({ chi2 }) => chi2.caught.value,
    format: ({ chi2: { caught } }) => formatWithError(caught.value, caught.error),
  },
]
