import { useMemo } from 'react'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { formatWithError } from '../../../../ui/common/format.ts'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { useGroundColours } from '../../../../ui/map/use-ground-colours.ts'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { orderOfPairs } from '../../analysis/distances/order-of-pairs.ts'
import type { PairDistances } from '../../analysis/distances/distance-report.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'
import { matrixFigure } from './matrix-figure.ts'
import { PairPanel } from './PairPanel.tsx'
import { useDistances } from './use-distances.ts'
import { measureNames, measureOf, mergedPairs, type Measure } from './pair-words.ts'

const exportSize = { width: 720, height: 680 }

/** How far all pairs of models lie apart, with errors, and what could be known of each. */
export function DistancesTab({ map, marks }: { map: EventsMap; marks: readonly ModelMark[] }) {
  const { context, askDistances, networks } = useEvents()
  const intent = useEventsState((state) => state.intent)
  const trained = useEventsState((state) => state.networks)
  const { key, result, retry, complete } = useDistances(map)
  const { models, encoder, perSet } = map
  const own = trained.key?.startsWith(key) ? trained.value : undefined
  const pairs = useMemo(() => mergedPairs(result.value ?? [], own ?? []), [result.value, own])
  const train = (pair: readonly [number, number] | null) =>
    void networks.make(
      'Training networks of pairs',
      askDistances({
        ...{ models, encoder, seed: intent.seed, pairs: pair && [pair], exact: false },
        supervised: perSet === 1 ? [1] : [1, perSet],
        // Every pair twice over would take twice as long.
        jetAlone: pair !== null,
      }),
      { key: `${key} ${pair?.join() ?? 'all'}` },
    )
  return (
    <div className="stack">
      <AnswerState answer={result} onRetry={retry} />
      {pairs.length > 0 && (
        <Matrix {...{ map, marks, pairs, measure: intent.measure }} complete={result.status === 'ready'} />
      )}
      <AnswerState answer={trained} />
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={!complete || trained.status === 'running'}
          onClick={() => train(null)}
        >
          Train a network for every pair
        </button>
        {trained.status === 'running' && (
          <button type="button" className="button" onClick={() => networks.cancel()}>
            Cancel
          </button>
        )}
      </div>
      <PairPanel
        {...{ map, marks, pairs }}
        onTrain={complete && trained.status !== 'running' ? train : undefined}
        onPair={(pair) => context.change({ pair })}
      />
    </div>
  )
}

interface MatrixProps {
  map: EventsMap
  marks: readonly ModelMark[]
  pairs: readonly PairDistances[]
  measure: Measure
  complete: boolean
}

function Matrix({ map, marks, pairs, measure, complete }: MatrixProps) {
  const { context } = useEvents()
  const theme = useFigureTheme()
  const { theme: ground } = useGroundColours()
  const seed = useEventsState((state) => state.intent.seed)
  const { ids, perSet } = map
  const labels = useMemo(() => marks.map(({ label }) => label), [marks])
  const input = useMemo(
    () => ({ ids, labels, pairs, measure, perSet }),
    [ids, labels, pairs, measure, perSet],
  )
  const figure = useMemo(() => matrixFigure({ ...input, theme, ground }), [input, theme, ground])
  const order = useMemo(
    () => (complete ? orderOfPairs(pairs, ids, { perSet: 1, seed }) : null),
    [complete, pairs, ids, seed],
  )
  const known = pairs.filter((pair) => measureOf(pair, measure, perSet) !== null)
  const name = (id: string) => labels[ids.indexOf(id)]
  const ordered = known
    .map((pair) => ({ pair, own: measureOf(pair, measure, perSet)! }))
    .sort((a, b) => a.own.value - b.own.value)
  const nearest = ordered.at(0)
  const unbounded = measure === 'aucExact' && known.some(({ madeAlike }) => madeAlike === false)
  const summary =
    `${measureNames[measure]} of sets of ${perSet}, known for ${known.length} of ${(ids.length * (ids.length - 1)) / 2} pairs.` +
    (nearest
      ? ` Most alike: ${name(nearest.pair.a)} and ${name(nearest.pair.b)}, ${formatWithError(nearest.own.value, nearest.own.error)}.`
      : '') +
    (order
      ? ` Rank correlation with 2 AUC − 1 of networks on single events: centres ${order.centroid.rho.toFixed(2)} (95 %: ${order.centroid.low.toFixed(2)} to ${order.centroid.high.toFixed(2)}), energy ${order.energy.rho.toFixed(2)} (${order.energy.low.toFixed(2)} to ${order.energy.high.toFixed(2)}), over ${order.centroid.pairs} pairs.`
      : '') +
    (unbounded
      ? ' The limit is of p_T and |η| of one jet: between a scalar and another model it is no bound for what sees further jets.'
      : '')
  const save = (format: 'svg' | 'png') => async () => {
    const file = await exportFigure(
      matrixFigure({ ...input, theme: paperTheme, ground: 'light' }),
      format,
      exportSize,
    )
    await exportWithProvenance(context, file, format, `pairs-${measure}`)
  }
  const numbers = (Object.keys(measureNames) as Measure[]).flatMap((each) => [
    {
      ...{ key: each, label: measureNames[each] },
      value: (pair: PairDistances) => measureOf(pair, each, perSet)?.value ?? null,
    },
    {
      ...{ key: `${each}-error`, label: 'error' },
      value: (pair: PairDistances) => measureOf(pair, each, perSet)?.error ?? null,
    },
  ])
  return (
    <>
      <SelectField
        {...{ label: 'Shown of every pair', value: measure, labels: measureNames }}
        onChange={(next) => context.change({ measure: next })}
      />
      <FigureFrame
        summary={summary}
        fileName={`pairs-${measure}`}
        onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'pairs')}
        exports={[
          { label: 'SVG', run: save('svg') },
          { label: 'PNG', run: save('png') },
        ]}
        table={{
          caption: `Pairs of models, sets of ${perSet}`,
          rows: pairs,
          columns: [
            { key: 'a', label: 'one', value: ({ a }) => name(a) },
            { key: 'b', label: 'another', value: ({ b }) => name(b) },
            ...numbers,
          ],
        }}
      >
        <PlotlyFigure figure={figure} height={400} alt={summary} />
      </FigureFrame>
    </>
  )
}
