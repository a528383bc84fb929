import { useCallback, useMemo, useState } from 'react'
import type { ComparedMap, ComparedMaps } from '../../numerics/compared-maps.ts'
import { formatNumber, formatPercent } from '../common/format.ts'
import type { Camera } from '../map/camera.ts'
import { EmbeddingMap } from '../map/EmbeddingMap.tsx'
import { mapSummary } from '../map/figure.ts'
import type { MapTool } from '../map/gesture-session.ts'
import { MapLegend, type ColourLegend, type RingLegend } from '../map/MapLegend.tsx'
import {
  combineMasks,
  countSelected,
  selectRegion,
  type Selection,
  type SelectionMode,
} from '../map/select.ts'
import type { MapColours, MapMarkers } from '../map/types.ts'
import { commonCamera, mapPoints, trails } from './compare-figure.ts'
import './compare.css'
import { cameraName, withCamera, type CompareSettings, type MapChoice } from './compare-settings.ts'
import type { PointWords } from '../map/point-words.ts'

export interface CompareGridProps {
  compared: ComparedMaps
  settings: CompareSettings
  /** @param key  changes of one key in a row are one step of undo */
  onSettings: (patch: Partial<CompareSettings>, key?: string) => void
  /** Maps that may take the place of one that is shown. */
  choices: readonly MapChoice[]
  tool: MapTool
  /** The one selection of all maps, [points]. */
  selected: Uint8Array | null
  /** A region was drawn on one of them, and combined with what was selected; null clears. */
  onSelected: (points: number[] | null) => void
  /** The one point in focus. */
  focus: number | null
  onFocus: (point: number) => void
  /** What the maps share where colours are not those of each one. */
  colours: MapColours
  legend: ColourLegend
  flagged?: Uint8Array | null
  rings?: RingLegend | null
  /** A point that is marked on every map. */
  origin?: { point: number; label: string }
  words: PointWords
}

const keptLegend: ColourLegend = {
  kind: 'ramp',
  ramp: 'viridis',
  low: '0',
  high: '1',
  title: 'share of its neighbours on the first map',
}

/** The maps; pointer, selection and, where they are aligned, the camera are shared. */
export function CompareGrid(props: CompareGridProps) {
  const { compared, settings, onSettings, colours, legend, rings } = props
  const { align, colour } = settings
  const [hovered, setHovered] = useState<{ row: number; map: number } | null>(null)
  // Aligned maps are seen through one frame.
  const common = useMemo(() => (align ? commonCamera(compared) : null), [align, compared])
  return (
    <>
      <div className="compare-grid" data-count={compared.maps.length}>
        {compared.maps.map((map, index) => (
          <CompareMap
            key={map.id}
            {...props}
            map={map}
            index={index}
            colours={colour === 'kept' ? keptColours(map) : colours}
            hovered={hovered && hovered.map !== index ? hovered.row : null}
            onHover={(row) => setHovered(row === null ? null : { row, map: index })}
            camera={settings.cameras[cameraName(settings, map.id)] ?? common}
            onCamera={(camera) =>
              onSettings({ cameras: withCamera(settings, map.id, camera) }, 'compare-camera')
            }
          />
        ))}
      </div>
      <MapLegend legend={colour === 'kept' ? keptLegend : legend} rings={rings} />
    </>
  )
}

const keptCache = new WeakMap<ComparedMap, MapColours>()

/** The same object for the same map: colours are uploaded by identity. */
function keptColours(map: ComparedMap): MapColours {
  const known = keptCache.get(map)
  if (known) return known
  const made: MapColours = { kind: 'value', value: map.kept, ramp: 'viridis' }
  keptCache.set(map, made)
  return made
}

interface CompareMapProps extends CompareGridProps {
  map: ComparedMap
  index: number
  hovered: number | null
  onHover: (row: number | null) => void
  camera: Camera | null
  onCamera: (camera: Camera | null) => void
}

