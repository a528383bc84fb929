import { useMemo, useState } from 'react'
import { formatCount } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { withMoved, type MovedObject } from '../../analysis/interpret/moved-event.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { ModelChoice } from '../common/ModelChoice.tsx'
import { useMultiTop, useMultiTopState } from '../context.tsx'
import { eventWords, objectsOf } from '../event-words.ts'
import { AttentionMatrix } from './AttentionMatrix.tsx'
import { ClassShares } from './ClassShares.tsx'
import { HiddenNumbers } from './HiddenNumbers.tsx'
import { MovableEvent } from './MovableEvent.tsx'
import './interpret.css'

/** One event before a transformer: numbers hidden by hand, objects dragged, what it puts in their place, what it takes the event for. */
export function EventTab(events: MapEvents) {
  const { context, seen, hide } = useMultiTop()
  const { focus, hidden, moved, head, seed } = useMultiTopState((state) => state.intent)
  const eventsKey = useMultiTopState((state) => state.events.key) ?? ''
  const transformer = useMultiTopState((state) => state.transformer)
  const now = useMultiTopState((state) => state.seen)
  const event = focus !== null && focus < events.events ? focus : 0
  const { raw, filled, tokens } = events
  const { asked, answered } = useAsked(moved, now.value?.moved, now.status === 'running')
  const { result, retry } = useProduct(seen, now, {
    key: transformer.value ? JSON.stringify([eventsKey, transformer.key, event, hidden, asked]) : null,
    label: 'Asking the transformer',
    make: transformer.value
      ? hide({
          ...{ transformer: transformer.value.source, raw, filled, events: events.events, eventsKey },
          ...{ event, hidden, moved: asked, splitSeed: seed },
        })
      : async () => null,
  })
  const answer = result.value
  const shown = useMemo(() => {
    if (moved.length === 0) return { raw, filled, tokens }
    const all = raw.slice()
    all.set(withMoved(raw.subarray(event * tokens, (event + 1) * tokens), moved), event * tokens)
    return { raw: all, filled, tokens }
  }, [raw, filled, tokens, event, moved])
  const setHidden = (own: readonly number[]) => context.change({ hidden: [...own].sort((a, b) => a - b) })
  const move = (object: MovedObject) =>
    context.change({ moved: [...moved.filter(({ slot }) => slot !== object.slot), object] }, 'moved')
  return (
    <div
      className="multi-top"
      data-testid="multi-top-event"
      data-status={result.status}
      data-answered={answered && result.status !== 'failed'}
    >
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
                  onCommit={(value) => context.change({ focus: value, moved: [] })}
                />
                <ModelChoice />
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
              <HiddenNumbers
                {...{ events: shown, event, hidden }}
                answer={answer ?? null}
                onChange={setHidden}
              />
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
          <Panel title="Event">
            <div className="stack">
              <p>{eventWords(events, event)}</p>
              <p className="small soft">
                Process: {events.parts[events.labels[event]][events.part[event]]}
                {moved.length > 0 && `; ${moved.length} moved by hand`}
              </p>
              <MovableEvent
                {...{ objects: objectsOf(shown, event), moved, words: eventWords(events, event) }}
                onMove={move}
                onSettle={() => context.settle()}
                onReset={() => context.change({ moved: [] })}
              />
            </div>
          </Panel>
        </PanelBoundary>
      </div>
    </div>
  )
}

/**
 * What is asked of a worker while an object is dragged: the newest place, but only once the last one was answered. Every
 * move as a question of its own would end the one before, and none would be answered.
 */
function useAsked(
  moved: readonly MovedObject[],
  seen: readonly MovedObject[] | undefined,
  running: boolean,
): { asked: readonly MovedObject[]; answered: boolean } {
  const [asked, setAsked] = useState(moved)
  const heard = JSON.stringify(seen) === JSON.stringify(asked)
  if (asked !== moved && (heard || !running)) setAsked(moved)
  return { asked, answered: heard && asked === moved }
}
