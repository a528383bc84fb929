import { useMemo } from 'react'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable } from '../../../../ui/common/DataTable.tsx'
import { formatNumber, formatWithError } from '../../../../ui/common/format.ts'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import type { AucOfSets, PairDistances } from '../../analysis/distances/distance-report.ts'
import type { TwinTest } from '../../analysis/twin-test.ts'
import { chosenPair } from '../../state/chosen-pair.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { chanceFigure } from './chance-figure.ts'
import { PairChoice } from './PairChoice.tsx'
import { limitWords, measureNames, measureOf, type Measure } from './pair-words.ts'

interface PairPanelProps {
  map: EventsMap
  marks: readonly ModelMark[]
  pairs: readonly PairDistances[]
  /** Trains a network for one pair; nothing while another training goes on. */
  onTrain?: (pair: readonly [number, number]) => void
  onPair: (pair: [string, string]) => void
}

/** All that is known of one pair, and whether the map would tell a model from itself. */
export function PairPanel({ map, marks, pairs, onTrain, onPair }: PairPanelProps) {
  const { twins, askTwins } = useEvents()
  const intent = useEventsState((state) => state.intent)
  const tested = useEventsState((state) => state.twins)
  const places = chosenPair(map, intent)
  const [a, b] = places.map((place) => map.ids[place])
  const pair = pairs.find((each) => (each.a === a && each.b === b) || (each.a === b && each.b === a))
  const { perSet, encoder, models } = map
  const alike = useMemo(
    () =>
      pairs.reduce<PairDistances | null>(
        (least, own) => (!least || own.energy.value < least.energy.value ? own : least),
        null,
      ),
    [pairs],
  )
  const [model, other] = places.map((place) => models[place])
  return (
    <section className="stack" aria-label="One pair">
      <h3>One pair</h3>
      <PairChoice {...{ marks, pair: places }} />
      {pair && <PairTable pair={pair} perSet={perSet} />}
      {pair && pair.madeAlike !== null && (
        <p className="small">
          <Typeset text={limitWords(pair.madeAlike)} />
        </p>
      )}
      {pair?.separation && (
        <p className="small">
          By the limit, on the jet at parton level alone, the two are 2&#8239;σ apart after{' '}
          {formatNumber(pair.separation.separation.events, 2)} selected events of{' '}
          {marks[map.ids.indexOf(pair.b)].label}, at{' '}
          {formatNumber(pair.separation.separation.luminosityFb, 2)} fb⁻¹; the other way round after{' '}
          {formatNumber(pair.separation.reverse.events, 2)}, at{' '}
          {formatNumber(pair.separation.reverse.luminosityFb, 2)} fb⁻¹. No background is counted.
        </p>
      )}
      <div className="row">
        {onTrain && (
          <button
            type="button"
            className="button"
            onClick={() => onTrain([Math.min(...places), Math.max(...places)])}
          >
            Train a network for this pair
          </button>
        )}
        {alike && (
          <button type="button" className="button" onClick={() => onPair([alike.a, alike.b])}>
            Most alike
          </button>
        )}
        {model && other && (
          <button
            type="button"
            className="button"
            onClick={() =>
              void twins.make(
                'Exchanging labels',
                askTwins({ model, other, encoder, perSet, seed: intent.seed }),
              )
            }
          >
            Its twin
          </button>
        )}
      </div>
      <AnswerState answer={tested} />
      {tested.value && <Twins test={tested.value} marks={marks} />}
    </section>
  )
}

function PairTable({ pair, perSet }: { pair: PairDistances; perSet: number }) {
  const all = (Object.keys(measureNames) as Measure[]).map((measure) => ({
    ...{ label: measureNames[measure], own: measureOf(pair, measure, perSet) },
  }))
  const size = (areas: readonly AucOfSets[] | null, of: number) =>
    areas?.find((own) => own.perSet === of)?.auc
  const further = [
    { label: 'AUC of a network, leading jet alone', own: size(pair.aucJet, perSet) },
    ...(perSet === 1
      ? []
      : [
          { label: 'AUC of a network, single events', own: size(pair.aucSupervised, 1) },
          { label: 'same, leading jet alone', own: size(pair.aucJet, 1) },
          { label: 'limit of one jet, single events, AUC', own: size(pair.aucExact, 1) },
        ]),
  ]
  const rows = [...all, ...further.filter(({ own }) => own)]
  return (
    <DataTable
      caption={`For sets of ${perSet} events`}
      rows={rows}
      rowKey={({ label }) => label}
      columns={[
        { key: 'what', label: 'what', value: ({ label }) => label },
        {
          ...{ key: 'value', label: 'value' },
          value: ({ own }) => own?.value ?? null,
          format: ({ own }) => (own ? formatWithError(own.value, own.error) : 'not known'),
        },
      ]}
    />
  )
}

function Twins({ test, marks }: { test: TwinTest; marks: readonly ModelMark[] }) {
  const theme = useFigureTheme()
  const name = (id: string) => marks.find((mark) => mark.id === id)?.label ?? id
  const [model, other] = [name(test.model), name(test.other)]
  const figure = useMemo(
    () => chanceFigure(test, { twin: `${model} and its twin`, apart: `${model} and ${other}` }, theme),
    [test, model, other, theme],
  )
  const { twin, apart, sets } = test
  const summary =
    `${model} against its twin, other events of the same model: p = ${formatWithError(twin.p.value, twin.p.error)}; ` +
    `against ${other}: p = ${formatWithError(apart.p.value, apart.p.error)}. ` +
    `${sets} sets on either side, ${twin.chance.length} permutations of the labels.`
  return (
    <FigureFrame
      summary={summary}
      fileName="twins"
      table={{
        caption: 'Energy distances',
        rows: [
          { what: `${model} and its twin`, value: twin.statistic },
          { what: `${model} and ${other}`, value: apart.statistic },
          ...Array.from(twin.chance, (value, k) => ({ what: `labels exchanged, ${k + 1}`, value })),
        ],
        columns: [
          { key: 'what', label: 'what', value: ({ what }) => what },
          { key: 'value', label: 'energy distance', value: ({ value }) => value },
        ],
      }}
    >
      <PlotlyFigure figure={figure} height={260} alt={summary} />
    </FigureFrame>
  )
}
