import { useMemo } from 'react'
import type { TrainingEvaluation, TrainingRun } from '../../core/training/training-run.ts'
import { Badge } from '../common/Badge.tsx'
import type { Column } from '../common/DataTable.tsx'
import { Panel } from '../common/Panel.tsx'
import { FigureFrame } from '../plots/FigureFrame.tsx'
import { paperTheme } from '../plots/figure-theme.ts'
import { exportFigure } from '../plots/plotly.ts'
import { PlotlyFigure } from '../plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../plots/use-figure-theme.ts'
import { lossFigure, lossSummary, type LossFigureInput } from './loss-figure.ts'

interface LossPanelProps {
  run: TrainingRun
  /** Steps that the page asks for, until a training has begun. */
  planned: number
  latentDim: number
  /** What the held-out loss is measured on: "held-out universes". */
  heldOut: string
  /** Beside the title, e.g. which loss it is. */
  badges: string[]
  /** What a collapsed map is, and the cure. */
  collapse: string
  onExport: (file: Blob | string, format: 'svg' | 'png' | 'csv') => void | Promise<void>
}

const columns: Column<TrainingEvaluation>[] = [
  { key: 'step', label: 'step', value: (m) => m.step, format: (m) => String(m.step) },
  { key: 'loss', label: 'batch loss', value: (m) => m.loss },
  { key: 'heldOut', label: 'held-out loss', value: (m) => m.heldOutLoss },
  { key: 'rank', label: 'effective rank', value: (m) => m.effectiveRank },
]

const exportSize = { width: 720, height: 480 }

/** Loss of the batches and of what was held out, and whether the latent space is in use. */
export function LossPanel(props: LossPanelProps) {
  const { run, planned, latentDim, heldOut, badges, collapse, onExport } = props
  const theme = useFigureTheme()
  const { losses, earlier, moments, shown, steps } = run
  const evaluations = useMemo(() => [...earlier, ...moments], [earlier, moments])
  const input = useMemo(
    (): LossFigureInput => ({
      ...{ losses, latentDim, heldOut, theme },
      moments: evaluations,
      steps: steps || planned,
      shownStep: shown === null ? null : (moments[shown]?.step ?? null),
    }),
    [losses, evaluations, moments, steps, shown, planned, latentDim, heldOut, theme],
  )
  const figure = useMemo(() => lossFigure(input), [input])
  if (losses.length === 0 && evaluations.length === 0)
    return (
      <Panel
        title="Loss"
        state={{ kind: 'empty', message: `The loss of batches and of ${heldOut} appears here.` }}
      />
    )
  const summary = lossSummary(input)
  const exportAs = async (format: 'svg' | 'png') => {
    const paper = lossFigure({ ...input, theme: paperTheme })
    await onExport(await exportFigure(paper, format, exportSize), format)
  }
  return (
    <Panel
      title="Loss"
      badges={
        <>
          {badges.map((badge) => (
            <Badge key={badge}>{badge}</Badge>
          ))}
          {moments.at(-1)?.collapsed && (
            <Badge tone="warn" title={collapse}>
              collapsed
            </Badge>
          )}
        </>
      }
    >
      <FigureFrame
        summary={summary}
        table={{ caption: `Evaluations on ${heldOut}`, columns, rows: evaluations }}
        exports={[
          { label: 'SVG', run: () => exportAs('svg') },
          { label: 'PNG', run: () => exportAs('png') },
        ]}
        onExportCsv={(csv) => onExport(csv, 'csv')}
      >
        <PlotlyFigure figure={figure} height={270} alt={summary} />
      </FigureFrame>
    </Panel>
  )
}
