import { useMemo } from 'react'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import type { FitState } from '../state/fit-state.ts'
import { useTopPair, useTopPairState } from './context.tsx'
import { Badge } from '../../../ui/common/Badge.tsx'
import type { Column } from '../../../ui/common/DataTable.tsx'
import { download } from '../../../ui/common/download.ts'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { formatEdge, formatNumber, formatWithError } from '../../../ui/common/format.ts'
import { Panel, type PanelState } from '../../../ui/common/Panel.tsx'
import { exportFigure } from '../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { sameItems, useSame } from '../../../ui/common/use-same.ts'
import {
  dataFigure,
  dataRows,
  dataSummary,
  predictedCounts,
  type DataCurve,
  type DataRow,
} from './data-figure.ts'
import { commented, fitProvenance, svgWithComment } from './export-fit.ts'
import { useFit, useFitActions } from './fit-context.tsx'
import { kindStyles } from './kinds.ts'

const selectData = (fit: FitState) => fit.data
const selectFits = (fit: FitState) => fit.fits

/** Observed counts beside the SM, the truth and the best fits. */
export function DataPanel() {
  const { context } = useTopPair()
  const fit = useFitActions()
  const data = useFit(selectData)
  const fits = useFit(selectFits)
  const shown = useTopPairState((state) => state.intent.fitKinds)
  useTopPairState((state) => state.intent.fit)
  const theme = useFigureTheme()
  const made = data.value
  const fitted = useSame(
    fitKinds.flatMap((kind) => {
      const outcome = fits[kind].outcome?.value
      return outcome && shown.includes(kind) && outcome.dataKey === made?.value.key ? [outcome] : []
    }),
    sameItems,
  )
  const input = useMemo(() => {
    if (!made) return null
    const { value, setup } = made
    const d = setup.operators.length
    const known = value.source === 'simulated' && setup.operators.some((name) => setup.truth[name])
    const curves: DataCurve[] = [
      ...(known
        ? [
            {
              name: 'truth',
              colour: theme.ink,
              dash: 'dash',
              values: predictedCounts(
                value,
                setup.operators.map((name) => setup.truth[name] ?? 0),
              ),
            },
          ]
        : []),
      ...fitted.map(({ kind, best: { theta } }) => ({
        name: `best ${kindStyles[kind].label}`,
        colour: kindStyles[kind].colour,
        dash: kindStyles[kind].dash,
        values: predictedCounts(value, theta.slice(0, d)),
      })),
    ]
    return {
      data: value,
      curves,
      theme,
      facts: [
        `${value.source === 'simulated' ? 'simulated, ' : ''}${formatNumber(value.luminosityInvPb / 1000, 3)} fb<sup>−1</sup>`,
        `√<i>s</i> = ${setup.sqrtSGeV / 1000} TeV, LO`,
      ],
    }
  }, [made, fitted, theme])
  const figure = useMemo(() => input && dataFigure(input), [input])
  const state: PanelState =
    data.status === 'running' && !made
      ? { kind: 'loading', label: data.label ?? 'Preparing', fraction: data.fraction ?? undefined }
      : data.status === 'running'
        ? { kind: 'partial', message: data.label ?? 'Preparing', fraction: data.fraction ?? undefined }
        : data.status === 'failed' && data.error
          ? {
              kind: 'error',
              error: data.error,
              onRetry: () => void fit.prepare(),
              keepContent: made !== undefined,
            }
          : made
            ? { kind: 'ready' }
            : { kind: 'empty', message: 'Observed events beside the prediction of the SM appear here.' }
  const summary = made ? dataSummary(made.value, made.value.events) : ''
  const saveSvg = async () => {
    if (!input) return
    const paper = dataFigure({ ...input, theme: paperTheme })
    const svg = await exportFigure(paper, 'svg', { width: 640, height: 480 })
    const lines = await fitProvenance(context, null)
    download(svgWithComment(await svg.text(), lines), 'theoryscape-events.svg', 'image/svg+xml')
  }
  return (
    <Panel
      title="Observed data"
      state={state}
      badges={
        made && (
          <>
            <Badge>{made.value.source === 'simulated' ? 'simulated' : 'your file'}</Badge>
            {fit.dataIsStale() && <Badge tone="warn">of an earlier set-up</Badge>}
          </>
        )
      }
    >
      {input && figure && made && (
        <>
          <FigureFrame
            summary={summary}
            table={{
              caption: 'Observed and expected events per bin',
              columns: dataColumns(
                made.value.binned.unit,
                input.curves.map(({ name }) => name),
              ),
              rows: dataRows(input),
            }}
            exports={[{ label: 'SVG', run: saveSvg }]}
            fileName="theoryscape-events"
            onExportCsv={(csv) =>
              fitProvenance(context, null).then((lines) =>
                download(commented(lines) + csv, 'theoryscape-events.csv', 'text/csv;charset=utf-8'),
              )
            }
          >
            <PlotlyFigure figure={figure} height={330} alt={summary} />
          </FigureFrame>
          <details className="small fit-details">
            <summary>Cross-sections after cuts, and notes</summary>
            <table className="table">
              <caption className="visually-hidden">Cross-section after cuts, by polynomial term</caption>
              <thead>
                <tr>
                  <th scope="col">term</th>
                  <th scope="col" className="numeric">
                    σ [pb]
                  </th>
                </tr>
              </thead>
              <tbody>
                {made.value.fiducialPb.map(({ term, value, error }) => (
                  <tr key={term}>
                    <td>{term === '1' ? 'SM' : term}</td>
                    <td className="numeric">{formatWithError(value, error)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <ul className="soft">
              {made.value.notes.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Panel>
  )
}

function dataColumns(unit: string, curves: readonly string[]): Column<DataRow>[] {
  const edge = { unit: unit === '1' ? undefined : unit }
  return [
    { key: 'low', label: 'from', ...edge, value: (row) => row.low, format: (row) => formatEdge(row.low) },
    { key: 'high', label: 'to', ...edge, value: (row) => row.high, format: (row) => formatEdge(row.high) },
    { key: 'n', label: 'observed', value: (row) => row.observed, format: (row) => String(row.observed) },
    { key: 'down', label: 'error −', value: (row) => row.errorLow },
    { key: 'up', label: 'error +', value: (row) => row.errorHigh },
    { key: 'sm', label: 'SM', value: (row) => row.sm },
    ...curves.map((label, k): Column<DataRow> => ({ key: label, label, value: (row) => row.curves[k] })),
  ]
}
