import { useCallback, useMemo, useState } from 'react'
import { shortName } from '../../../errors.ts'
import { nearestOthers } from '../../../numerics/neighbour-lists.ts'
import { Panel } from '../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../ui/common/PanelBoundary.tsx'
import { panelState } from '../../../ui/common/panel-state.ts'
import { useDrawnByClass } from '../../../ui/map/drawn-by-class.ts'
import { MapPanel } from '../../../ui/map/MapPanel.tsx'
import { NeighbourList } from '../../../ui/map/NeighbourList.tsx'
import { pointsAt } from '../../../ui/map/points-at.ts'
import { PointTable } from '../../../ui/map/PointTable.tsx'
import { lazyPart } from '../../../ui/common/lazy-part.tsx'
import { KeptLead, KeptNote } from '../../../ui/map/KeptLead.tsx'
import { keptColours, keptOf } from '../../../ui/map/kept-words.ts'
import { KeptSelections, PointGoTo } from '../../../ui/map/PointFinder.tsx'
import { pointSelection } from '../../../ui/map/point-selection.ts'
import { useDensityContours } from '../../../ui/map/use-density-contours.ts'
import { leadingAxes, tourAxes } from './tour-axes.ts'
import { useKeptEvents } from './use-kept-events.ts'
import { eventNames, visiblePoints, withHidden } from './shown-events.ts'
import type { Loadable } from '../../../core/loadable.ts'
import type { LearnedMap } from '../analysis/map/learned-map.ts'
import type { MapEvents } from '../analysis/map/map-events.ts'
import { topClasses } from '../datasets.ts'
import type { ShownTsne } from '../model.ts'
import { droppedPlaces } from '../state/shown-dropped.ts'
import { shownPlaces } from '../state/shown-map.ts'
import { useMultiTop, useMultiTopState, viewOf } from './context.tsx'
import { DroppedPanel } from './DroppedPanel.tsx'
import { EventCard } from './EventCard.tsx'
import { eventWords, numbersOf } from './event-words.ts'
import { exportWithProvenance } from './provenance.ts'
import { MapLayout } from './MapLayout.tsx'
import { Purity, SpacePurity } from './PurityWords.tsx'
import './multi-top.css'

/** Events of zero to four top quarks as dots of a map, with the event behind each. */
export const ExploreView = viewOf((state) => state.events, 'Map of events', OpenExplore)

const TourEvents = lazyPart(
  async () => (await import('./TourEvents.tsx')).TourEvents,
  <p className="small soft">Loading the tour</p>,
)
const HoverEvent = lazyPart(async () => (await import('./HoverEvent.tsx')).HoverEvent, null)
const classNames = topClasses.map(({ label }) => label)
const numberNames = ['jets', 'b-jets', 'leptons', 'MET [GeV]']
const neighbourSpaces = [
  { id: 'input' as const, label: 'Input', name: 'the input space', metric: 'Euclidean' },
  { id: 'learned' as const, label: 'Learned', name: 'the learned space', metric: 'Euclidean' },
]

