import { DataTable } from '../../../ui/common/DataTable.tsx'
import { Panel } from '../../../ui/common/Panel.tsx'
import { Typeset } from '../../../ui/common/Typeset.tsx'
import type { MapEvents } from '../analysis/map/map-events.ts'
import { EventDisplay } from './EventDisplay.tsx'
import { eventWords, objectsOf } from './event-words.ts'

/** One event: picture, process, objects. */
export function EventCard({ events, event }: { events: MapEvents; event: number | null }) {
  if (event === null)
    return (
      <Panel
        title="Event"
        state={{ kind: 'empty', message: 'Point at a dot, or pick one: its event is shown here.' }}
      />
    )
  const objects = objectsOf(events, event)
  const words = eventWords(events, event)
  return (
    <Panel title="Event">
      <div className="stack">
        <p>{words}</p>
        <p className="small soft">Process: {events.parts[events.labels[event]][events.part[event]]}</p>
        <EventDisplay objects={objects} words={words} />
        <p className="small soft">
          <Typeset text="Across the beams; thick b-jets, thin other jets, dashed leptons, as long as the logarithm of p_T." />
        </p>
        <DataTable
          caption="Objects of the event"
          rows={objects}
          rowKey={({ name }) => name}
          columns={[
            { key: 'object', label: 'object', value: ({ name }) => name },
            { key: 'pt', label: 'p_T', unit: 'GeV', value: ({ pt }) => pt },
            { key: 'eta', label: 'η', value: ({ eta }) => eta },
            { key: 'phi', label: 'φ', value: ({ phi }) => phi },
          ]}
        />
      </div>
    </Panel>
  )
}
