import { useCallback, useMemo, useState, type ReactNode } from 'react'
import type { MapRegion } from '../../share/map-schema.ts'
import { formatCount } from '../common/format.ts'
import { EmbeddingMap, type EmbeddingMapProps } from './EmbeddingMap.tsx'
import { mapSummary } from './figure.ts'
import type { MapTool } from './gesture-session.ts'
import { MapLegend, type ColourLegend, type RingLegend } from './MapLegend.tsx'
import { MapToolbar } from './MapToolbar.tsx'
import { regionOf } from './region.ts'
import { countSelected, type Selection } from './select.ts'
import './map-panel.css'

type OfTheMap = 'tool' | 'onSelect' | 'summary'

interface MapPanelProps extends Omit<EmbeddingMapProps, OfTheMap> {
  /** A region was drawn, by mouse, finger or keyboard. */
  onRegion: (region: MapRegion) => void
  onClearSelection: () => void
  /** What the study adds to the toolbar. */
  toolbar?: ReactNode
  legend: ColourLegend
  /** What rings mean, where there are any. */
  rings?: RingLegend | null
  /** Points that there would be with nothing hidden and all loaded. */
  total: number
  /** Why the selected points are not counted yet. */
  uncounted?: string
  /** What the selected points are. */
  selectedParts?: string
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
    legend,
    rings,
    total,
    uncounted,
    selectedParts,
    note,
    ...map
  } = props
  const { points, camera, titles = latent, onCameraChange } = props
  const selected = props.selected ?? null
  const [tool, setTool] = useState<MapTool>('pan')
  const chosen = useMemo(() => (uncounted ? 0 : countSelected(selected)), [selected, uncounted])
  const onSelect = useCallback((drawn: Selection) => onRegion(regionOf(drawn)), [onRegion])
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
      <div className="map-frame">
        <EmbeddingMap
          {...map}
          tool={tool}
          onSelect={onSelect}
          summary={mapSummary(points.x, points.y, points.count, chosen, [...titles])}
        />
      </div>
      <div className="map-foot">
        <MapLegend legend={legend} rings={rings} />
        <span className="small soft">
          {formatCount(points.count)} points shown of {formatCount(total)}
          {selected &&
            (uncounted
              ? `, selected ones ${uncounted}`
              : `, ${formatCount(chosen)} selected${selectedParts ? ` (${selectedParts})` : ''}`)}
          {note}
        </span>
      </div>
    </div>
  )
}
