import { told } from '../../../core/told.ts'
import { AnswerState } from '../../../ui/common/AnswerState.tsx'
import { DataTable } from '../../../ui/common/DataTable.tsx'
import { DropZone } from '../../../ui/common/DropZone.tsx'
import { formatCount, formatNumber, formatPercent } from '../../../ui/common/format.ts'
import { Panel } from '../../../ui/common/Panel.tsx'
import type { PlacedEvents } from '../analysis/own-events/place-events.ts'
import { className } from '../datasets.ts'
import { useMultiTop, useMultiTopState } from './context.tsx'
import { OwnScores } from './OwnScores.tsx'
import { EventDisplay } from './EventDisplay.tsx'
import { objectsOf } from './event-words.ts'

/** A class by its place. */
interface Row {
  id: string
  k: number
}

/** A file of one's own events: what the transformer takes them for, and how much it doubts. */
export function DroppedPanel({ hovered }: { hovered: number | null }) {
  const { context, dropFile, removeFile } = useMultiTop()
  const dropped = useMultiTopState((state) => state.dropped)
  const view = useMultiTopState((state) => state.found.value)
  const id = useMultiTopState((state) => state.ownFile?.id)
  const placed = dropped.value
  const event = placed && hovered !== null && hovered < placed.events ? hovered : null
  return (
    <Panel
      title="Your events"
      actions={
        placed && (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => void told(context.notify, removeFile())}
          >
            Remove
          </button>
        )
      }
    >
      <div className="stack">
        <DropZone
          label="A file of events"
          hint="Dark Machines, Les Houches, Parquet or ROOT with lists of objects, or a table of the 100 numbers"
          multiple={false}
          onFiles={(files) => void told(context.notify, dropFile(files))}
        />
        <AnswerState answer={dropped} />
        {placed && <Placed placed={placed} event={event} />}
        {placed && view?.ownEvents && view.ownEvents.id === id ? (
          <OwnScores view={view} own={view.ownEvents} event={event} />
        ) : (
          placed && (
            <p className="small soft">Interpret, Search has all five scores, beside the Standard Model.</p>
          )
        )}
      </div>
    </Panel>
  )
}

function Placed({ placed, event }: { placed: PlacedEvents; event: number | null }) {
  const { name, model, events, read, badLines, firstBad, kind, probabilities, classes, entropy } = placed
  const mean = (k: number) => {
    let sum = 0
    for (let e = 0; e < events; e++) sum += probabilities[e * classes.length + k] / events
    return sum
  }
  const sorted = Float64Array.from(entropy).sort()
  const at = (share: number) => sorted[Math.min(events - 1, Math.floor(share * events))]
  return (
    <>
      <p className="small">
        {name}: {formatCount(events)} of {formatCount(read)} events, with the file’s name in the legend of the
        map.
        {(kind === 'lhe' || kind === 'particles') && ' Partons stand for jets, what is not seen for MET.'}
        {badLines > 0 && ` ${formatCount(badLines)} are no events${firstBad ? ` (${firstBad})` : ''}.`}{' '}
        Entropy {formatNumber(at(0.5))} in the middle, half of them between {formatNumber(at(0.25))} and{' '}
        {formatNumber(at(0.75))}.
      </p>
      <DataTable<Row>
        caption={`What ${model} takes them for, on average${event === null ? '' : `, and event ${event} of the file`}`}
        rows={classes.map((id, k) => ({ id, k }))}
        rowKey={({ id }) => id}
        columns={[
          { key: 'class', label: 'class', value: ({ id }) => className(id) },
          {
            ...{ key: 'mean', label: 'mean probability', value: ({ k }) => mean(k) },
            format: ({ k }) => formatPercent(mean(k), 3),
          },
          ...(event === null
            ? []
            : [
                {
                  ...{ key: 'own', label: 'this event' },
                  value: ({ k }: Row) => probabilities[event * classes.length + k],
                  format: ({ k }: Row) => formatPercent(probabilities[event * classes.length + k], 3),
                },
              ]),
        ]}
      />
      {event !== null && (
        <>
          <p className="small">
            Event {event}: entropy {formatNumber(entropy[event])}
          </p>
          <EventDisplay objects={objectsOf(placed, event)} words={`Event ${event} of ${name}`} />
        </>
      )}
    </>
  )
}
