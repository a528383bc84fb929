import { useMemo } from 'react'
import { setupTerms, termVanishes } from '../../analysis/top-pair/ratios/network-tasks.ts'
import type { RatioDiagnostics } from '../../analysis/top-pair/fit/fit-jobs.ts'
import { ratioPresets } from '../../ml/ratio/ratio-presets.ts'
import type { FitState } from '../../state/fit-state.ts'
import { useAppState } from '../app-context.tsx'
import { DataTable, type Column } from '../common/DataTable.tsx'
import { FigureFrame } from '../common/FigureFrame.tsx'
import { formatNumber, formatPercent, formatWithError, formatCount } from '../common/format.ts'
import { ErrorState } from '../common/Panel.tsx'
import { PlotlyFigure } from '../common/PlotlyFigure.tsx'
import { Progress } from '../common/Progress.tsx'
import { useFigureTheme } from '../common/use-figure-theme.ts'
import { useFit, useFitActions } from './fit-context.tsx'
import { calibrationCurveFigure, heatFigure, lossFigure, scatterFigure } from './ratio-figures.ts'
import { tileName } from './tile-text.ts'

const selectNetworks = (fit: FitState) => fit.networks
const selectDiagnostics = (fit: FitState) => fit.diagnostics

/** What the networks of one term have learned, against the exact ratio. */
export function RatioPanel({ term, onTerm }: { term: string | null; onTerm: (term: string) => void }) {
  const fit = useFitActions()
  const setup = useAppState((state) => state.intent.fit)
  const networks = useFit(selectNetworks)
  const diagnostics = useFit(selectDiagnostics)
  const theme = useFigureTheme()
  const terms = setupTerms(setup).filter((name) => !termVanishes(name))
  const shown = term !== null && terms.includes(term) ? term : (terms[0] ?? null)
  const own = networks.filter(({ task }) => shown !== null && task.terms.includes(shown))
  const curves = useMemo(
    () => own.map(({ task, history }) => ({ name: `replica ${task.replica + 1}`, history })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- own is a new list at every render
    [networks, shown],
  )
  const epochs = Math.max(...own.map((tile) => tile.epochs), ...own.map(({ epoch }) => epoch), 1)
  const losses = useMemo(() => lossFigure(curves, epochs, theme), [curves, epochs, theme])
  if (shown === null) return <p className="soft">No term of this set-up needs a network.</p>
  const trained = own.filter(({ network }) => network).length
  const found = diagnostics[shown]
  const seen = curves.some(({ history }) => history.length > 0)
  return (
    <div className="stack">
      <div className="row">
        <label className="row small">
          term
          <select
            className="select"
            aria-label="Term"
            value={shown}
            onChange={(event) => onTerm(event.target.value)}
          >
            {terms.map((name) => (
              <option key={name} value={name}>
                {tileName([name])}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          disabled={trained === 0 || found?.status === 'running'}
          onClick={() => void fit.diagnose(shown)}
        >
          Compare with the exact ratio
        </button>
        {trained === 0 && <span className="small soft">Train this network first.</span>}
      </div>
      {own.map(({ error, key }) => error && <ErrorState key={key} error={error} />)}
      {seen && (
        <FigureFrame
          summary={lossSentence(curves)}
          table={{
            caption: 'Loss by epoch',
            columns: lossColumns,
            rows: curves.flatMap(({ name, history }) => history.map((record) => ({ name, ...record }))),
          }}
          fileName="theoryscape-ratio-loss"
        >
          <PlotlyFigure figure={losses} height={260} alt={lossSentence(curves)} />
        </FigureFrame>
      )}
      {!seen && <p className="soft">The loss of training and validation events appears here.</p>}
      {found?.status === 'running' && (
        <Progress label={found.label ?? 'Comparing'} fraction={found.fraction ?? undefined} />
      )}
      {found?.status === 'failed' && found.error && (
        <ErrorState error={found.error} onRetry={() => void fit.diagnose(shown)} />
      )}
      {found?.value && <Comparison diagnostics={found.value.value} learnsJointly={jointly(setup.preset)} />}
    </div>
  )
}

function jointly(preset: keyof typeof ratioPresets): boolean {
  return ratioPresets[preset].method.kind !== 'classifier'
}

interface LossRow {
  name: string
  epoch: number
  loss: number
  validationLoss: number
}

const lossColumns: Column<LossRow>[] = [
  { key: 'name', label: 'network', value: ({ name }) => name },
  { key: 'epoch', label: 'epoch', value: ({ epoch }) => epoch, format: ({ epoch }) => String(epoch) },
  { key: 'loss', label: 'training loss', value: ({ loss }) => loss },
  { key: 'validation', label: 'validation loss', value: ({ validationLoss }) => validationLoss },
]

function lossSentence(curves: readonly { name: string; history: readonly LossLike[] }[]): string {
  const parts = curves.flatMap(({ name, history }) => {
    if (history.length === 0) return []
    const best = history.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a))
    return [`${name}: lowest validation loss ${formatNumber(best.validationLoss, 5)} at epoch ${best.epoch}`]
  })
  return parts.length > 0 ? `${parts.join('; ')}. Dotted: training.` : 'No epoch has ended yet.'
}

type LossLike = { epoch: number; validationLoss: number }

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

function Comparison({
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
  const dots = useMemo(
    () =>
      scatterFigure(
        parton ? { learned: parton.ratios.learned, exact: parton.ratios.exact, spread: null } : scatter,
        label,
        theme,
      ),
    [parton, scatter, label, theme],
  )
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
          summary={`Ratio of ${term} to the SM over m_tt and y_tt: learned, exact by quadrature, and their quotient. SM-weighted RMS of ln(learned/exact) ${formatNumber(parton.comparison.rmsLogRatioCentral, 2)} in the central 99 %.`}
        >
          <PlotlyFigure figure={heat} height={300} alt="Learned and exact ratio over m_tt and y_tt" />
        </FigureFrame>
      )}
      <div className="fit-two">
        <FigureFrame
          summary={
            parton
              ? 'Learned against exact ratio at the points of a quadrature.'
              : 'Learned ratio (median, bars: spread of replicas) against the joint ratio of each event, which fluctuates about the exact ratio of the features: a cloud about the diagonal, not a line.'
          }
          table={{
            caption: 'Learned and exact ratio',
            columns: scatterColumns,
            rows: scatterRows(parton ? { ...parton.ratios, spread: null } : scatter),
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
