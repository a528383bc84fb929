import { operators } from '../../physics/smeft/operators.ts'
import type { Intent } from '../../share/schema.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { formatCount } from '../common/format.ts'
import { Segmented } from '../common/Segmented.tsx'
import type { MapTool } from '../embedding/gesture-session.ts'

interface MapToolbarProps {
  tool: MapTool
  onTool: (tool: MapTool) => void
  showArrows: boolean
  onShowArrows: (show: boolean) => void
}

const tools = [
  { id: 'pan' as const, label: 'Pan' },
  { id: 'lasso' as const, label: 'Lasso' },
  { id: 'box' as const, label: 'Box' },
  { id: 'vertices' as const, label: 'Vertices' },
]

const extraChoices = [0, 10, 50, 100, 500]

/** What is drawn on the map, and what dragging does. */
export function MapToolbar({ tool, onTool, showArrows, onShowArrows }: MapToolbarProps) {
  const { actions } = useApp()
  const intent = useAppState((state) => state.intent)
  const open = useAppState((state) => state.dataset.value)
  const extra = useAppState((state) => state.extra)
  const toggle = (
    key: 'showReplicas' | 'showContours' | 'showFlagged' | 'showMeasurement',
    label: string,
  ) => (
    <label className="toggle small">
      <input
        type="checkbox"
        checked={intent[key]}
        onChange={(event) => actions.change({ [key]: event.target.checked })}
      />
      {label}
    </label>
  )
  const universes = open?.header.table.count ?? 0
  return (
    <div className="map-toolbar" role="toolbar" aria-label="Map">
      <Segmented label="Dragging on the map" choices={tools} value={tool} onChange={onTool} />
      <label className="inline-field small">
        Colour by
        <select
          className="select"
          value={intent.colourBy}
          onChange={(event) => actions.change({ colourBy: event.target.value as Intent['colourBy'] })}
        >
          <option value="family">operator family</option>
          <option value="distance">distance to the SM</option>
          <option value="universe">universe</option>
          <optgroup label="coefficient">
            {operators.map(({ name, symbol }) => (
              <option key={name} value={name}>
                {symbol}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label className="inline-field small">
        <span>
          Extra<span className="visually-hidden"> replicas</span>
        </span>
        <select
          className="select select-short"
          value={intent.extraReplicas}
          onChange={(event) =>
            actions.change({ extraReplicas: Number(event.target.value), showReplicas: true })
          }
        >
          {extraChoices.map((count) => (
            <option key={count} value={count}>
              {count === 0 ? 'none' : `${count} per universe (${formatCount(count * universes)})`}
            </option>
          ))}
        </select>
      </label>
      {extra.status === 'running' && (
        <span className="small soft" role="status">
          drawing {Math.round(100 * (extra.fraction ?? 0))} %
        </span>
      )}
      {toggle('showReplicas', 'replicas')}
      {toggle('showContours', 'contours')}
      {toggle('showFlagged', 'flagged')}
      <label className="toggle small">
        <input
          type="checkbox"
          checked={showArrows}
          onChange={(event) => onShowArrows(event.target.checked)}
        />
        directions
      </label>
      {open?.header.measurement && toggle('showMeasurement', 'measurement')}
      {intent.camera && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => actions.change({ camera: null })}
        >
          Show all
        </button>
      )}
      {intent.selection && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => actions.change({ selection: null })}
        >
          Clear selection
        </button>
      )}
    </div>
  )
}
