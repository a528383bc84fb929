import { told } from '../../../../core/told.ts'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { DropZone } from '../../../../ui/common/DropZone.tsx'
import { formatCount } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import type { EventsIntent } from '../../intent.ts'
import { fewestOwnFiles, mostOwnFiles } from '../../limits.ts'
import { channels, ownDataset } from '../../own-dataset.ts'
import { filesOfDataset, type OwnFile } from '../../state/own-files.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { kindWords } from './kind-words.ts'

type Channel = NonNullable<EventsIntent['channel']>

/** Selections of the Dark Machines challenge in words (arXiv:2105.14027, section 3.3); GeV. */
const cuts: Record<Channel, string> = {
  1: 'HT ≥ 600, MET ≥ 200, MET/HT ≥ 0.2, four jets above 50, one above 200',
  '2a': 'MET ≥ 50, three leptons above 15',
  '2b': 'MET ≥ 50, HT ≥ 50, two leptons above 15',
  3: 'HT ≥ 600, MET > 100',
}
const everything = 'all'
// Of keys that are numbers an object forgets the order.
const keyOf = (channel: EventsIntent['channel']): string =>
  channel === null ? everything : `channel ${channel}`
const channelLabels: Record<string, string> = {
  [everything]: 'all events',
  ...Object.fromEntries(channels.map((name) => [keyOf(name), `channel ${name}: ${cuts[name]}`])),
}

/** Files of one's own as the models of a dataset: dropped, listed, cut and removed here. */
export function OwnFilesPanel() {
  const { context, dropFiles } = useEvents()
  const { files, channel } = useEventsState((state) => state.intent)
  const kept = useEventsState((state) => state.ownFiles)
  const reading = useEventsState((state) => state.reading)
  const map = useEventsState((state) => state.map)
  const own = filesOfDataset(kept ?? [], files)
  const elsewhere = files.filter((id) => kept?.every((file) => file.id !== id))
  const lacking = fewestOwnFiles - own.length
  const faults = reading.value?.faults ?? []
  const shown = map.value?.dataset === ownDataset.id ? map.value : undefined
  return (
    <Panel title={ownDataset.title}>
      <div className="stack">
        <DropZone
          label="Files of events"
          hint={`${fewestOwnFiles} to ${mostOwnFiles} files, each one model of this dataset: Dark Machines, Les Houches, Parquet or ROOT with lists of objects, or tables of the 16 features`}
          multiple
          onFiles={(given) => void told(context.notify, dropFiles(given))}
        />
        <AnswerState answer={reading} />
        {kept && lacking > 0 && (
          <p role="status">
            {own.length === 0
              ? `There are no files of yours here yet: drop ${fewestOwnFiles} or more, and they become the models of a map.`
              : 'One file is here: a map needs another to compare it with.'}
          </p>
        )}
        {elsewhere.length > 0 && kept && (
          <p className="small">
            This analysis also has {elsewhere.join(', ')}, which this browser does not hold. Drop{' '}
            {elsewhere.length === 1 ? 'that file' : 'those files'}, or the bundle of its sender.
          </p>
        )}
        <Sentences all={faults} title="Files that could not be read" />
        {own.length > 0 && (
          <>
            <SelectField
              {...{ label: 'Events that count (GeV)', value: keyOf(channel), labels: channelLabels }}
              onChange={(key) => {
                const chosen = channels.find((each) => keyOf(each) === key) ?? null
                context.change({ channel: chosen, focus: null })
              }}
            />
            <FileTable files={own} />
            <Sentences all={shown?.leftOut ?? []} title="Files that are not on the map" />
            <p className="small soft">
              Kept in this browser, also after a reload. A link names these files and does not carry them; a
              bundle does.
            </p>
          </>
        )}
        {lacking <= 0 && !shown && <AnswerState answer={map} />}
      </div>
    </Panel>
  )
}

function FileTable({ files }: { files: readonly OwnFile[] }) {
  const { context, removeFile } = useEvents()
  const map = useEventsState((state) => state.map.value)
  const eventsOf = (id: string) => map?.models.find((model) => model.id === id)?.events ?? null
  const columns: Column<OwnFile>[] = [
    { key: 'title', label: 'model', value: ({ title }) => title },
    { key: 'kind', label: 'what it is', value: ({ kind }) => kindWords[kind] },
    {
      ...{ key: 'read', label: 'events' },
      value: ({ read }) => read,
      format: ({ read }) => formatCount(read),
    },
    {
      ...{ key: 'used', label: 'on the map' },
      value: ({ id }) => eventsOf(id),
      format: ({ id }) => {
        const events = eventsOf(id)
        return events === null ? '' : formatCount(events)
      },
    },
    {
      ...{ key: 'remove', label: 'remove' },
      value: ({ id }) => id,
      format: ({ id, title }) => (
        <button
          type="button"
          className="button button-quiet"
          aria-label={`Remove ${title}`}
          onClick={() => void told(context.notify, removeFile(id))}
        >
          Remove
        </button>
      ),
    },
  ]
  return <DataTable caption="Files of this dataset" rows={files} rowKey={({ id }) => id} columns={columns} />
}

function Sentences({ all, title }: { all: readonly string[]; title: string }) {
  if (all.length === 0) return null
  return (
    <div role="status" className="small">
      <p>{title}:</p>
      <ul>
        {all.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}