function CompareMap(props: CompareMapProps) {
  const { compared, settings, onSettings, choices, selected, onSelected, focus, tool, map, index } = props
  const { origin, words } = props
  const { maps: ids, align } = settings
  const points = useMemo(() => mapPoints(map, align), [map, align])
  const drawTrails = settings.trails && align && index > 0
  const drawn = useMemo(
    () => (drawTrails ? trails(compared, index, selected) : null),
    [drawTrails, compared, index, selected],
  )
  const markers = useMemo((): MapMarkers => {
    const at = (u: number) => ({ x: points.x[u], y: points.y[u] })
    const k = compared.neighbours
    return {
      origin: origin && { ...at(origin.point), label: origin.label },
      // The mark of the origin has its name already.
      focus:
        focus === null
          ? null
          : { ...at(focus), ...(focus !== origin?.point && { label: words.nameOf(focus) }) },
      // The neighbours of the first map, wherever they lie here.
      neighbours:
        focus === null
          ? []
          : Array.from(compared.maps[0].neighbours.subarray(focus * k, (focus + 1) * k), at),
    }
  }, [points, compared, focus, origin, words])

  const onSelect = useCallback(
    (region: Selection, mode: SelectionMode) => {
      const mask = combineMasks(selected, selectRegion(points.x, points.y, points.count, region), mode)
      const chosen = Array.from(mask.keys()).filter((point) => mask[point])
      onSelected(chosen.length > 0 ? chosen : null)
    },
    [points, selected, onSelected],
  )
  const replace = (id: string) => onSettings({ maps: ids.map((old) => (old === map.id ? id : old)) })
  const others = choices.filter(({ id }) => id === map.id || !ids.includes(id))
  const known = others.some(({ id }) => id === map.id)
  const chosen = countSelected(selected)
  return (
    <section className="compare-map" aria-label={`Map ${index + 1}: ${map.id}`}>
      <header className="compare-head">
        <select
          className="select"
          aria-label={`Map ${index + 1}`}
          value={map.id}
          onChange={(event) => replace(event.target.value)}
        >
          {!known && <option value={map.id}>{map.id}</option>}
          {others.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <span className="small soft">
          {index === 0
            ? 'reference'
            : `disparity ${formatNumber(map.fit.disparity, 2)}, keeps ${formatPercent(map.meanKept)}`}
        </span>
        {ids.length > 2 && (
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove ${map.id}`}
            onClick={() => onSettings({ maps: ids.filter((id) => id !== map.id) })}
          >
            ×
          </button>
        )}
      </header>
      <div className="compare-frame">
        <EmbeddingMap
          points={points}
          colours={props.colours}
          selected={selected}
          flagged={props.flagged}
          camera={props.camera}
          onCameraChange={props.onCamera}
          tool={tool}
          onSelect={onSelect}
          onPick={(row) => row !== null && props.onFocus(row)}
          onHover={props.onHover}
          highlighted={props.hovered}
          onClear={() => onSelected(null)}
          markers={markers}
          paths={drawn?.paths}
          titles={align || map.latentDim === 2 ? ['z₁', 'z₂'] : ['axis 1', 'axis 2']}
          corner={cornerText(map, index, align)}
          summary={`${map.id}. ${mapSummary(points.x, points.y, points.count, chosen, ['z₁', 'z₂'])}`}
          describeRow={words.describe}
        />
      </div>
      {drawn && (
        <p className="small soft">
          trails of {drawn.paths.length} of {drawn.of} {words.many}
          {selected ? ' selected' : ''}
        </p>
      )}
    </section>
  )
}

function cornerText(map: ComparedMap, index: number, aligned: boolean): string {
  const parts = [map.latentDim > 2 ? `first 2 principal axes of ${map.latentDim}` : '']
  if (aligned && index > 0) parts.push(map.fit.mirrored ? 'turned, mirrored, scaled' : 'turned, scaled')
  return parts.filter(Boolean).join('; ')
}
