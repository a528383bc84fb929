import { useCallback, useMemo, useState } from 'react'
import type { ComparedMap, ComparedMaps } from '../../analysis/drell-yan/compare/compare-maps.ts'
import { mostSelectedUniverses } from '../../share/schema.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import type { MapChoice } from '../../state/latent-actions.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { formatNumber, formatPercent } from '../common/format.ts'
import type { Camera } from '../embedding/camera.ts'
import { EmbeddingMap } from '../embedding/EmbeddingMap.tsx'
import { mapSummary } from '../embedding/figure.ts'
import {
  combineMasks,
  selectRegion,
  type Selection as MapRegion,
  type SelectionMode,
} from '../embedding/select.ts'
import type { MapColours, MapMarkers } from '../embedding/types.ts'
import type { MapTool } from '../embedding/gesture-session.ts'
import { mapColours } from '../explore/map-colours.ts'
import { MapLegend } from '../explore/MapLegend.tsx'
import { commonCamera, mapPoints, trails } from './compare-figure.ts'

interface CompareGridProps {
  open: OpenDataset
  compared: ComparedMaps
  ids: readonly string[]
  choices: readonly MapChoice[]
  selected: Uint8Array | null
  tool: MapTool
}

/** The maps; pointer, selection and, where they are aligned, the camera are shared. */
export function CompareGrid(props: CompareGridProps) {
  const { open, compared } = props
  const { header } = open
  const colourBy = useAppState((state) => state.intent.colourBy)
  const { align, colour } = useAppState((state) => state.intent.compare)
  const [hovered, setHovered] = useState<{ row: number; map: number } | null>(null)
  // Of each map by its id; where they are laid onto the first one, all are seen through one.
  const [cameras, setCameras] = useState<Record<string, Camera | null>>({})
  const shared = useMemo(() => {
    const universe = Int32Array.from({ length: header.table.count }, (_, u) => u)
    return mapColours({ universe }, open, colourBy)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in change no universe
  }, [header, colourBy])
  const flagged = useMemo(
    () => (header.manifest.order === 'linear' ? header.table.flags : null),
    [header.manifest.order, header.table],
  )
  // Aligned maps are seen through one frame.
  const common = useMemo(() => (align ? commonCamera(compared) : null), [align, compared])
  const cameraOf = ({ id }: ComparedMap) => (align ? `aligned to ${compared.maps[0].id}` : id)
  return (
    <>
      <div className="compare-grid" data-count={compared.maps.length}>
        {compared.maps.map((map, index) => (
          <CompareMap
            key={map.id}
            {...props}
            map={map}
            index={index}
            colours={colour === 'kept' ? keptColours(map) : shared.colours}
            flagged={flagged}
            hovered={hovered && hovered.map !== index ? hovered.row : null}
            onHover={(row) => setHovered(row === null ? null : { row, map: index })}
            camera={cameras[cameraOf(map)] ?? common}
            onCamera={(camera) => setCameras((old) => ({ ...old, [cameraOf(map)]: camera }))}
          />
        ))}
      </div>
      <MapLegend
        legend={
          colour === 'kept'
            ? {
                kind: 'ramp',
                ramp: 'viridis',
                low: '0',
                high: '1',
                title: 'share of its neighbours on the first map',
              }
            : shared.legend
        }
        flagged={flagged ? flagged.reduce((sum, flag) => sum + (flag ? 1 : 0), 0) : 0}
      />
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
  colours: MapColours
  flagged: Uint8Array | null
  hovered: number | null
  onHover: (row: number | null) => void
  camera: Camera | null
  onCamera: (camera: Camera | null) => void
}

function CompareMap(props: CompareMapProps) {
  const { open, compared, ids, choices, selected, tool, map, index } = props
  const { actions } = useApp()
  const compare = useAppState((state) => state.intent.compare)
  const focus = useAppState((state) => state.intent.focus)
  const points = useMemo(() => mapPoints(map, compare.align), [map, compare.align])
  const drawTrails = compare.trails && compare.align && index > 0
  const drawn = useMemo(
    () => (drawTrails ? trails(compared, index, selected) : null),
    [drawTrails, compared, index, selected],
  )
  const universe = focus.kind === 'universe' && focus.id < points.count ? focus.id : null
  const markers = useMemo((): MapMarkers => {
    const at = (u: number) => ({ x: points.x[u], y: points.y[u] })
    const k = compared.neighbours
    return {
      sm: { ...at(0), label: 'SM' },
      focus: universe ? { ...at(universe), label: `Universe ${universe}` } : universe === 0 ? at(0) : null,
      // The neighbours of the first map, wherever they lie here.
      neighbours:
        universe === null
          ? []
          : Array.from(compared.maps[0].neighbours.subarray(universe * k, (universe + 1) * k), at),
    }
  }, [points, compared, universe])

  const onSelect = useCallback(
    (region: MapRegion, mode: SelectionMode) => {
      const found = selectRegion(points.x, points.y, points.count, region)
      const mask = combineMasks(selected, found, mode)
      const chosen = Array.from(mask.keys()).filter((u) => mask[u])
      if (chosen.length > mostSelectedUniverses) {
        actions.notify(
          'warning',
          `The region holds ${chosen.length} universes; a shared selection carries at most ${mostSelectedUniverses}. Draw a smaller one.`,
        )
        return
      }
      actions.change({ selection: chosen.length > 0 ? { kind: 'universes', ids: chosen } : null })
    },
    [points, selected, actions],
  )
  const replace = (id: string) =>
    actions.change({ compare: { ...compare, maps: ids.map((old) => (old === map.id ? id : old)) } })
  const others = choices.filter(({ id }) => id === map.id || !ids.includes(id))
  const known = others.some(({ id }) => id === map.id)
  const chosen = selected ? selected.reduce((sum, flag) => sum + (flag ? 1 : 0), 0) : 0
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
            onClick={() =>
              actions.change({ compare: { ...compare, maps: ids.filter((id) => id !== map.id) } })
            }
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
          onPick={(row) => row !== null && actions.change({ focus: { kind: 'universe', id: row } })}
          onHover={props.onHover}
          highlighted={props.hovered}
          onClear={() => actions.change({ selection: null })}
          markers={markers}
          paths={drawn?.paths}
          titles={compare.align || map.latentDim === 2 ? ['z₁', 'z₂'] : ['axis 1', 'axis 2']}
          corner={cornerText(map, index, compare.align)}
          summary={`${map.id}. ${mapSummary(points.x, points.y, points.count, chosen, ['z₁', 'z₂'])}`}
          describeRow={(row) =>
            `Universe ${row}, distance ${open.header.shape.distance[row].toPrecision(3)} sigma to the Standard Model`
          }
        />
      </div>
      {drawn && (
        <p className="small soft">
          trails of {drawn.paths.length} of {drawn.of} universes{selected ? ' selected' : ''}
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
