import { useMemo } from 'react'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import { Progress } from '../../../../ui/common/Progress.tsx'
import { Tabs } from '../../../../ui/common/Tabs.tsx'
import type { EventsIntent } from '../../intent.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { setMeans, shownSets } from '../../state/shown-sets.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { viewOfMap } from '../files/view-of-map.tsx'
import { ModelsMap } from '../explore/ModelsMap.tsx'
import { setNames } from '../explore/set-names.ts'
import { useKeptSets } from '../explore/use-kept-sets.ts'
import { useMarks } from '../use-marks.ts'
import '../explore/explore.css'

const opening = <Progress label="Loading" />
const DistancesTab = lazyPart(async () => (await import('./DistancesTab.tsx')).DistancesTab, opening)
const BenchmarksTab = lazyPart(async () => (await import('./BenchmarksTab.tsx')).BenchmarksTab, opening)
const EventRatioTab = lazyPart(async () => (await import('./EventRatioTab.tsx')).EventRatioTab, opening)
const SetSizeTab = lazyPart(async () => (await import('./SetSizeTab.tsx')).SetSizeTab, opening)
const FeaturesTab = lazyPart(async () => (await import('./FeaturesTab.tsx')).FeaturesTab, opening)
const PlaceTab = lazyPart(async () => (await import('./PlaceTab.tsx')).PlaceTab, opening)

const tabs: { id: EventsIntent['tab']; label: string }[] = [
  { id: 'distances', label: 'Pairs' },
  { id: 'benchmarks', label: 'Gaps' },
  { id: 'set-size', label: 'Size' },
  { id: 'features', label: 'Features' },
  { id: 'place', label: 'Places' },
  { id: 'event-ratio', label: '|M|²' },
]

/** What the map says of pairs of models, and of its places. */
export const InterpretView = viewOfMap('Map of models', OpenInterpret)

function OpenInterpret(map: EventsMap) {
  const { context, retry } = useEvents()
  const opened = useEventsState((state) => state.map)
  const { hidden, named, tab } = useEventsState((state) => state.intent)
  const marks = useMarks(map)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- its arrays fill, and are then the same
  const shown = useMemo(() => shownSets(map, hidden), [map.latent, map.count, hidden])
  const means = useMemo(() => setMeans(map), [map])
  const names = useMemo(() => setNames(map, means, shown, named), [map, means, shown, named])
  const kept = useKeptSets(map, means, opened.status === 'ready')
  return (
    <div className="events" data-testid="events-interpret" data-status={opened.status}>
      <PanelBoundary title="Map of models">
        <Panel title="Map of models" className="map-host" state={panelState(opened, retry)}>
          <ModelsMap
            {...{ map, marks, shown, means, kept, names, selected: null, highlighted: null, fault: null }}
            onHover={() => undefined}
          />
        </Panel>
      </PanelBoundary>
      <div className="events-side">
        <PanelBoundary title="Models compared">
          <Panel title="Models compared">
            <Tabs
              label="Questions"
              items={tabs}
              selected={tab}
              onSelect={(next) => context.change({ tab: next })}
            >
              {tab === 'distances' && <DistancesTab map={map} marks={marks} />}
              {tab === 'benchmarks' && <BenchmarksTab map={map} marks={marks} />}
              {tab === 'set-size' && <SetSizeTab map={map} marks={marks} />}
              {tab === 'features' && <FeaturesTab map={map} marks={marks} />}
              {tab === 'place' && <PlaceTab map={map} />}
              {tab === 'event-ratio' && <EventRatioTab map={map} />}
            </Tabs>
          </Panel>
        </PanelBoundary>
      </div>
    </div>
  )
}
