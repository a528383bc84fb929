import { useMemo, useState } from 'react'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import { KeptLead } from '../../../../ui/map/KeptLead.tsx'
import { pointSelection } from '../../../../ui/map/point-selection.ts'
import { keptPlaces, useKeptSets } from './use-kept-sets.ts'
import { setNames } from './set-names.ts'
import { ownDataset } from '../../own-dataset.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { liveLabel } from '../../state/live-model.ts'
import { setMeans, shownSets, withClouds } from '../../state/shown-sets.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { LivePanel } from '../live/LivePanel.tsx'
import { fileMark, liveMark } from '../model-marks.ts'
import { useMarks } from '../use-marks.ts'
import { OwnFilesPanel } from '../files/OwnFilesPanel.tsx'
import { viewOfMap } from '../files/view-of-map.tsx'
import { FilesPanel } from './FilesPanel.tsx'
import { ModelsMap } from './ModelsMap.tsx'
import './explore.css'

const featuresOpening = <Panel title="Features" state={{ kind: 'loading', label: 'Loading plots' }} />

// Plots come with a chunk of their own: the map does not wait for them.
const FeaturePanel = lazyPart(async () => (await import('./FeaturePanel.tsx')).FeaturePanel, featuresOpening)
const SetPanel = lazyPart(
  async () => (await import('./SetPanel.tsx')).SetPanel,
  <Panel title="Set" state={{ kind: 'loading', label: 'Loading' }} />,
)

/** Models of new physics on their map, with the events behind each dot. */
export const ExploreView = viewOfMap('Map of models', OpenExplore)

function OpenExplore(map: EventsMap) {
  const { retry } = useEvents()
  const opening = useEventsState((state) => state.map)
  const { hidden, selection, named, focus } = useEventsState((state) => state.intent)
  const [hovered, setHovered] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const marks = useMarks(map)
  const shown = useMemo(() => shownSets(map, hidden), [map, hidden])
  const live = useEventsState((state) => state.live.value)
  const onMap = live && live.perSet === map.perSet ? live : undefined
  const placed = useEventsState((state) => state.dropped.value)
  const files = map.dataset === ownDataset.id ? undefined : placed
  const extra = useMemo(
    () => [
      ...(onMap ? [{ mark: liveMark(liveLabel(onMap.model)), latent: onMap.news.latent }] : []),
      ...(files ?? []).map(({ title, latent }, k) => ({ mark: fileMark(title, k), latent })),
    ],
    [onMap, files],
  )
  const drawn = useMemo(() => withClouds(shown, map, extra, marks.length), [shown, map, extra, marks])
  const drawnMarks = useMemo(() => [...marks, ...extra.map(({ mark }) => mark)], [marks, extra])
  const means = useMemo(() => setMeans(map), [map])
  const names = useMemo(() => setNames(map, means, drawn, named), [map, means, drawn, named])
  const answer = useMemo(() => pointSelection(drawn, selection, names), [drawn, selection, names])
  const selected = answer?.mask ?? null
  const kept = useKeptSets(map, means, opening.status === 'ready')
  const there = (set: number | null) => (set !== null && set < map.count ? set : null)
  return (
    <div
      className="events"
      data-testid="events"
      data-status={opening.status}
      data-dataset={map.dataset}
      data-points={shown.count}
      data-live={onMap ? onMap.news.places.length / map.perSet : undefined}
    >
      <PanelBoundary title="Map of models">
        <Panel
          title="Map of models"
          className="map-host"
          state={panelState(opening, retry)}
          badges={
            <KeptLead
              dot={`each dot is a set of ${map.perSet} events of one model`}
              words={{ truth: 'sets', maps: keptPlaces(map) }}
              kept={kept}
            />
          }
        >
          <ModelsMap
            {...{ map, marks: drawnMarks, shown: drawn, selected, highlighted: there(pointed) }}
            {...{ means, kept, names, fault: answer?.fault }}
            onHover={setHovered}
          />
        </Panel>
      </PanelBoundary>
      <div className="events-side">
        <PanelBoundary title="Set">
          <SetPanel
            {...{ map, marks, means, shown, selected, focus: there(focus), hovered: there(hovered) }}
            onPoint={setPointed}
          />
        </PanelBoundary>
        <PanelBoundary title="Live model">
          <LivePanel map={map} marks={marks} />
        </PanelBoundary>
        <PanelBoundary title="Your events">
          {map.dataset === ownDataset.id ? <OwnFilesPanel /> : <FilesPanel map={map} marks={marks} />}
        </PanelBoundary>
        <PanelBoundary title="Features">
          <FeaturePanel map={map} marks={marks} />
        </PanelBoundary>
      </div>
    </div>
  )
}