function OpenExplore(events: MapEvents) {
  const { context } = useMultiTop()
  const intent = useMultiTopState((state) => state.intent)
  const tsne = useMultiTopState((state) => state.tsne)
  const opening = useMultiTopState((state) => state.events)
  const learned = useMultiTopState((state) => state.learned)
  const [hovered, setHovered] = useState<number | null>(null)
  const [tablePoint, setTablePoint] = useState<number | null>(null)
  // Of the dropped file.
  const [picked, setPicked] = useState<number | null>(null)
  const { labels } = events
  const { layout, space, xy } = useMemo(
    () => shownPlaces(intent, events, opening.key, tsne, learned),
    [intent, events, opening.key, tsne, learned],
  )
  const placed = useMultiTopState((state) => state.dropped.value)
  const own = useMemo(() => {
    if (!placed) return null
    const table = space === 'learned' && learned.value ? learned.value : events
    return droppedPlaces(placed, space, table, layout === 'tsne' ? xy : null)
  }, [placed, space, learned.value, events, layout, xy])
  const points = useMemo(() => pointsAt(own ? Float64Array.from([...xy, ...own]) : xy), [xy, own])
  const names = useMemo(
    () => (placed && own ? [...classNames, shortName(placed.name)] : classNames),
    [placed, own],
  )
  const kinds = useMemo(
    () =>
      own ? Uint8Array.from([...labels, ...new Uint8Array(own.length / 2).fill(classNames.length)]) : labels,
    [labels, own],
  )
  const drawn = useDrawnByClass(names, kinds)
  const { hiddenClasses } = intent
  const seen = useMemo(
    () => visiblePoints(points, kinds, hiddenClasses, names),
    [points, kinds, hiddenClasses, names],
  )
  const shownDots = useMemo(() => seen.x.reduce((sum, x) => sum + Number(Number.isFinite(x)), 0), [seen])
  const finding = useMemo(() => eventNames(events, intent.named), [events, intent.named])
  const answer = useMemo(
    () => pointSelection(seen, intent.selection, finding),
    [seen, intent.selection, finding],
  )
  const selected = answer?.mask ?? null
  const truth = space === 'learned' && learned.value ? learned.value : events
  const axes = useMemo(() => (layout === 'pca' ? leadingAxes(truth) : null), [layout, truth])
  const kept = useKeptEvents(xy, truth, opening.status === 'ready', axes)
  const keptWords = {
    truth: `events (${space} space)`,
    maps: axes ? ['this map', `its ${tourAxes} leading components`] : ['this map'],
  }
  const byKept = useMemo(
    () => (intent.colourBy === 'kept' && kept ? keptColours(kept, 0, kinds.length, (dot) => dot) : null),
    [intent.colourBy, kept, kinds],
  )
  const classes = useMemo(() => ({ kind: kinds, colours: drawn.palette }), [kinds, drawn.palette])
  const seenMask = useMemo(() => Uint8Array.from(seen.x, (x) => Number(Number.isFinite(x))), [seen])
  const contours = useDensityContours(seen, intent.classContours, seenMask, classes)
  const legend = withHidden(drawn.legend, hiddenClasses)
  const card = useCallback(
    (dot: number) => {
      if (dot >= events.events) return <p>{`Event ${dot - events.events} of ${placed?.name}`}</p>
      const own = kept ? keptOf(kept, 0, dot) : undefined
      return <HoverEvent {...{ events, event: dot, kept: own, colour: drawn.words.colourOf(dot) }} />
    },
    [events, placed, kept, drawn.words],
  )
  const focus = intent.focus !== null && intent.focus < events.events ? intent.focus : null
  const inSpace = intent.neighbourSpace === 'learned' && learned.value ? 'learned' : 'input'
  const lists = useMemo(() => {
    if (focus === null) return { input: [], learned: [] }
    const near = ({
      components,
      componentCount,
    }: Pick<MapEvents | LearnedMap, 'components' | 'componentCount'>) =>
      nearestOthers(components, events.events, componentCount, focus, intent.neighbours)
    return { input: near(events), learned: learned.value ? near(learned.value) : [] }
  }, [events, learned.value, focus, intent.neighbours])
  const nearest = lists[inSpace]
  const other = inSpace === 'input' ? 'learned' : 'input'
  const otherRows = new Set(lists[other].map(({ row }) => row))
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
      data-space={space}
    >
      <PanelBoundary title="Map of events">
        <Panel
          title="Map of events"
          className="map-host"
          state={panelState(stateOf(opening, intent, learned, tsne))}
          badges={<KeptLead dot="each dot is an event" kept={kept} words={keptWords} />}
        >
          {intent.tour && axes ? (
            <TourEvents
              {...{ events, values: axes, kept, focus, card, words: keptWords }}
              drawn={byKept ?? drawn}
              selected={selected?.subarray(0, events.events) ?? null}
              corner={`${space} space, ${tourAxes} of ${truth.componentCount} components`}
            />
          ) : (
            <MapPanel
              {...{ points: seen, shown: shownDots, selected, camera: intent.camera, contours, card }}
              colours={byKept?.colours ?? drawn.colours}
              legend={byKept?.legend ?? legend}
              filter={byKept ? undefined : { onHide: (ids) => context.change({ hiddenClasses: ids }) }}
              markWords={{
                focus: 'picked event',
                neighbours: `its ${nearest.length} nearest in ${inSpace === 'input' ? 'the input space' : 'the learned space'}`,
              }}
              bar={
                <KeptSelections
                  {...{ intent, names: finding, fault: answer?.fault }}
                  onChange={(patch) => context.change(patch)}
                />
              }
              highlighted={tablePoint}
              exports={{ save: (file, format, what) => exportWithProvenance(context, file, format, what) }}
              titles={layout === 'pca' ? ['component 1', 'component 2'] : ['t-SNE 1', 't-SNE 2']}
              onCameraChange={(camera) => context.change({ camera }, 'camera')}
              onRegion={(selection) => context.change({ selection })}
              onClearSelection={() => context.change({ selection: null })}
              onPick={(event) => {
                if (event === null) return
                if (event < events.events) context.change({ focus: event })
                else setPicked(event - events.events)
              }}
              onHover={setHovered}
              onClear={() => context.change({ selection: null, focus: null })}
              markers={{
                focus: focus === null ? null : { ...place(focus), label: `Event ${focus}` },
                neighbours: nearest.map(({ row }) => place(row)),
              }}
              corner="13 TeV, LO, one dot an event"
              total={points.count}
              describeRow={(event) =>
                event < events.events
                  ? eventWords(events, event)
                  : `Event ${event - events.events} of ${placed?.name}`
              }
              note={
                <>
                  {layout === 'tsne' && tsne.value?.purity && <Purity {...tsne.value.purity} of={space} />}
                  {learned.value && <SpacePurity {...learned.value} />}
                  <KeptNote kept={kept} words={keptWords} />
                  {contours.length > 0 && '; contours enclose 68 % of the events of each class'}
                </>
              }
              toolbar={
                <>
                  <MapLayout />
                  <PointGoTo
                    {...{ points: seen, names: finding, noun: 'event', example: 'nb >= 3' }}
                    dotOf={(event) => (event < events.events ? event : -1)}
                    nearest={nearest.at(0)?.row ?? null}
                    onChange={(patch) => context.change(patch)}
                  />
                </>
              }
            />
          )}
        </Panel>
      </PanelBoundary>
      <div className="multi-top-side">
        <PanelBoundary title="Event">
          <EventCard events={events} event={hovered !== null && hovered < events.events ? hovered : focus} />
        </PanelBoundary>
        <PanelBoundary title="Your events">
          <DroppedPanel
            hovered={hovered !== null && hovered >= events.events ? hovered - events.events : picked}
          />
        </PanelBoundary>
        {focus !== null && (
          <Panel title="Neighbours">
            <NeighbourList
              {...{
                spaces: neighbourSpaces,
                space: inSpace,
                noun: 'event',
                searched: events.events,
                current: focus,
              }}
              onSpaceChange={(wanted) => context.change({ neighbourSpace: wanted })}
              overlaps={
                lists[other].length > 0
                  ? [{ space: other, shared: nearest.filter(({ row }) => otherRows.has(row)).length }]
                  : []
              }
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
              {...{ caption: 'Selected events', names: numberNames, values: numbers }}
              selected={selected.subarray(0, events.events)}
              current={focus}
              onPick={(event) => context.change({ focus: event })}
              onPoint={setTablePoint}
              columns={[{ key: 'class', label: 'class', value: (event) => classNames[labels[event]] }]}
            />
          </Panel>
        )}
      </div>
    </div>
  )
}

/** What the map waits for. */
function stateOf(
  opening: Loadable<MapEvents>,
  { layout, space }: { layout: string; space: string },
  learned: Loadable<LearnedMap>,
  tsne: Loadable<ShownTsne>,
): Loadable<unknown> {
  if (opening.status !== 'ready') return opening
  if (space === 'learned' && learned.status !== 'ready') return { ...learned, value: opening.value }
  return layout === 'tsne' ? tsne : opening
}
