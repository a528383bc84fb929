import { useMemo } from 'react'
import type { RatioDiagnostics } from '../analysis/fit/fit-jobs.ts'
import { DataTable, type Column } from '../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { formatCount, formatNumber, formatPercent, formatWithError } from '../../../ui/common/format.ts'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { calibrationCurveFigure, heatFigure, scatterFigure, weightyPoints } from './ratio-figures.ts'
import { decisionFigure, decisionHistograms, overlap, type DecisionHistograms } from './decision-figure.ts'
import { tileName } from './tile-text.ts'

interface CheckRow {
  what: string
  learned: string
  exact: string
  remark: string
}

const checkColumns: Column<CheckRow>[] = [
  { key: 'what', label: 'check', value: ({ what }) => what },
  { key: 'learned', label: 'learned', value: ({ learned }) => learned },
  { key: 'exact', label: 'exact', value: ({ exact }) => exact },
  { key: 'remark', label: 'difference', value: ({ remark }) => remark },
]

function checkRows({ parton, events }: RatioDiagnostics): CheckRow[] {
  const { sumRule, calibration } = events
  const pull = sumRule.error > 0 ? (sumRule.learned - sumRule.expected) / sumRule.error : 0
  return [
    {
      what: 'sum rule: mean ratio under the SM',
      learned: formatNumber(sumRule.learned, 5),
      exact: formatNumber(sumRule.expected, 5),
      remark: `${formatPercent(sumRule.learned / sumRule.expected - 1)}, ${formatNumber(pull, 2)} σ`,
    },
    ...(events.loss === null
      ? []
      : [
          {
            what: 'loss as a classifier, on test events',
            learned: formatNumber(events.loss, 5),
            exact: '',
            remark: '',
          },
        ]),
    {
      what: 'calibration curve',
      learned: '',
      exact: '',
      remark: `χ² ${formatNumber(calibration.chi2, 3)} in ${calibration.points.length} bins`,
    },
    ...(parton
      ? [
          {
            what: 'loss as a classifier, by quadrature',
            learned:
              parton.comparison.loss === null ? 'not positive' : formatNumber(parton.comparison.loss, 5),
            exact: formatNumber(parton.comparison.bayesLoss, 5),
            remark:
              parton.comparison.loss === null
                ? ''
                : `${formatNumber(parton.comparison.loss - parton.comparison.bayesLoss, 2)} above the Bayes loss`,
          },
          {
            what: 'RMS of ln(learned/exact), central 99 %',
            learned: formatNumber(parton.comparison.rmsLogRatioCentral, 2),
            exact: '0',
            remark: `all: ${formatNumber(parton.comparison.rmsLogRatio, 2)}`,
          },
          {
            what: 'Kullback–Leibler divergence [nats]',
            learned: formatNumber(parton.comparison.kl, 2),
            exact: '0',
            remark: '',
          },
        ]
      : []),
  ]
}

const closureColumns: Column<RatioDiagnostics['events']['closure'][number]>[] = [
  { key: 'feature', label: 'feature', value: ({ feature }) => feature },
  { key: 'chi2', label: 'χ²', value: ({ chi2 }) => chi2, format: ({ chi2 }) => formatNumber(chi2, 3) },
  { key: 'bins', label: 'bins', value: ({ bins }) => bins, format: ({ bins }) => String(bins) },
]

