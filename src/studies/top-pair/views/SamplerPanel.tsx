import { useMemo } from 'react'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import type { FitState } from '../state/fit-state.ts'
import { useTopPairState } from './context.tsx'
import type { Column } from '../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { formatCount, formatNumber, formatWithError } from '../../../ui/common/format.ts'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { Segmented } from '../../../ui/common/Segmented.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { useFit } from './fit-context.tsx'
import { kindStyles } from './kinds.ts'
import { useFitPanels } from './use-fit-panels.ts'
import { liveFigure, livePointsText } from './live-figure.ts'
import { runFigure, traceFigure, traceLength } from './sampler-figures.ts'

const selectFits = (fit: FitState) => fit.fits

interface ReportRow {
  kind: FitKind
  iteration: number
  calls: number
  logX: number
  logZ: number
  remainder: number
}

const reportColumns: Column<ReportRow>[] = [
  { key: 'kind', label: 'fit', value: ({ kind }) => kind },
  {
    key: 'iteration',
    label: 'dead points',
    value: (r) => r.iteration,
    format: (r) => formatCount(r.iteration),
  },
  { key: 'calls', label: 'calls', value: (r) => r.calls, format: (r) => formatCount(r.calls) },
  { key: 'logX', label: 'ln X', value: (r) => r.logX },
  { key: 'logZ', label: 'ln Z', value: (r) => r.logZ },
  { key: 'remainder', label: 'still live', value: (r) => r.remainder },
]

/** How the nested runs climb, live; afterwards the trace of every parameter. */
export function SamplerPanel() {
  const fits = useFit(selectFits, 500)
  const setup = useTopPairState((state) => state.intent.fit)
  const theme = useFigureTheme()
  const [{ sampler: kind }, showIn] = useFitPanels()
  const curves = useMemo(
    () =>
      fitKinds
        .filter((name) => fits[name].reports.length > 1)
        .map((name) => ({ ...kindStyles[name], name: kindStyles[name].label, reports: fits[name].reports })),
    [fits],
  )
  const run = useMemo(() => runFigure(curves, theme), [curves, theme])
  const track = fits[kind]
  const { live, outcome } = track
  const points = useMemo(() => {
    if (!live) return null
    const d = live.live.theta.length / live.live.logL.length
    const names = [...setup.operators, 'luminosity'].slice(0, d)
    return liveFigure({ names, ...live.live }, setup.priorHalfWidth, theme)
  }, [live, setup, theme])
  const trace = useMemo(() => (outcome ? traceFigure(outcome.value, theme) : null), [outcome, theme])
  // A run may be over before its second report, and whichever ran must be there to be chosen.
  if (curves.length === 0 && fitKinds.every((name) => !fits[name].outcome))
    return (
      <p className="soft">
        While a fit samples, its live points, the climb of the likelihood and the evidence so far are drawn
        here.
      </p>
    )
  const sentence = fitKinds
    .flatMap((name) => {
      const { outcome, live } = fits[name]
      // A finished run is told by its result, as everywhere else: its last report came before the last live points.
      if (outcome && !live) {
        const { logZ, logZError, iterations, calls } = outcome.value
        return [
          `${kindStyles[name].label}: ln Z ${formatWithError(logZ, logZError)} after ${formatCount(iterations)} dead points and ${formatCount(calls)} calls, finished`,
        ]
      }
      const last = fits[name].reports.at(-1)
      return last
        ? [
            `${kindStyles[name].label}: ln Z ${formatWithError(last.logZ, last.logZError)} after ${formatCount(last.iteration)} dead points and ${formatCount(last.calls)} calls, ${formatNumber(100 * last.remainder, 2)} % still live`,
          ]
        : []
    })
    .join('; ')
  return (
    <div className="stack">
      {curves.length > 0 && (
        <FigureFrame
          summary={`${sentence}. Relative to the highest ln L; dotted: the lowest live point.`}
          table={{
            caption: 'Reports of the nested runs',
            columns: reportColumns,
            rows: fitKinds.flatMap((name) => fits[name].reports.map((report) => ({ kind: name, ...report }))),
          }}
          fileName="theoryscape-nested-run"
        >
          <PlotlyFigure figure={run} height={380} alt={sentence} />
        </FigureFrame>
      )}
      <Segmented
        label="Fit shown below"
        choices={fitKinds.map((id) => ({ id, label: kindStyles[id].label }))}
        value={kind}
        onChange={(sampler) => showIn({ sampler })}
      />
      {points && live && (
        <FigureFrame summary={`${livePointsText(live.live.logL.length)} of the ${kind} fit now.`}>
          <PlotlyFigure figure={points} height={360} alt="Live points" />
        </FigureFrame>
      )}
      {!live && outcome && trace && (
        <FigureFrame
          summary={`Every parameter of the ${kind} run in the order in which its ${formatCount(outcome.value.weights.length)} points died (drawn: ${formatCount(traceLength(outcome.value.weights.length))}); colour is posterior weight, the dashed line is where the last live points begin. Both modes of a posterior must stay populated to the end.`}
        >
          <PlotlyFigure
            figure={trace}
            height={Math.max(260, 130 * outcome.value.names.length)}
            alt="Trace of the nested run"
          />
        </FigureFrame>
      )}
      {!live && !outcome && <p className="soft">No {kind} run yet.</p>}
    </div>
  )
}
