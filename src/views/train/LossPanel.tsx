import { useMemo } from 'react'
import type { TrainingMoment } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import type { Column } from '../common/DataTable.tsx'
import { Badge } from '../common/Badge.tsx'
import { FigureFrame } from '../common/FigureFrame.tsx'
import { paperTheme } from '../common/figure-theme.ts'
import { Panel } from '../common/Panel.tsx'
import { exportFigure } from '../common/plotly.ts'
import { PlotlyFigure } from '../common/PlotlyFigure.tsx'
import { useFigureTheme } from '../common/use-figure-theme.ts'
import { exportWithProvenance } from '../explore/provenance.ts'
import { trainingFigure, trainingSummary, type TrainingFigureInput } from './figure.ts'
import { lossLabels } from './labels.ts'
import { useTraining } from './use-training.ts'

const columns: Column<TrainingMoment>[] = [
  { key: 'step', label: 'step', value: (m) => m.step, format: (m) => String(m.step) },
  { key: 'loss', label: 'batch loss', value: (m) => m.loss },
  { key: 'heldOut', label: 'held-out loss', value: (m) => m.heldOutLoss },
  { key: 'rank', label: 'effective rank', value: (m) => m.effectiveRank },
]

const exportSize = { width: 720, height: 480 }

/** Loss of the batches and of held-out universes, and whether the latent space is in use. */
export function LossPanel() {
  const { store } = useApp()
  // Plots cost more than numbers: twice a second is enough to see a curve move.
  const { run } = useTraining(500)
  const planned = useAppState((state) => state.intent.training)
  const theme = useFigureTheme()
  const { losses, moments, shown, about, steps } = run
  const config = about?.config ?? planned
  const input = useMemo(
    (): TrainingFigureInput => ({
      losses,
      moments,
      steps: steps || config.steps,
      latentDim: config.latentDim,
      shownStep: shown === null ? null : (moments[shown]?.step ?? null),
      theme,
    }),
    [losses, moments, steps, shown, config, theme],
  )
  const figure = useMemo(() => trainingFigure(input), [input])
  if (losses.length === 0 && moments.length === 0)
    return (
      <Panel
        title="Loss"
        state={{ kind: 'empty', message: 'The loss of batches and of held-out universes appears here.' }}
      />
    )
  const collapsed = moments.at(-1)?.collapsed
  const summary = trainingSummary(input)
  const exportAs = async (format: 'svg' | 'png') => {
    const paper = trainingFigure({ ...input, theme: paperTheme })
    await exportWithProvenance(
      store.getState(),
      await exportFigure(paper, format, exportSize),
      format,
      'loss',
    )
  }
  return (
    <Panel
      title="Loss"
      badges={
        <>
          <Badge>{lossLabels[config.loss]}</Badge>
          {collapsed && (
            <Badge
              tone="warn"
              title="All universes on one place or line: raise the temperature or lower the rate"
            >
              collapsed
            </Badge>
          )}
        </>
      }
    >
      <FigureFrame
        summary={summary}
        table={{ caption: 'Evaluations on held-out universes', columns, rows: moments }}
        exports={[
          { label: 'SVG', run: () => void exportAs('svg') },
          { label: 'PNG', run: () => void exportAs('png') },
        ]}
        onExportCsv={(csv) => void exportWithProvenance(store.getState(), csv, 'csv', 'loss')}
      >
        <PlotlyFigure figure={figure} height={270} alt={summary} />
      </FigureFrame>
    </Panel>
  )
}