/** One term on test events: learned beside exact, reweighting closure, calibration. */
export function RatioComparison({
  diagnostics,
  learnsJointly,
}: {
  diagnostics: RatioDiagnostics
  learnsJointly: boolean
}) {
  const theme = useFigureTheme()
  const { parton, events, scatter, term, replicas } = diagnostics
  const label = `r(${tileName([term])})`
  const heat = useMemo(() => (parton ? heatFigure(parton.ratios, theme) : null), [parton, theme])
  const points = useMemo(
    () => (parton ? { ...weightyPoints(parton.ratios), spread: null } : scatter),
    [parton, scatter],
  )
  const dots = useMemo(() => scatterFigure(points, label, theme), [points, label, theme])
  const decisions = useMemo(
    () =>
      decisionHistograms(
        parton
          ? { ...parton.ratios, termRatio: parton.ratios.exact }
          : { ...scatter, smWeight: scatter.exact.map(() => 1), termRatio: scatter.exact, exact: null },
      ),
    [parton, scatter],
  )
  const decision = useMemo(() => decisionFigure(decisions, theme), [decisions, theme])
  const curve = useMemo(() => calibrationCurveFigure(events.calibration.points, theme), [events, theme])
  const checks = checkRows(diagnostics)
  return (
    <div className="stack">
      <p className="small soft">
        {tileName([term])}: median of {replicas} replica{replicas > 1 ? 's' : ''}, on{' '}
        {formatCount(events.events)} test events that no network has seen
        {learnsJointly && ', from the network of all terms'}.
      </p>
      {heat && parton && (
        <FigureFrame
          summary={`Ratio of ${term} to the SM over m_tt and y_tt: learned, exact by quadrature, and their quotient. SM-weighted RMS of ln(learned/exact) ${formatNumber(parton.comparison.rmsLogRatioCentral, 2)} in the central 99 %. Cells with less than 10⁻⁵ of the rate are empty.`}
        >
          <PlotlyFigure figure={heat} height={300} alt="Learned and exact ratio over m_tt and y_tt" />
        </FigureFrame>
      )}
      <div className="fit-two">
        <FigureFrame
          summary={
            parton
              ? 'Learned against exact ratio at the points of a quadrature that carry 99.9 % of the rate of the SM.'
              : 'Learned ratio (median, bars: spread of replicas) against the joint ratio of each event, which fluctuates about the exact ratio of the features: a cloud about the diagonal, not a line.'
          }
          table={{
            caption: 'Learned and exact ratio',
            columns: scatterColumns,
            rows: scatterRows(points),
          }}
          fileName="theoryscape-ratio"
        >
          <PlotlyFigure figure={dots} height={300} alt="Learned against exact ratio" />
        </FigureFrame>
        <FigureFrame
          summary={`Calibration: where the network says r, the events say the same within errors; χ² ${formatNumber(events.calibration.chi2, 3)} in ${events.calibration.points.length} bins.`}
          table={{
            caption: 'Calibration curve',
            columns: calibrationColumns,
            rows: events.calibration.points,
          }}
          fileName="theoryscape-ratio-calibration"
        >
          <PlotlyFigure figure={curve} height={300} alt="Calibration curve" />
        </FigureFrame>
      </div>
      <FigureFrame
        summary={decisionSummary(decisions)}
        table={{
          caption: 'Decision function: shares of events',
          columns: decisionColumns,
          rows: decisionRows(decisions),
        }}
        fileName="theoryscape-decision-function"
      >
        <PlotlyFigure figure={decision} height={280} alt={decisionSummary(decisions)} />
      </FigureFrame>
      <div className="fit-two">
        <DataTable caption="Learned ratio beside its exact limits" columns={checkColumns} rows={checks} />
        <DataTable
          caption="Reweighting closure: SM events times learned ratio against the term's own"
          columns={closureColumns}
          rows={events.closure}
        />
      </div>
    </div>
  )
}

function decisionSummary({ learned, exact }: DecisionHistograms): string {
  const parted = `both overlap in ${formatPercent(overlap(learned))}`
  return (
    'Decision function g = 1/(1 + r), r the ratio of normalised densities: events of the SM lie towards 1, those of the term towards 0; ' +
    (exact
      ? `${parted}, by the exact ratio in ${formatPercent(overlap(exact))}.`
      : `${parted}. No closed form is known for these features.`)
  )
}

interface DecisionRow {
  low: number
  sm: number
  term: number
  smExact: number | null
  termExact: number | null
}

const decisionColumns: Column<DecisionRow>[] = [
  { key: 'low', label: 'g from', value: ({ low }) => low },
  { key: 'sm', label: 'SM, learned', value: ({ sm }) => sm },
  { key: 'term', label: 'term, learned', value: ({ term }) => term },
  { key: 'smExact', label: 'SM, exact', value: ({ smExact }) => smExact },
  { key: 'termExact', label: 'term, exact', value: ({ termExact }) => termExact },
]

const decisionRows = ({ edges, learned, exact }: DecisionHistograms): DecisionRow[] =>
  learned.sm.map((sm, k) => ({
    ...{ low: edges[k], sm, term: learned.term[k] },
    ...{ smExact: exact?.sm[k] ?? null, termExact: exact?.term[k] ?? null },
  }))

type CalibrationPoint = RatioDiagnostics['events']['calibration']['points'][number]

const calibrationColumns: Column<CalibrationPoint>[] = [
  { key: 'predicted', label: 'mean learned ratio', value: ({ predicted }) => predicted },
  {
    key: 'observed',
    label: 'ratio of events',
    value: ({ observed }) => observed,
    format: ({ observed, error }) => formatWithError(observed, error),
  },
  { key: 'error', label: 'error', value: ({ error }) => error },
]

interface ScatterRow {
  exact: number
  learned: number
  spread: number | null
}

const scatterColumns: Column<ScatterRow>[] = [
  { key: 'exact', label: 'exact', value: ({ exact }) => exact },
  { key: 'learned', label: 'learned', value: ({ learned }) => learned },
  { key: 'spread', label: 'spread of replicas', value: ({ spread }) => spread },
]

function scatterRows(points: {
  learned: Float64Array
  exact: Float64Array
  spread: Float64Array | null
}): ScatterRow[] {
  return Array.from(points.exact, (exact, i) => ({
    exact,
    learned: points.learned[i],
    spread: points.spread?.[i] ?? null,
  }))
}
