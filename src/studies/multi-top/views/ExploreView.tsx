import { useMemo, useState } from 'react'
import { nearestOthers } from '../../../numerics/neighbour-lists.ts'
import { NumberField } from '../../../ui/common/NumberField.tsx'
import { Panel } from '../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../ui/common/PanelBoundary.tsx'
import { SelectField } from '../../../ui/common/SelectField.tsx'
import { formatWithError } from '../../../ui/common/format.ts'
import { panelState } from '../../../ui/common/panel-state.ts'
import { useDrawnByClass } from '../../../ui/map/drawn-by-class.ts'
import { MapPanel } from '../../../ui/map/MapPanel.tsx'
import { NeighbourList } from '../../../ui/map/NeighbourList.tsx'
import { pointsAt } from '../../../ui/map/points-at.ts'
import { PointTable } from '../../../ui/map/PointTable.tsx'
import { selectionMask } from '../../../ui/map/region.ts'
import type { MapEvents } from '../analysis/map/map-events.ts'
import { topClasses } from '../datasets.ts'
import { perClassLimits, perplexityLimits } from '../limits.ts'
import type { ShownTsne } from '../model.ts'
import { shownPlaces } from '../state/shown-map.ts'
import { useMultiTop, useMultiTopState, viewOf } from './context.tsx'
import { EventCard } from './EventCard.tsx'
import { eventWords, numbersOf } from './event-words.ts'
import './multi-top.css'

/** Events of zero to four top quarks as dots of a map, with the event behind each. */
export const ExploreView = viewOf((state) => state.events, 'Map of events', OpenExplore)

const classNames = topClasses.map(({ label }) => label)
const layoutLabels = { pca: 'components', tsne: 't-SNE' } as const
const metricLabels = { euclidean: 'Euclidean', cosine: 'cosine', manhattan: 'Manhattan' } as const
const numberNames = ['jets', 'b-jets', 'leptons', 'MET [GeV]']
const space = { id: 'components' as const, label: 'Input', name: 'the input space', metric: 'Euclidean' }

function OpenExplore(events: MapEvents) {
  const { context } = useMultiTop()
  const intent = useMultiTopState((state) => state.intent)
  const tsne = useMultiTopState((state) => state.tsne)
  const opening = useMultiTopState((state) => state.events)
  const [hovered, setHovered] = useState<number | null>(null)
  const { components, componentCount, labels } = events
  const { layout, xy } = useMemo(
    () => shownPlaces(intent, events, opening.key, tsne),
    [intent, events, opening.key, tsne],
  )
  const points = useMemo(() => pointsAt(xy), [xy])
  const drawn = useDrawnByClass(classNames, labels)
  const selected = useMemo(() => selectionMask(points, intent.selection), [points, intent.selection])
  const focus = intent.focus !== null && intent.focus < events.events ? intent.focus : null
  const nearest = useMemo(
    () =>
      focus === null
        ? []
        : nearestOthers(components, events.events, componentCount, focus, intent.neighbours),
    [components, componentCount, events, focus, intent.neighbours],
  )
  const numbers = useMemo(
    () => Array.from({ length: events.events }, (_, event) => Object.values(numbersOf(events, event))).flat(),
    [events],
  )
  const place = (event: number) => ({ x: points.x[event], y: points.y[event] })
  return (
    <div
      className="multi-top"
      data-testid="multi-top"
      data-status={opening.status}
      data-points={points.count}
      data-layout={layout}
    >
      <PanelBoundary title="Map of events">
        <Panel
          title="Map of events"
          className="map-host"
          state={panelState(opening.status === 'ready' && intent.layout === 'tsne' ? tsne : opening)}
        >
          <MapPanel
            {...{ points, selected, camera: intent.camera, colours: drawn.colours, legend: drawn.legend }}
            titles={layout === 'pca' ? ['component 1', 'component 2'] : ['t-SNE 1', 't-SNE 2']}
            onCameraChange={(camera) => context.change({ camera }, 'camera')}
            onRegion={(selection) => context.change({ selection })}
            onClearSelection={() => context.change({ selection: null })}
            onPick={(event) => event !== null && context.change({ focus: event })}
            onHover={setHovered}
            onClear={() => context.change({ selection: null, focus: null })}
            markers={{
              focus: focus === null ? null : { ...place(focus), label: `Event ${focus}` },
              neighbours: nearest.map(({ row }) => place(row)),
            }}
            corner="13 TeV, LO, one dot an event"
            total={events.events}
            describeRow={(event) => eventWords(events, event)}
            note={layout === 'tsne' && tsne.value?.purity ? <Purity {...tsne.value.purity} /> : null}
            toolbar={<Layout />}
          />
        </Panel>
      </PanelBoundary>
      <div className="multi-top-side">
        <PanelBoundary title="Event">
          <EventCard events={events} event={hovered ?? focus} />
        </PanelBoundary>
        {focus !== null && (
          <Panel title="Neighbours">
            <NeighbourList
              {...{
                spaces: [space],
                space: space.id,
                noun: 'event',
                searched: events.events,
                current: focus,
              }}
              onSpaceChange={() => undefined}
              neighbours={nearest.map(({ row, distance }) => ({
                ...{ id: row, distance, colour: drawn.words.colourOf(row) },
                label: `Event ${row}, ${classNames[labels[row]]}`,
              }))}
              onSelect={(event) => context.change({ focus: event })}
            />
          </Panel>
        )}
        {selected && (
          <Panel title="Selection">
            <PointTable
              {...{ caption: 'Selected events', selected, names: numberNames, values: numbers }}
              columns={[{ key: 'class', label: 'class', value: (event) => classNames[labels[event]] }]}
            />
          </Panel>
        )}
      </div>
    </div>
  )
}

/** What the neighbours say: the picture is no evidence. */
function Purity({ space: before, map, neighbours }: NonNullable<ShownTsne['purity']>) {
  return (
    <span role="status">
      ; of {neighbours} nearest, {formatWithError(before.value, before.error)} are of the same class in the
      input space, {formatWithError(map.value, map.error)} on the map
    </span>
  )
}

function Layout() {
  const { context } = useMultiTop()
  const { layout, metric, perplexity, perClass } = useMultiTopState((state) => state.intent)
  return (
    <>
      <SelectField
        {...{ label: 'layout', value: layout, labels: layoutLabels }}
        onChange={(value) => context.change({ layout: value, camera: null, selection: null })}
      />
      {layout === 'tsne' && (
        <>
          <SelectField
            {...{ label: 'metric', value: metric, labels: metricLabels }}
            onChange={(value) => context.change({ metric: value, camera: null })}
          />
          <NumberField
            {...{ label: 'perplexity', value: perplexity }}
            {...{ min: perplexityLimits.least, max: perplexityLimits.most }}
            onCommit={(value) => context.change({ perplexity: value, camera: null })}
          />
        </>
      )}
      <NumberField
        {...{ label: 'events per class', value: perClass, integer: true }}
        {...{ min: perClassLimits.least, max: perClassLimits.most }}
        onCommit={(value) => context.change({ perClass: value, selection: null, focus: null })}
      />
    </>
  )
}
