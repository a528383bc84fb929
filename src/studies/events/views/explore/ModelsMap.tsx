import { useMemo } from 'react'
import { formatCount } from '../../../../ui/common/format.ts'
import { Toggle } from '../../../../ui/common/Toggle.tsx'
import { MapPanel } from '../../../../ui/map/MapPanel.tsx'
import type { MapColours, MapMarkers } from '../../../../ui/map/types.ts'
import { useDensityContours } from '../../../../ui/map/use-density-contours.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { comparedModels } from '../../state/shown-models.ts'
import type { ShownSets } from '../../state/shown-sets.ts'
import { SetSize } from '../common/SetSize.tsx'
import { useEvents, useEventsState } from '../context.tsx'
import { marksLegend, setWords, type ModelMark } from '../model-marks.ts'
import { ModelsMenu } from './ModelsMenu.tsx'

interface ModelsMapProps {
  map: EventsMap
  /** Of the models of the map, and behind them that of the live model, if there is one. */
  marks: readonly ModelMark[]
  shown: ShownSets
  /** [dots] non-zero where selected */
  selected: Uint8Array | null
  /** Number of the set that another panel points at. */
  highlighted: number | null
  onHover: (set: number | null) => void
}

/** Sets of events of all models, each dot in the colour and shape of its model. */
export function ModelsMap({ map, marks, shown, selected, highlighted, onHover }: ModelsMapProps) {
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
  const contours = useDensityContours(shown, intent.contours && complete && mask.includes(1), mask)
  const legend = useMemo(() => marksLegend(marks.filter((_, m) => shown.model.includes(m))), [marks, shown])
  const words = useMemo(
    () => setWords(marks, (set) => (set < map.total ? map.model[set] : shown.model[shown.set.indexOf(set)])),
    [marks, map, shown],
  )
  const markers = useMemo((): MapMarkers => {
    const dot = intent.focus === null ? -1 : shown.set.indexOf(intent.focus)
    if (dot < 0) return {}
    return { focus: { x: shown.x[dot], y: shown.y[dot], label: words.nameOf(shown.set[dot]) } }
  }, [intent.focus, shown, words])
  const pointed = highlighted === null ? -1 : shown.set.indexOf(highlighted)
  return (
    <MapPanel
      {...{ points: shown, colours, legend, selected, markers, contours }}
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
        </>
      }
      note={
        contours.length > 0 && (
          <span role="status">
            ; contours enclose 68&#8239;% and 95&#8239;% of the {formatCount(mask.filter(Boolean).length)}{' '}
            sets of {marks[focused].label}
          </span>
        )
      }
    />
  )
}
