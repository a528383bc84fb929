import { formatCount, formatEdge } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { mostPerSet, mostSets } from '../../limits.ts'
import { EncoderChoice } from '../common/EncoderChoice.tsx'
import { useEvents, useEventsState } from '../context.tsx'

/** How dots are made of events. */
export function SetsPanel() {
  const { context, retry } = useEvents()
  const { perSet, sets, seed } = useEventsState((state) => state.intent)
  const map = useEventsState((state) => state.map)
  const split = map.value?.models.reduce((sum, { events }) => sum + events, 0) ?? 0
  return (
    <Panel title="Encoder and sets" state={panelState(map, retry)}>
      <div className="stack">
        <p className="small">
          Events of each model are divided at random into 60 % to train on, 20 % to stop by and 20 % to
          measure on, before sets are formed. All dots are sets of the last part: {formatCount(0.2 * split)}{' '}
          events. As many sets as fit share no event; further ones are of another shuffle.
        </p>
        <EncoderChoice />
        <div className="row">
          <NumberField
            {...{
              format: formatEdge,
              label: 'events per set',
              value: perSet,
              min: 1,
              max: mostPerSet,
              integer: true,
              step: 1,
            }}
            onCommit={(value) => context.change({ perSet: value, focus: null })}
          />
          <NumberField
            {...{
              format: formatEdge,
              label: 'sets per model',
              value: sets,
              min: 20,
              max: mostSets,
              integer: true,
              step: 20,
            }}
            onCommit={(value) => context.change({ sets: value, focus: null })}
          />
          <NumberField
            {...{
              format: formatEdge,
              label: 'seed',
              value: seed,
              min: 0,
              max: 2 ** 31 - 1,
              integer: true,
              step: 1,
            }}
            onCommit={(value) => context.change({ seed: value })}
          />
        </div>
      </div>
    </Panel>
  )
}
