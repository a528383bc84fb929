import { told } from '../../../../core/told.ts'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable } from '../../../../ui/common/DataTable.tsx'
import { DropZone } from '../../../../ui/common/DropZone.tsx'
import { formatCount, formatWithError } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { Toggle } from '../../../../ui/common/Toggle.tsx'
import type { PlacedFile } from '../../analysis/own-files/place-file.ts'
import { fewestOwnFiles, mostPlaced } from '../../limits.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { liveNeighbours } from '../../state/live-neighbours.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'

interface FilesPanelProps {
  map: EventsMap
  marks: readonly ModelMark[]
}

/** Events of one's own among the models of the map. */
export function FilesPanel({ map, marks }: FilesPanelProps) {
  const { context, dropFiles, placeFile, showFiles } = useEvents()
  const dropped = useEventsState((state) => state.dropped)
  const kept = useEventsState((state) => state.ownFiles) ?? []
  const placed = useEventsState((state) => state.placed)
  const reading = useEventsState((state) => state.reading)
  return (
    <Panel
      title="Your events"
      actions={
        kept.length >= fewestOwnFiles && (
          <button type="button" className="button button-quiet" onClick={showFiles}>
            A map of these alone
          </button>
        )
      }
    >
      <div className="stack">
        <DropZone
          label="Files of events"
          hint="Dark Machines, Les Houches, Parquet or ROOT with lists of objects, or a table of the 16 features; each is one more model on the map, and of the dataset of your files"
          multiple
          onFiles={(files) => void told(context.notify, dropFiles(files))}
        />
        <AnswerState answer={reading} />
        {kept.length > 0 && (
          <fieldset className="stack events-kept small">
            <legend>On this map ({mostPlaced} at most)</legend>
            {kept.map(({ id, title }) => (
              <Toggle
                key={id}
                label={title}
                checked={placed.includes(id)}
                onChange={(wanted) => placeFile(id, wanted)}
              />
            ))}
          </fieldset>
        )}
        <AnswerState answer={dropped} />
        {dropped.value?.map((file) => (
          <Placed key={file.title} {...{ file, map, marks }} />
        ))}
      </div>
    </Panel>
  )
}

function Placed({ file, map, marks }: FilesPanelProps & { file: PlacedFile }) {
  const near = liveNeighbours(map, { news: file })
  return (
    <>
      <p className="small">
        {file.title}: {formatCount(file.events)} of {formatCount(file.read)} events, {formatCount(file.sets)}{' '}
        sets on the map.
        {(file.kind === 'lhe' || file.kind === 'particles') &&
          ' Partons stand for jets, what is not seen for MET.'}
        {file.badLines > 0 &&
          ` ${formatCount(file.badLines)} lines are no events${file.firstBad ? ` (${file.firstBad})` : ''}.`}{' '}
        The models are selected by cuts of their own (Data); a file is taken as it is.
      </p>
      <DataTable
        caption={`Models nearest to ${file.title}, by the middles of their sets`}
        rows={near}
        rowKey={({ model }) => model}
        columns={[
          { key: 'model', label: 'model', value: ({ model }) => marks[model].label },
          {
            ...{ key: 'distance', label: 'distance' },
            value: ({ distance }) => distance,
            format: ({ distance, error }) => formatWithError(distance, error),
          },
          { key: 'error', label: 'error', value: ({ error }) => error },
        ]}
      />
    </>
  )
}
