import type { ReactNode } from 'react'
import { Segmented } from '../common/Segmented.tsx'
import type { MapTool } from '../map/gesture-session.ts'
import { MapToolbar } from '../map/MapToolbar.tsx'
import { Toggle } from '../common/Toggle.tsx'
import { mostMaps, type CompareSettings, type MapChoice } from './compare-settings.ts'

interface CompareToolbarProps {
  settings: CompareSettings
  onSettings: (patch: Partial<CompareSettings>) => void
  choices: readonly MapChoice[]
  tool: MapTool
  onTool: (tool: MapTool) => void
  neighbours: number
  onNeighbours: (count: number) => void
  /** null where nothing is selected. */
  onClearSelection: (() => void) | null
  /** Further ways to a map. */
  children?: ReactNode
}

const colours = [
  { id: 'as-explore' as const, label: 'as on Explore' },
  { id: 'kept' as const, label: 'neighbours kept' },
]

/** What is drawn, how maps are laid over one another, and one more map. */
export function CompareToolbar(props: CompareToolbarProps) {
  const { settings, onSettings, choices, tool, onTool, neighbours, onNeighbours } = props
  const { maps: ids, align, trails, colour } = settings
  const free = choices.filter(({ id }) => !ids.includes(id))
  return (
    <MapToolbar
      label="Maps"
      dragging="Dragging on a map"
      tool={tool}
      onTool={onTool}
      onClearSelection={props.onClearSelection}
    >
      <Toggle
        label="align (Procrustes)"
        checked={align}
        onChange={(checked) => onSettings({ align: checked })}
      />
      <Toggle
        label="trails from the first map"
        checked={trails}
        disabled={!align}
        onChange={(checked) => onSettings({ trails: checked })}
      />
      <Segmented
        label="Colour"
        choices={colours}
        value={colour}
        onChange={(next) => onSettings({ colour: next })}
      />
      <label className="inline-field small">
        Neighbours
        <select
          className="select select-short"
          value={neighbours}
          onChange={(event) => onNeighbours(Number(event.target.value))}
        >
          {[...new Set([5, 10, 15, 30, 50, neighbours])]
            .sort((a, b) => a - b)
            .map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
        </select>
      </label>
      <label className="inline-field small">
        Add
        <select
          className="select"
          value=""
          disabled={ids.length >= mostMaps || free.length === 0}
          onChange={(event) => onSettings({ maps: [...ids, event.target.value] })}
        >
          <option value="">{ids.length >= mostMaps ? 'four maps are shown' : 'a map …'}</option>
          {free.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {props.children}
    </MapToolbar>
  )
}
