import { formatCount } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { useProduct } from '../../../../ui/common/use-product.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { useMultiTop, useMultiTopState, viewOf } from '../context.tsx'
import { EventCard } from '../EventCard.tsx'
import '../multi-top.css'
import { AttentionMatrix } from './AttentionMatrix.tsx'
import { ClassShares } from './ClassShares.tsx'
import { HiddenNumbers } from './HiddenNumbers.tsx'
import './interpret.css'

/** One event before a transformer: numbers hidden by hand, what it puts in their place, what it takes the event for. */
export const InterpretView = viewOf((state) => state.events, 'Numbers of an event', OpenInterpret)

function OpenInterpret(events: MapEvents) {
  const { context, seen, hide } = useMultiTop()
  const transformer = useMultiTopState((state) => state.transformer)
  const { focus, hidden, head, seed } = useMultiTopState((state) => state.intent)
  const eventsKey = useMultiTopState((state) => state.events.key)
  const now = useMultiTopState((state) => state.seen)
  const event = focus !== null && focus < events.events ? focus : 0
  const { raw, filled } = events
  const { result, retry } = useProduct(seen, now, {
    key: transformer.value ? JSON.stringify([eventsKey, transformer.key, event, hidden]) : null,
    label: 'Asking the transformer',
    make: transformer.value
      ? hide({
          ...{ transformer: transformer.value.source, raw, filled, events: events.events },
          ...{ event, hidden, splitSeed: seed },
        })
      : async () => null,
  })
  const answer = result.value
  const setHidden = (tokens: readonly number[]) =>
    context.change({ hidden: [...tokens].sort((a, b) => a - b) })
  return (
    <div className="multi-top">
      <div className="multi-top-side">
        <PanelBoundary title="Numbers of the event">
          <Panel title="Numbers of the event" state={panelState(result, retry)}>
            <div className="stack">
              <div className="multi-top-hide-bar">
                <NumberField
                  {...{
                    label: 'event of the map',
                    format: formatCount,
                    value: event,
                    integer: true,
                    min: 0,
                    max: events.events - 1,
                  }}
                  onCommit={(value) => context.change({ focus: value })}
                />
                <button
                  type="button"
                  className="button"
                  disabled={hidden.length === 0}
                  onClick={() => setHidden([])}
                >
                  Show all numbers
                </button>
              </div>
              <p className="small soft">
                Press a number to hide it, the name of an object to hide all six of it. In its place stands
                what the transformer makes of the rest, with the root mean square error over the events of the
                map that have this number, the same ones hidden.
              </p>
              <HiddenNumbers {...{ events, event, hidden }} answer={answer ?? null} onChange={setHidden} />
            </div>
          </Panel>
        </PanelBoundary>
        <PanelBoundary title="Attention">
          {answer && (
            <Panel title="Attention">
              <AttentionMatrix
                {...{ events, answer, head: Math.min(head, answer.blocks * answer.heads - 1) }}
                onHead={(value) => context.change({ head: value })}
              />
            </Panel>
          )}
        </PanelBoundary>
      </div>
      <div className="multi-top-side">
        <PanelBoundary title="What it is taken for">
          {answer && (
            <Panel title="What it is taken for">
              <ClassShares answer={answer} truth={events.labels[answer.event]} />
            </Panel>
          )}
        </PanelBoundary>
        <PanelBoundary title="Event">
          <EventCard events={events} event={event} />
        </PanelBoundary>
      </div>
    </div>
  )
}
