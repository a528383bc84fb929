import type { ReactNode } from 'react'
import { Segmented } from '../common/Segmented.tsx'
import type { MapTool } from './gesture-session.ts'
import './map-panel.css'

interface MapToolbarProps {
  label: string
  /** What the tools are for: "Dragging on the map". */
  dragging: string
  tool: MapTool
  onTool: (tool: MapTool) => void
  /** Frames all points; null where they are framed. */
  onShowAll?: (() => void) | null
  /** null where nothing is selected. */
  onClearSelection: (() => void) | null
  children?: ReactNode
}

const tools = [
  { id: 'pan' as const, label: 'Pan' },
  { id: 'lasso' as const, label: 'Lasso' },
  { id: 'box' as const, label: 'Box' },
  { id: 'vertices' as const, label: 'Vertices' },
]

/** What dragging does, what the study adds, and the ways back. */
export function MapToolbar(props: MapToolbarProps) {
  const { label, dragging, tool, onTool, onShowAll, onClearSelection, children } = props
  return (
    <div className="map-toolbar" role="toolbar" aria-label={label}>
      <Segmented label={dragging} choices={tools} value={tool} onChange={onTool} />
      {children}
      {onShowAll && (
        <button type="button" className="button button-quiet" onClick={onShowAll}>
          Show all
        </button>
      )}
      {onClearSelection && (
        <button type="button" className="button button-quiet" onClick={onClearSelection}>
          Clear selection
        </button>
      )}
    </div>
  )
}
