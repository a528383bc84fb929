import { useMemo } from 'react'
import { intervalsLatex } from '../analysis/fit/intervals-latex.ts'
import { posteriorAsCsv, posteriorGetDist, posteriorParquet } from '../analysis/fit/posterior-files.ts'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import type { FitState, FitTrack } from '../state/fit-state.ts'
import { useTopPair, useTopPairState } from './context.tsx'
import { Badge } from '../../../ui/common/Badge.tsx'
import { download } from '../../../ui/common/download.ts'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { formatCount } from '../../../ui/common/format.ts'
import { ErrorState, Panel } from '../../../ui/common/Panel.tsx'
import { exportFigure } from '../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { Segmented } from '../../../ui/common/Segmented.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { cornerFigure } from './corner-figure.ts'
import { cornerNames, frontKind, styleOf } from './corner-input.ts'
import { ChainRow } from './ChainRow.tsx'
import { bimodalWarnings, cornerSummary } from './corner-words.ts'
import { commented, downloadPicture, fitProvenance } from './export-fit.ts'
import { useFit, useFitActions } from './fit-context.tsx'
import { kindStyles } from './kinds.ts'
import { liveFigure, livePointsText } from './live-figure.ts'
import { parameterLabel } from './parameter-label.ts'
import { pythonSnippet } from './python-snippet.ts'
import { densityColumns, densityRows } from './density-table.ts'
import { useCornerInput } from './use-corner-input.ts'

const selectFits = (fit: FitState) => fit.fits
const selectChain = (fit: FitState) => fit.chain

/** The hero: joint and single posteriors of all kinds of fit over each other; live points while there is none. */
export function CornerPanel() {
  const { context } = useTopPair()
  const fit = useFitActions()
  // The live points are a picture of hundreds of marks: twice a second is enough.
  const fits = useFit(selectFits, 500)
  const shown = useTopPairState((state) => state.intent.fitKinds)
  const chosen = useTopPairState((state) => state.intent.fitFront)
  const finished = fitKinds.filter((kind) => fits[kind].outcome)
  const drawn = finished.filter((kind) => shown.includes(kind))
  const outcomes = drawn.map((kind) => fits[kind].outcome).filter((outcome) => outcome !== null)
  const chain = useFit(selectChain)
  const front = frontKind(chain ? [...drawn, 'foreign'] : drawn, chosen)
  const input = useCornerInput(outcomes, front, chain?.posterior ?? null)
  const figure = useMemo(() => input && cornerFigure(input), [input])
  const failures = fitKinds.filter((kind) => fits[kind].status === 'failed')
  const running = fitKinds.find((kind) => fits[kind].live)

  if (!input || !figure) {
    if (running) return <LivePanel kind={running} track={fits[running]} />
    if (finished.length === 0)
      return (
        <Panel
          title="Posterior"
          className="fit-corner"
          state={
            failures.length > 0 && fits[failures[0]].error
              ? { kind: 'error', error: fits[failures[0]].error!, onRetry: () => void fit.runAll() }
              : {
                  kind: 'empty',
                  message:
                    'The corner plot appears here: binned, unbinned and exact posteriors over each other. Run all makes it.',
                }
          }
        />
      )
  }
  const names = input ? cornerNames(input.outcomes) : []
  const height = names.length === 1 ? 420 : names.length === 2 ? 560 : Math.min(860, 190 * names.length + 60)
  const exports = input
    ? [
        { label: 'Corner plot, SVG', run: () => savePicture('svg') },
        { label: 'Corner plot, PNG', run: () => savePicture('png') },
        { label: 'Intervals, LaTeX', run: saveLatex },
        ...drawn.flatMap((kind) => kindExports(kind)),
      ]
    : []

  async function savePicture(format: 'svg' | 'png'): Promise<void> {
    if (!input) return
    const paper = cornerFigure({ ...input, theme: paperTheme })
    const picture = await exportFigure(paper, format, { width: 760, height: Math.max(560, height) })
    await downloadPicture(picture, format, 'theoryscape-corner', await fitProvenance(context, outcomes[0]))
  }

  async function saveLatex(): Promise<void> {
    const lines = await fitProvenance(context, outcomes[0])
    const labelled = (input?.outcomes ?? []).map((one) => ({ ...one, label: styleOf(one).label }))
    download(intervalsLatex(labelled, lines), 'theoryscape-intervals.tex', 'application/x-tex')
  }

  function kindExports(kind: FitKind) {
    const outcome = fits[kind].outcome
    if (!outcome) return []
    const { value, setup } = outcome
    const name = `theoryscape-${kind}`
    const labels = value.names.map((entry) => parameterLabel(entry).latex)
    const unbounded = value.names.filter((entry) => !(setup.operators as string[]).includes(entry))
    return [
      {
        label: `GetDist chain, ${kind}`,
        run: async () => {
          const files = posteriorGetDist(value, labels, setup.priorHalfWidth, unbounded)
          const lines = await fitProvenance(context, outcome)
          download(files.chain, `${name}.txt`)
          download(files.paramNames, `${name}.paramnames`)
          download(files.ranges, `${name}.ranges`)
          download(files.properties, `${name}.properties.ini`)
          download(commented(lines), `${name}.provenance.txt`)
        },
      },
      {
        label: `Posterior CSV, ${kind}`,
        run: async () => {
          const lines = await fitProvenance(context, outcome)
          download(commented(lines) + posteriorAsCsv(value), `${name}.csv`, 'text/csv;charset=utf-8')
        },
      },
      {
        label: `Posterior Parquet, ${kind}`,
        run: async () => {
          const bytes = await posteriorParquet(value)
          const lines = await fitProvenance(context, outcome)
          download(new Blob([bytes as BlobPart]), `${name}.parquet`)
          download(commented(lines), `${name}.provenance.txt`)
        },
      },
      {
        label: `Copy as Python, ${kind}`,
        run: async () => {
          const lines = await fitProvenance(context, outcome)
          await navigator.clipboard.writeText(
            pythonSnippet({ kind, names: value.names, truth: input?.truth ?? null, provenance: lines }),
          )
          context.notify('info', `Python for getdist and corner copied; it reads ${name}.csv and the chain.`)
        },
      },
    ]
  }

  const warnings = input ? bimodalWarnings(input.outcomes) : []
  const stale = drawn.filter((kind) => fit.isStale(kind))
  return (
    <Panel
      title="Posterior"
      className="fit-corner"
      badges={
        warnings.length > 0 && (
          <Badge tone="warn" title={warnings.map(({ text }) => text).join('; ')}>
            {warnings.length > 1 ? 'several modes' : 'two modes'}
          </Badge>
        )
      }
      actions={<KindToggle finished={finished} />}
    >
      {input && figure && (
        <FigureFrame
          summary={cornerSummary(input)}
          table={{
            caption: 'Marginal densities [1/TeV⁻²]',
            columns: densityColumns,
            rows: densityRows(input.outcomes),
          }}
          exports={exports}
          fileName="theoryscape-marginals"
          legend={
            front && front !== 'foreign' && drawn.length > 1 && <FrontChoice drawn={drawn} front={front} />
          }
        >
          <PlotlyFigure figure={figure} height={height} alt={cornerSummary(input)} />
        </FigureFrame>
      )}
      {!input && <p className="soft">Tick a fit above to draw its posterior.</p>}
      {stale.length > 0 && (
        <p className="small fit-note" role="status">
          {stale.map((kind) => kindStyles[kind].label).join(', ')} belong{stale.length > 1 ? '' : 's'} to an
          earlier set-up: Run all makes {stale.length > 1 ? 'them' : 'it'} anew.
        </p>
      )}
      {warnings.length > 0 && (
        <ul className="small fit-warnings">
          {warnings.map(({ text }) => (
            <li key={text}>{text}. One interval or a mean hides this; read the segments.</li>
          ))}
        </ul>
      )}
      <ChainRow chain={chain} />
      {input?.outcomes.map(
        ({ kind, notes }) =>
          notes.length > 0 && (
            <ul key={kind} className="small fit-warnings">
              {notes.map((note) => (
                <li key={note}>
                  {kindStyles[kind].label}: {note}
                </li>
              ))}
            </ul>
          ),
      )}
      {failures.map((kind) => {
        const { error } = fits[kind]
        return error && <ErrorState key={kind} error={error} />
      })}
    </Panel>
  )
}

