import { useCallback, useMemo } from 'react'
import type { KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import { formatCount } from '../../../../ui/common/format.ts'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { Toggle } from '../../../../ui/common/Toggle.tsx'
import { KeptNote } from '../../../../ui/map/KeptLead.tsx'
import { keptColours, keptOf } from '../../../../ui/map/kept-words.ts'
import { KeptSelections, PointGoTo } from '../../../../ui/map/PointFinder.tsx'
import type { PointNames } from '../../../../ui/map/point-selection.ts'
import { MapPanel } from '../../../../ui/map/MapPanel.tsx'
import type { MapColours, MapMarkers } from '../../../../ui/map/types.ts'
import { useDensityContours } from '../../../../ui/map/use-density-contours.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { comparedModels } from '../../state/shown-models.ts'
import { setNeighbours } from '../../state/set-neighbours.ts'
import type { SetMeans, ShownSets } from '../../state/shown-sets.ts'
import { exportWithProvenance } from '../provenance.ts'
import { SetSize } from '../common/SetSize.tsx'
import { useEvents, useEventsState } from '../context.tsx'
import { marksLegend, setWords, type ModelMark } from '../model-marks.ts'
import { ModelsMenu } from './ModelsMenu.tsx'
import { keptPlaces } from './use-kept-sets.ts'

const HoverSet = lazyPart(async () => (await import('./HoverSet.tsx')).HoverSet, null)
const TourSets = lazyPart(
  async () => (await import('./TourSets.tsx')).TourSets,
  <p className="small soft">Loading the tour</p>,
)
const colourings = { class: 'model', kept: 'neighbours kept' } as const

interface ModelsMapProps {
  map: EventsMap
  /** Of the models of the map, and behind them that of the live model, if there is one. */
  marks: readonly ModelMark[]
  shown: ShownSets
  means: SetMeans
  kept: KeptNeighbours | null
  names: PointNames
  /** Why a rule holds for no dot. */
  fault: string | null | undefined
  /** [dots] non-zero where selected */
  selected: Uint8Array | null
  /** Number of the set that another panel points at. */
  highlighted: number | null
  onHover: (set: number | null) => void
}

/** Sets of events of all models, each dot in the colour and shape of its model. */
export function ModelsMap(props: ModelsMapProps) {
  const { map, marks, shown, means, kept, names, fault, selected, highlighted, onHover } = props
  const { context } = useEvents()
  const intent = useEventsState((state) => state.intent)
  const complete = useEventsState((state) => state.map.status !== 'running')
  const { focused } = comparedModels(map, intent)
  const colours = useMemo(
    (): MapColours => ({
      kind: 'class',
      index: shown.model,
      palette: marks.map(({ colour }) => colour),
      shapes: marks.map(({ shape }) => shape),
    }),
    [shown, marks],
  )
  const mask = useMemo(() => shown.model.map((model) => Number(model === focused)), [shown, focused])
  const classes = useMemo(
    () => (intent.classContours ? { kind: shown.model, colours: marks.map(({ colour }) => colour) } : null),
    [intent.classContours, shown, marks],
  )
  const contours = useDensityContours(
    shown,
    intent.contours && complete && (classes !== null || mask.includes(1)),
    classes ? null : mask,
    classes,
  )
  const legend = useMemo(
    () =>
      marksLegend(
        marks.filter(({ id }, m) => intent.hidden.includes(id) || shown.model.includes(m)),
        intent.hidden,
      ),
    [marks, shown, intent.hidden],
  )
  const byKept = useMemo(
    () =>
      intent.colourBy === 'kept' && kept ? keptColours(kept, 0, shown.count, (dot) => shown.set[dot]) : null,
    [intent.colourBy, kept, shown],
  )
  const words = useMemo(
    () => setWords(marks, (set) => (set < map.total ? map.model[set] : shown.model[shown.set.indexOf(set)])),
    [marks, map, shown],
  )
  const markers = useMemo((): MapMarkers => {
    const dot = intent.focus === null ? -1 : shown.set.indexOf(intent.focus)
    if (dot < 0) return {}
    return { focus: { x: shown.x[dot], y: shown.y[dot], label: words.nameOf(shown.set[dot]) } }
  }, [intent.focus, shown, words])
  const change = (patch: Partial<typeof intent>) => context.change(patch)
  const nearest = useMemo(
    () =>
      intent.focus === null || intent.focus >= map.count
        ? null
        : (setNeighbours(map, means, intent.focus, 'latent', 1).rows.at(0)?.set ?? null),
    [map, means, intent.focus],
  )
  const card = useCallback(
    (dot: number) => {
      const set = shown.set[dot]
      if (set >= map.count) return <p>{words.describe(set)}</p>
      const own = kept ? keptOf(kept, 0, set) : undefined
      return <HoverSet {...{ map, means, marks, set, kept: own }} />
    },
    [map, means, marks, shown, words, kept],
  )
  const pointed = highlighted === null ? -1 : shown.set.indexOf(highlighted)
  if (intent.tour && map.dimensions > 2)
    return <TourSets {...{ map, marks, legend, words, kept }} card={(set) => card(shown.set.indexOf(set))} />
  return (
    <MapPanel
      {...{ points: shown, selected, markers, contours, card }}
      colours={byKept?.colours ?? colours}
      legend={byKept?.legend ?? legend}
      filter={byKept ? undefined : { onHide: (hidden) => change({ hidden }) }}
      markWords={{ focus: 'picked set' }}
      bar={<KeptSelections {...{ intent, names, fault, onChange: change }} />}
      exports={{
        save: (file, format, what) => exportWithProvenance(context, file, format, what),
        columns: {
          headings: ['set', 'model'],
          cells: (dot) => [shown.set[dot], words.nameOf(shown.set[dot])],
        },
      }}
      camera={intent.camera}
      onCameraChange={(camera) => context.change({ camera }, 'camera')}
      onRegion={(selection) => context.change({ selection })}
      onClearSelection={() => context.change({ selection: null })}
      onPick={(dot) => {
        if (dot !== null && shown.set[dot] < map.total)
          context.change({ focus: shown.set[dot], cursor: null })
      }}
      onHover={(dot) => onHover(dot === null ? null : shown.set[dot])}
      onClear={() => context.change({ selection: null, focus: null })}
      highlighted={pointed < 0 ? null : pointed}
      corner={`13 TeV, LO, sets of ${map.perSet}`}
      describeRow={(dot) => words.describe(shown.set[dot])}
      total={map.total + shown.set.filter((set) => set >= map.total).length}
      toolbar={
        <>
          <SetSize />
          <ModelsMenu marks={marks.slice(0, map.ids.length)} />
          <Toggle
            label="contours"
            checked={intent.contours}
            onChange={(wanted) => context.change({ contours: wanted })}
          />
          {intent.contours && (
            <Toggle
              {...{ label: 'per model', checked: intent.classContours }}
              title="Contours of each model by itself"
              onChange={(classContours) => change({ classContours })}
            />
          )}
          <SelectField
            {...{ label: 'colour by', value: intent.colourBy, labels: colourings }}
            onChange={(colourBy) => change({ colourBy })}
          />
          {map.dimensions > 2 && (
            <button
              type="button"
              className="button"
              title="Turn the latent space through planes, with the neighbours that the map loses"
              onClick={() => change({ tour: { plane: null } })}
            >
              Tour in {map.dimensions}-D
            </button>
          )}
          <PointGoTo
            {...{ points: shown, names, nearest, onChange: change }}
            {...{ noun: 'set', example: 'met > 400' }}
            dotOf={(set) => shown.set.indexOf(set)}
          />
        </>
      }
      note={
        <span role="status">
          {contours.length > 0 &&
            (classes ? (
              <>; contours enclose 68&#8239;% of the sets of each model</>
            ) : (
              <>
                ; contours enclose 68&#8239;% and 95&#8239;% of the {formatCount(mask.filter(Boolean).length)}{' '}
                sets of {marks[focused].label}
              </>
            ))}
          <KeptNote kept={kept} words={{ truth: 'sets', maps: keptPlaces(map) }} />
        </span>
      }
    />
  )
}
