import { useMemo } from 'react'
import { formatCount, formatWithError } from '../../../../ui/common/format.ts'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import type { SearchScore } from '../../analysis/search/anomaly-scores.ts'
import type { SearchView } from '../../analysis/search/search-view.ts'
import { useMultiTop } from '../context.tsx'
import { exportWithProvenance } from '../provenance.ts'
import { scoreLabels } from '../score-words.ts'
import { searchFigure } from './search-figure.ts'
import { alike, signalLabels } from './search-words.ts'

/** A score of the Standard Model, of a signal and of one's own events. */
export function SearchHistogram({ view, score }: { view: SearchView; score: SearchScore }) {
  const { context } = useMultiTop()
  const theme = useFigureTheme()
  const { standardModel, signal, ownEvents } = view
  const name = signalLabels[signal.id] ?? signal.id
  const input = useMemo(
    () => ({
      standardModel: { values: standardModel.scores[score], weights: standardModel.weights },
      signal: { values: signal.scores[score], weights: signal.weights },
      own: ownEvents && {
        values: Float64Array.from(ownEvents.selected, (row) => ownEvents.scores[score][row]),
        weights: new Float64Array(ownEvents.selected.length).fill(1),
        name: ownEvents.name,
      },
      cuts: alike(view)?.scores?.[score].efficiencies ?? [],
      ...{ score: scoreLabels[score], name, theme },
    }),
    [view, standardModel, signal, ownEvents, score, name, theme],
  )
  const figure = useMemo(() => searchFigure(input), [input])
  const report = alike(view)?.scores?.[score]
  const summary = `${scoreLabels[score]} of ${formatCount(standardModel.weights.length)} test events of the Standard Model, all classes alike, and of ${formatCount(signal.weights.length)} of ${name}${ownEvents ? `, of ${formatCount(ownEvents.selected.length)} of ${ownEvents.name}` : ''}, with a b-jet and a lepton each${report ? `; area under the curve ${formatWithError(report.auc.value, report.auc.error)}` : ''}. Dotted: cuts that let 10, 1 and 0.1 % of the Standard Model through.`
  const exportAs = async (format: 'svg' | 'png') =>
    exportWithProvenance(
      context,
      await exportFigure(searchFigure({ ...input, theme: paperTheme }), format, { width: 720, height: 420 }),
      format,
      'search',
    )
  return (
    <FigureFrame
      summary={summary}
      exports={[
        { label: 'SVG', run: () => exportAs('svg') },
        { label: 'PNG', run: () => exportAs('png') },
      ]}
    >
      <PlotlyFigure figure={figure} height={300} alt={summary} />
    </FigureFrame>
  )
}
