import { useMemo } from 'react'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { formatWithError } from '../../../../ui/common/format.ts'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { madeAlike } from '../../analysis/distances/made-alike.ts'
import type { SetSizePoint } from '../../analysis/distances/set-size-curve.ts'
import { chosenPair } from '../../state/chosen-pair.ts'
import type { CurveOfPair, EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'
import { curveFigure } from './curve-figure.ts'
import { PairChoice } from './PairChoice.tsx'
import { limitWords } from './pair-words.ts'

const sizes = [1, 2, 3, 5, 10, 20, 30]
const exportSize = { width: 720, height: 480 }

/** How two models come apart as sets grow: on the best linear map, by networks, and at most. */
export function SetSizeTab({ map, marks }: { map: EventsMap; marks: readonly ModelMark[] }) {
  const { curve, askCurve } = useEvents()
  const intent = useEventsState((state) => state.intent)
  const now = useEventsState((state) => state.curve)
  const complete = useEventsState((state) => state.map.status === 'ready')
  const pair = chosenPair(map, intent)
  const { models, content } = map
  const request = { models, pair, sizes, encoders: null, seed: intent.seed }
  const key = JSON.stringify([content, pair, intent.seed])
  const { result, retry } = useProduct(curve, now, {
    // With networks it is the same question, and more of an answer.
    key: complete ? (now.key === `${key} networks` ? now.key : key) : null,
    label: 'Sets of many sizes',
    make: askCurve({ ...request, supervised: false }),
  })
  return (
    <div className="stack">
      <PairChoice {...{ marks, pair }} />
      <AnswerState answer={result} onRetry={retry} />
      {result.value && result.value.points.length > 0 && <Told {...{ marks, curve: result.value }} />}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={!complete || result.status === 'running'}
          onClick={() =>
            void curve.make('Training networks', askCurve({ ...request, supervised: true }), {
              key: `${key} networks`,
            })
          }
        >
          Train a network for each size
        </button>
        {result.status === 'running' && (
          <button type="button" className="button" onClick={() => curve.cancel()}>
            Cancel
          </button>
        )}
      </div>
    </div>
  )
}

function Told({ marks, curve: { pair, points } }: { marks: readonly ModelMark[]; curve: CurveOfPair }) {
  const { context } = useEvents()
  const theme = useFigureTheme()
  const figure = useMemo(() => curveFigure(points, theme), [points, theme])
  const [one, other] = pair.map((id) => marks.find((mark) => mark.id === id)?.label ?? id)
  const told = (name: string, of: Estimate | null | undefined) =>
    of ? `${name} ${formatWithError(of.value, of.error)}` : ''
  const last = points[points.length - 1]
  const summary =
    `${one} and ${other}: AUC for sets of ${last.perSet}: ` +
    [
      told('on the best linear map', last.aucLatent),
      told('a network of the pair', last.aucSupervised),
      told('limit', last.aucExact),
    ]
      .filter(Boolean)
      .join(', ') +
    `. ${limitWords(last.aucExact && madeAlike({ id: pair[0] }, { id: pair[1] }))}`
  const save = (format: 'svg' | 'png') => async () => {
    const file = await exportFigure(curveFigure(points, paperTheme), format, exportSize)
    await exportWithProvenance(context, file, format, 'set-size')
  }
  const column = (name: string, of: (point: SetSizePoint) => Estimate | null) => [
    { key: name, label: name, value: (point: SetSizePoint) => of(point)?.value ?? null },
    { key: `${name} error`, label: 'error', value: (point: SetSizePoint) => of(point)?.error ?? null },
  ]
  return (
    <FigureFrame
      summary={summary}
      fileName="set-size"
      onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'set-size')}
      exports={[
        { label: 'SVG', run: save('svg') },
        { label: 'PNG', run: save('png') },
      ]}
      table={{
        caption: `AUC of ${one} and ${other} by events per set`,
        rows: points,
        columns: [
          { key: 'perSet', label: 'events per set', value: ({ perSet }) => perSet },
          ...column('on the map', ({ aucLatent }) => aucLatent),
          ...column('network', ({ aucSupervised }) => aucSupervised),
          ...column('limit', ({ aucExact }) => aucExact),
        ],
      }}
    >
      <PlotlyFigure figure={figure} height={320} alt={summary} />
    </FigureFrame>
  )
}
