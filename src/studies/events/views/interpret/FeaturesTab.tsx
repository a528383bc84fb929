import { useMemo } from 'react'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { formatWithError } from '../../../../ui/common/format.ts'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { eventFeatureNames } from '../../analysis/features/event-features.ts'
import type { FeatureImportance } from '../../analysis/feature-importance.ts'
import { chosenPair } from '../../state/chosen-pair.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'
import { importanceFigure } from './importance-figure.ts'
import { PairChoice } from './PairChoice.tsx'

const exportSize = { width: 720, height: 560 }
/** Of each model and part: 5 events in a set of ten are then those of all. */
const setsOf = (perSet: number): number => Math.max(60, Math.min(400, Math.floor(4000 / perSet)))

/** Which features keep two models apart on the map. */
export function FeaturesTab({ map, marks }: { map: EventsMap; marks: readonly ModelMark[] }) {
  const { importance, askImportance } = useEvents()
  const intent = useEventsState((state) => state.intent)
  const now = useEventsState((state) => state.importance)
  const complete = useEventsState((state) => state.map.status === 'ready')
  const pair = chosenPair(map, intent)
  const [a, b] = pair.map((place) => map.models[place])
  const { encoder, perSet } = map
  const sets = setsOf(perSet)
  const { result, retry } = useProduct(importance, now, {
    key:
      complete && a && b
        ? JSON.stringify([map.content, a.id, b.id, encoder.id, perSet, sets, intent.seed])
        : null,
    label: 'Dealing features anew',
    make: askImportance({ a, b, encoder, perSet, sets, seed: intent.seed }),
  })
  return (
    <div className="stack">
      <PairChoice {...{ marks, pair }} />
      <AnswerState answer={result} onRetry={retry} />
      {result.value && <Told {...{ marks, importance: result.value, perSet }} />}
    </div>
  )
}

interface ToldProps {
  marks: readonly ModelMark[]
  importance: FeatureImportance
  perSet: number
}

function Told({ marks, importance, perSet }: ToldProps) {
  const { context } = useEvents()
  const theme = useFigureTheme()
  const { auc, drops, pair } = importance
  const figure = useMemo(() => importanceFigure(importance, theme), [importance, theme])
  const [one, other] = pair.map((id) => marks.find((mark) => mark.id === id)?.label ?? id)
  const best = drops.reduce((most, drop, k) => (drop.value > drops[most].value ? k : most), 0)
  const summary =
    `${one} and ${other}: AUC on the map ${formatWithError(auc.value, auc.error)} for sets of ${perSet} test events. ` +
    `Most is lost without ${eventFeatureNames[best].label}: ${formatWithError(drops[best].value, drops[best].error)}. ` +
    'Each feature was dealt anew among all events, four times; what others tell as well is not lost.'
  const save = (format: 'svg' | 'png') => async () => {
    const file = await exportFigure(importanceFigure(importance, paperTheme), format, exportSize)
    await exportWithProvenance(context, file, format, 'importance')
  }
  return (
    <FigureFrame
      summary={summary}
      fileName="importance"
      onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'importance')}
      exports={[
        { label: 'SVG', run: save('svg') },
        { label: 'PNG', run: save('png') },
      ]}
      table={{
        caption: `AUC lost without a feature, ${one} and ${other}`,
        rows: drops.map((drop, k) => ({ ...drop, label: eventFeatureNames[k].label })),
        columns: [
          { key: 'feature', label: 'feature', value: ({ label }) => label },
          { key: 'loss', label: 'AUC lost', value: ({ value }) => value },
          { key: 'error', label: 'error', value: ({ error }) => error },
        ],
      }}
    >
      <PlotlyFigure figure={figure} height={420} alt={summary} />
    </FigureFrame>
  )
}