function KindToggle({ finished }: { finished: readonly FitKind[] }) {
  const { context } = useTopPair()
  const shown = useTopPairState((state) => state.intent.fitKinds)
  return (
    <div className="row" role="group" aria-label="Fits drawn">
      {fitKinds.map((kind) => {
        const on = shown.includes(kind)
        return (
          <label key={kind} className="fit-kind" title={kindStyles[kind].about}>
            <input
              type="checkbox"
              checked={on}
              disabled={on && shown.length === 1}
              onChange={() =>
                context.change({
                  fitKinds: fitKinds.filter((entry) => (entry === kind ? !on : shown.includes(entry))),
                })
              }
            />
            <span className="fit-swatch" style={{ background: kindStyles[kind].colour }} aria-hidden="true" />
            {kindStyles[kind].label}
            {!finished.includes(kind) && <span className="visually-hidden">, not fitted yet</span>}
          </label>
        )
      })}
    </div>
  )
}

/** Brings one posterior in front: filled, the others as outlines over it. */
function FrontChoice({ drawn, front }: { drawn: readonly FitKind[]; front: FitKind }) {
  const { context } = useTopPair()
  return (
    <div className="row fit-front">
      <span className="small soft">filled</span>
      <Segmented
        label="Posterior in front"
        choices={drawn.map((id) => ({ id, label: kindStyles[id].label }))}
        value={front}
        onChange={(fitFront) => context.change({ fitFront })}
      />
    </div>
  )
}

/** The sampler at work, before there is a posterior. */
function LivePanel({ kind, track }: { kind: FitKind; track: FitTrack }) {
  const theme = useFigureTheme()
  const setup = useTopPairState((state) => state.intent.fit)
  const { live } = track
  const figure = useMemo(() => {
    if (!live) return null
    const d = live.live.theta.length / live.live.logL.length
    const names = [...setup.operators, 'luminosity'].slice(0, d)
    return liveFigure({ names, ...live.live }, setup.priorHalfWidth, theme)
  }, [live, setup, theme])
  if (!live || !figure) return null
  const { report } = live
  const summary = `${kindStyles[kind].label} fit under way: ${livePointsText(live.live.logL.length)} after ${formatCount(report.iteration)} replacements, ${formatCount(report.calls)} likelihood calls, ${(100 * report.remainder).toPrecision(2)} % of the evidence still to come.`
  return (
    <Panel
      title="Posterior"
      className="fit-corner"
      state={{
        kind: 'partial',
        message: `Sampling, ${kindStyles[kind].label}`,
        fraction: 1 - report.remainder,
      }}
    >
      <FigureFrame summary={summary}>
        <PlotlyFigure figure={figure} height={520} alt={summary} />
      </FigureFrame>
    </Panel>
  )
}
