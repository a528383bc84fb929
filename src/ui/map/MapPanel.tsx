import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import type { MapRegion } from '../../share/map-schema.ts'
import { formatCount } from '../common/format.ts'
import { useMedia } from '../common/use-media.ts'
import { EmbeddingMap, type EmbeddingMapProps } from './EmbeddingMap.tsx'
import { mapSummary } from './figure.ts'
import type { MapTool } from './gesture-session.ts'
import { HoverCard } from './HoverCard.tsx'
import { MapExports, type MapExport } from './MapExports.tsx'
import type { MapPictureSource } from './map-picture.ts'
import { markLegend, type MarkWords } from './mark-legend.ts'
import { MapLegend, type ColourLegend, type LegendFilter, type RingLegend } from './MapLegend.tsx'
import { MapToolbar } from './MapToolbar.tsx'
import { regionOf } from './region.ts'
import { countSelected, type Selection } from './select.ts'
import './map-panel.css'

type OfTheMap = 'tool' | 'onSelect' | 'summary' | 'pinned' | 'pinnedElsewhere' | 'onUnpin' | 'picture'

interface MapPanelProps extends Omit<EmbeddingMapProps, OfTheMap> {
  /** A region was drawn, by mouse, finger or keyboard. */
  onRegion: (region: MapRegion) => void
  onClearSelection: () => void
  /** What the study adds to the toolbar. */
  toolbar?: ReactNode
  /** Between toolbar and map: kept selections. */
  bar?: ReactNode
  legend: ColourLegend
  /** What rings mean, where there are any. */
  rings?: RingLegend | null
  /** What the study calls the marks above the dots. */
  markWords?: MarkWords
  /** Given, entries of the legend filter. */
  filter?: LegendFilter
  /** Points that are seen, where some have no place. */
  shown?: number
  /** Points that there would be with nothing hidden and all loaded. */
  total: number
  /** Why the selected points are not counted yet. */
  uncounted?: string
  /** What the selected points are. */
  selectedParts?: string
  /** Given, the map can be taken home. */
  exports?: MapExport
  /** More to say below the map. */
  note?: ReactNode
}

const latent: readonly [string, string] = ['z₁', 'z₂']

/** A map with its toolbar and legend: pan, lasso, box and vertices, and how many points are shown and selected. */
export function MapPanel(props: MapPanelProps) {
  const {
    onRegion,
    onClearSelection,
    toolbar,
    bar,
    legend,
    rings,
    markWords,
    filter,
    shown,
    total,
    uncounted,
    selectedParts,
    exports,
    note,
    ...map
  } = props
  const { points, camera, titles = latent, onCameraChange } = props
  const selected = props.selected ?? null
  const [tool, setTool] = useState<MapTool>('pan')
  const chosen = useMemo(() => (uncounted ? 0 : countSelected(selected)), [selected, uncounted])
  const onSelect = useCallback((drawn: Selection) => onRegion(regionOf(drawn)), [onRegion])
  const { pinned, pin } = usePinned(points)
  const narrow = useMedia('(width < 720px)')
  const picture = useRef<() => MapPictureSource | null>(null)
  return (
    <div className="map-panel">
      <MapToolbar
        label="Map"
        dragging="Dragging on the map"
        tool={tool}
        onTool={setTool}
        onShowAll={camera && (() => onCameraChange(null))}
        onClearSelection={selected && onClearSelection}
      >
        {toolbar}
      </MapToolbar>
      {bar}
      <div className="map-frame">
        <EmbeddingMap
          {...map}
          picture={picture}
          tool={tool}
          pinned={pinned}
          pinnedElsewhere={narrow}
          onUnpin={() => pin(null)}
          onPick={(row) => {
            pin(row)
            props.onPick?.(row)
          }}
          onClear={() => {
            pin(null)
            props.onClear?.()
          }}
          onSelect={onSelect}
          summary={mapSummary(points.x, points.y, points.count, chosen, [...titles])}
        />
      </div>
      {/* Of a map as narrow as a phone it would cover half. */}
      {narrow && pinned !== null && map.card && (
        <HoverCard onClose={() => pin(null)}>{map.card(pinned)}</HoverCard>
      )}
      <div className="map-foot">
        <MapLegend
          {...{ legend, rings, filter }}
          marks={markLegend(map.markers ?? {}, map.paths, markWords)}
        />
        <span className="small soft">
          {formatCount(shown ?? points.count)} points shown of {formatCount(total)}
          {selected &&
            (uncounted
              ? `, selected ones ${uncounted}`
              : `, ${formatCount(chosen)} selected${selectedParts ? ` (${selectedParts})` : ''}`)}
          {note}
        </span>
        {exports && (
          <MapExports {...exports} {...{ legend, titles }} take={() => picture.current?.() ?? null} />
        )}
      </div>
    </div>
  )
}

/** The row whose card stays, as long as the dots are the same: another map numbers its rows anew. */
function usePinned({ x, version }: EmbeddingMapProps['points']) {
  const [held, setHeld] = useState<{ row: number; x: Float32Array; version: number } | null>(null)
  return {
    pinned: held?.x === x && held.version === version ? held.row : null,
    pin: (row: number | null) => setHeld(row === null ? null : { row, x, version }),
  }
}
