import { useMemo } from 'react'
import type { TransformerRecord } from '../../../../ml/transformer/transformer-checkpoint.ts'
import type { Column } from '../../../../ui/common/DataTable.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import type { TransformerLosses } from '../../state/transformer-run.ts'
import { useMultiTop } from '../context.tsx'
import { exportWithProvenance } from '../provenance.ts'
import { twoLossesFigure, twoLossesSummary } from './loss-figure.ts'

const columns: Column<TransformerRecord>[] = [
  { key: 'epoch', label: 'epoch', value: ({ epoch }) => epoch, format: ({ epoch }) => String(epoch) },
  { key: 'rec', label: 'hidden numbers, training', value: ({ reconstruction }) => reconstruction },
  { key: 'recVal', label: 'validation', value: ({ validationReconstruction }) => validationReconstruction },
  { key: 'cls', label: 'classes, training', unit: 'nats', value: ({ classification }) => classification },
  {
    ...{ key: 'clsVal', label: 'validation', unit: 'nats' },
    value: ({ validationClassification }) => validationClassification,
  },
]

/** Both losses of a training beside what they are without a transformer. */
export function TwoLossesPanel({ losses, epochs }: { losses: TransformerLosses; epochs: number }) {
  const { context } = useMultiTop()
  const theme = useFigureTheme()
  const { records, levels } = losses
  const input = useMemo(() => ({ records, levels, epochs, theme }), [records, levels, epochs, theme])
  const figure = useMemo(() => twoLossesFigure(input), [input])
  if (records.length === 0)
    return (
      <Panel
        title="Losses"
        state={{ kind: 'empty', message: 'Both losses appear here after the first epoch.' }}
      />
    )
  const summary = twoLossesSummary(input)
  const exportAs = async (format: 'svg' | 'png') => {
    const paper = twoLossesFigure({ ...input, theme: paperTheme })
    await exportWithProvenance(
      context,
      await exportFigure(paper, format, { width: 720, height: 520 }),
      format,
      'losses',
    )
  }
  return (
    <Panel title="Losses">
      <div className="stack">
        <FigureFrame
          summary={summary}
          table={{ caption: 'Losses by epoch', columns, rows: records }}
          exports={[
            { label: 'SVG', run: () => exportAs('svg') },
            { label: 'PNG', run: () => exportAs('png') },
          ]}
          onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'losses')}
        >
          <PlotlyFigure figure={figure} height={340} alt={summary} />
        </FigureFrame>
        <p className="small soft">
          Dashed: what needs no transformer, on the same validation events. Hidden numbers: mean squared error
          in standard deviations, beyond three of them linear. Algebra computes what{' '}
          <Typeset text="p_T, η, φ and p_x, p_y, p_z" /> of one object say of each other; trees have the
          numbers of jets, b-jets and leptons, HT and MET of the same training events.
        </p>
      </div>
    </Panel>
  )
}
