import { Panel } from '../../../../ui/common/Panel.tsx'
import { Tabs } from '../../../../ui/common/Tabs.tsx'
import type { EventsMap } from '../../state/events-state.ts'
import type { SetMeans, ShownSets } from '../../state/shown-sets.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { NeighboursPanel } from './NeighboursPanel.tsx'
import { SelectedSets } from './SelectedSets.tsx'
import { SetCard } from './SetCard.tsx'

interface SetPanelProps {
  map: EventsMap
  marks: readonly ModelMark[]
  means: SetMeans
  shown: ShownSets
  selected: Uint8Array | null
  focus: number | null
  hovered: number | null
  /** A set that the map is to ring. */
  onPoint: (set: number | null) => void
}

/** The dot under the pointer, or else that in focus: its events, what lies near it; and all that is selected. */
export function SetPanel({ map, marks, means, shown, selected, focus, hovered, onPoint }: SetPanelProps) {
  const { context } = useEvents()
  const tab = useEventsState((state) => state.intent.setTab)
  const set = hovered ?? focus
  const hint = 'Point at a dot to see its events, click one to keep it.'
  const tabs = [
    { id: 'events' as const, label: 'Events' },
    { id: 'neighbours' as const, label: 'Neighbours' },
    { id: 'selection' as const, label: 'Selection' },
  ]
  return (
    <Panel title="Set">
      <Tabs label="Of a set" items={tabs} selected={tab} onSelect={(setTab) => context.change({ setTab })}>
        {tab === 'events' &&
          (set === null ? (
            <p className="soft small">{hint}</p>
          ) : (
            <SetCard map={map} set={set} mark={marks[map.model[set]]} />
          ))}
        {tab === 'neighbours' &&
          (focus === null ? (
            <p className="soft small">Click a dot to list its neighbours.</p>
          ) : (
            <NeighboursPanel {...{ map, means, marks, set: focus }} onHover={(id) => onPoint(id ?? null)} />
          ))}
        {tab === 'selection' && <SelectedSets {...{ map, marks, means, shown, selected, focus, onPoint }} />}
      </Tabs>
    </Panel>
  )
}
