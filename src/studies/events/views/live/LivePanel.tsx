import { useMemo } from 'react'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable } from '../../../../ui/common/DataTable.tsx'
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatWithError,
  formatEdge,
} from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { datasetOf } from '../../datasets.ts'
import type { EventsIntent } from '../../intent.ts'
import type { EventsMap, LiveOnMap } from '../../state/events-state.ts'
import { liveEventCount } from '../../state/live-effect.ts'
import { liveLabel } from '../../state/live-model.ts'
import { liveNeighbours } from '../../state/live-neighbours.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { MassPad, padRange } from './MassPad.tsx'

const mediatorNames: Record<EventsIntent['live']['mediator'], string> = {
  vector: 'vector',
  axial: 'axial vector',
  scalar: 'scalar',
}

/** A model of one's own choice, whose events are made in the page. */
export function LivePanel({ map, marks }: { map: EventsMap; marks: readonly ModelMark[] }) {
  const { context, warmLive } = useEvents()
  const { live: set, dataset } = useEventsState((state) => state.intent)
  const live = useEventsState((state) => state.live)
  const change = (patch: Partial<EventsIntent['live']>, key?: string) =>
    context.change({ live: { ...set, on: true, ...patch } }, key)
  if (!datasetOf(dataset)) return null
  return (
    <div onPointerEnter={warmLive} onFocus={warmLive}>
      <Panel
        title="Live model"
        actions={
          <button
            type="button"
            className="button"
            aria-pressed={set.on}
            onClick={() => change({ on: !set.on })}
          >
            {set.on ? 'Remove' : 'Generate events'}
          </button>
        }
      >
        <div className="stack">
          {dataset === 'gluinos' ? <Gluino {...{ set, change, map }} /> : <Mediator {...{ set, change }} />}
          <AnswerState answer={live} />
          {live.value && <Told live={live.value} map={map} marks={marks} />}
        </div>
      </Panel>
    </div>
  )
}

interface ControlsProps {
  set: EventsIntent['live']
  change: (patch: Partial<EventsIntent['live']>, key?: string) => void
}

function Gluino({ set, change, map }: ControlsProps & { map: EventsMap }) {
  const { context } = useEvents()
  const { mGluino, deltaM } = set
  const models = map.ids.flatMap((id) => {
    const [, mass, dm] = /^gluino-m(\d+)-dm(\d+)$/.exec(id) ?? []
    return mass ? [{ mGluino: Number(mass), deltaM: Number(dm) }] : []
  })
  return (
    <>
      <MassPad
        {...{ mGluino, deltaM, models }}
        onMove={(place) => change(place, 'live')}
        onSettle={() => context.settle()}
      />
      <div className="row">
        <NumberField
          {...{ format: formatEdge, label: 'gluino mass', unit: 'GeV', value: mGluino, step: 10 }}
          {...{ min: padRange.mass[0], max: padRange.mass[1] }}
          onCommit={(value) => change({ mGluino: value, deltaM: Math.min(deltaM, value - 1) })}
        />
        <NumberField
          {...{ format: formatEdge, label: 'Δm to the neutralino', unit: 'GeV', value: deltaM, step: 10 }}
          {...{ min: padRange.splitting[0], max: Math.min(padRange.splitting[1], mGluino - 1) }}
          onCommit={(value) => change({ deltaM: value })}
        />
      </div>
    </>
  )
}

function Mediator({ set, change }: ControlsProps) {
  const { context } = useEvents()
  const slider = (name: 'mMediator' | 'mChi', label: string, [min, max]: readonly [number, number]) => (
    <div className="row">
      <label className="inline-field small">
        {label} [GeV]
        <input
          type="range"
          className="set-size-range"
          {...{ min, max }}
          step={10}
          value={set[name]}
          aria-valuetext={`${formatNumber(set[name], 4)} GeV`}
          onChange={(event) => change({ [name]: Math.max(min, event.target.valueAsNumber) }, `live-${name}`)}
          onPointerUp={() => context.settle()}
          onKeyUp={() => context.settle()}
        />
      </label>
      <NumberField
        {...{
          format: formatEdge,
          label: `${label} value`,
          hideLabel: true,
          unit: 'GeV',
          value: set[name],
          min,
          max,
          step: 10,
        }}
        onCommit={(value) => change({ [name]: value })}
      />
    </div>
  )
  return (
    <>
      <SelectField
        {...{ label: 'Mediator', value: set.mediator, labels: mediatorNames }}
        onChange={(mediator) => change({ mediator })}
      />
      {slider('mMediator', 'its mass', [100, 3000])}
      {slider('mChi', 'mass of dark matter', [1, 1000])}
    </>
  )
}

function Told({ live, map, marks }: { live: LiveOnMap; map: EventsMap; marks: readonly ModelMark[] }) {
  const { generated, selected, sigmaPb, sigmaErrorPb, places } = live.news
  const near = useMemo(() => liveNeighbours(map, live), [map, live])
  const share = generated > 0 ? selected / generated : NaN
  const error = Math.sqrt((share * (1 - share)) / Math.max(1, generated))
  const sets = places.length / live.perSet
  return (
    <>
      <p className="small" role="status">
        {liveLabel(live.model)}: {formatCount(selected)} of {formatCount(liveEventCount)} events pass the
        selection of the dataset, acceptance {formatPercent(share, 3)} ± {formatPercent(error, 1)};{' '}
        {sets > 0 ? `${formatCount(sets)} sets on the map` : 'not on the map before there are ten sets'}. σ ={' '}
        {formatWithError(sigmaPb, sigmaErrorPb)} pb at leading order, before the selection.
      </p>
      {near.length > 0 && (
        <DataTable
          caption="Models nearest on the map, by the middles of their sets"
          rows={near}
          rowKey={({ model }) => model}
          columns={[
            { key: 'model', label: 'model', value: ({ model }) => marks[model].label },
            {
              ...{ key: 'distance', label: 'distance' },
              value: ({ distance }) => distance,
              format: ({ distance, error: own }) => formatWithError(distance, own),
            },
            { key: 'error', label: 'error', value: ({ error: own }) => own },
          ]}
        />
      )}
    </>
  )
}
