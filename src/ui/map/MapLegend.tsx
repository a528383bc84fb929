import { Typeset } from '../common/Typeset.tsx'
import { rampGradient, type RampName } from '../plots/palettes.ts'
import './map-panel.css'
import type { MarkEntry, MarkKind } from './mark-legend.ts'
import { markPaths } from './mark-paths.ts'
import type { PointShape } from './types.ts'
import { useGroundColours } from './use-ground-colours.ts'

export interface ClassEntry {
  label: string
  colour: string
  shape: PointShape
  /** Names the class where entries filter. */
  id?: string
  /** Its dots are not on the map. */
  hidden?: boolean
}

/** What the colours of a map mean. */
export type ColourLegend =
  /** `about`: how a dot gets its class. */
  | { kind: 'classes'; entries: ClassEntry[]; about?: string }
  | { kind: 'ramp'; ramp: RampName; low: string; high: string; title: string }
  | { kind: 'none'; text: string }

/** What points that are drawn as rings are. */
export interface RingLegend {
  text: string
  title: string
}

/** What a click on an entry does. */
export interface LegendFilter {
  /** Classes that are hidden from now on. */
  onHide: (ids: string[]) => void
}

const shapePaths: Record<PointShape, string> = {
  disc: 'M6 1.5a4.5 4.5 0 1 0 .001 0z',
  square: 'M2 2h8v8H2z',
  diamond: 'M6 .8 11.2 6 6 11.2.8 6z',
  triangle: 'M6 1.2 11.2 10.4H.8z',
}

interface MapLegendProps {
  legend: ColourLegend
  rings?: RingLegend | null
  /** What stands above the dots. */
  marks?: readonly MarkEntry[]
  /** Given, entries of classes are buttons. */
  filter?: LegendFilter
}

/** Colours and shapes of the points, what rings mean, and each mark above them. */
export function MapLegend({ legend, rings, marks = [], filter }: MapLegendProps) {
  const { theme } = useGroundColours()
  return (
    <div className="map-legend small" role="group" aria-label="Legend">
      {legend.kind === 'classes' &&
        (filter ? (
          <ClassFilter entries={legend.entries} {...filter} />
        ) : (
          legend.entries.map((entry) => (
            <span key={entry.label} className="legend-entry">
              <ClassMark {...entry} />
              {entry.label}
            </span>
          ))
        ))}
      {legend.kind === 'classes' && legend.about && (
        <span className="legend-entry soft legend-about">{legend.about}</span>
      )}
      {legend.kind === 'ramp' && (
        <span className="legend-entry">
          <Typeset text={legend.title} /> {legend.low}
          <span
            className="legend-ramp"
            style={{ background: rampGradient(legend.ramp, theme) }}
            aria-hidden="true"
          />
          {legend.high}
        </span>
      )}
      {legend.kind === 'none' && <span className="legend-entry">{legend.text}</span>}
      {rings && (
        <span className="legend-entry" title={rings.title}>
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
          ring: {rings.text}
        </span>
      )}
      {marks.map(({ kind, text }) => (
        <span key={kind} className="legend-entry">
          <Mark kind={kind} />
          {text}
        </span>
      ))}
    </div>
  )
}

function ClassMark({ shape, colour }: Pick<ClassEntry, 'shape' | 'colour'>) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={shapePaths[shape]} fill={colour} />
    </svg>
  )
}

/**
 * A click hides a class or brings it back; a click with Alt, a double click, or "only" leaves it alone on the map,
 * and brings all back where it is alone already.
 */
function ClassFilter({ entries, onHide }: LegendFilter & { entries: readonly ClassEntry[] }) {
  const idOf = ({ id, label }: ClassEntry) => id ?? label
  const others = (own: ClassEntry) => entries.filter((entry) => entry !== own).map(idOf)
  const alone = (own: ClassEntry) => entries.every((entry) => (entry === own) !== Boolean(entry.hidden))
  const isolate = (own: ClassEntry) => onHide(alone(own) ? [] : others(own))
  const toggle = (own: ClassEntry) => {
    const hidden = entries.filter((entry) => (entry === own) !== Boolean(entry.hidden)).map(idOf)
    // With nothing left to see, a click on the last one would be a way into a corner.
    onHide(hidden.length === entries.length ? [] : hidden)
  }
  return entries.map((entry) => (
    <span key={idOf(entry)} className="legend-class">
      <button
        type="button"
        className={entry.hidden ? 'legend-button legend-hidden' : 'legend-button'}
        aria-pressed={!entry.hidden}
        title={`${entry.hidden ? 'Show' : 'Hide'} ${entry.label}; with Alt or a double click: only ${entry.label}`}
        onClick={(event) => {
          // Of a double click, the second press has undone the first: what it asks for comes with it.
          if (event.altKey || event.detail === 2) isolate(entry)
          else toggle(entry)
        }}
      >
        <ClassMark {...entry} />
        {entry.label}
      </button>
      {entries.length > 1 && (
        <button
          type="button"
          className="legend-only"
          aria-pressed={alone(entry)}
          aria-label={`Only ${entry.label}`}
          onClick={() => isolate(entry)}
        >
          only
        </button>
      )}
    </span>
  ))
}

/** A mark as the map draws it. */
function Mark({ kind }: { kind: MarkKind }) {
  return (
    <svg width="20" height="14" viewBox="-11 -8 22 16" className="legend-mark" aria-hidden="true">
      {kind === 'origin' && <path className="mark-origin" d={markPaths.origin} transform="scale(0.8)" />}
      {kind === 'live' && (
        <>
          <circle r={6} className="mark-live-ring" />
          <circle r={2.3} className="mark-live-core" />
        </>
      )}
      {kind === 'focus' && <path className="mark-focus" d={markPaths.focus} transform="scale(0.75)" />}
      {kind === 'neighbours' && (
        <>
          <path className="mark-neighbour-line" d="M-10 0H6" />
          <circle cx={7} r={3} className="mark-neighbour" />
        </>
      )}
      {kind === 'lost' && (
        <>
          <path className="mark-lost-line" d="M-10 0H4" />
          <circle cx={7} r={3} className="mark-lost" />
        </>
      )}
      {kind === 'measurement' && (
        <>
          <ellipse rx={9} ry={6} className="mark-ellipse" />
          <circle r={3.5} className="mark-measurement" />
        </>
      )}
      {kind === 'dropped' && <path className="mark-dropped" d={markPaths.dropped} />}
      {kind === 'path' && <path className="mark-path" d="M-10 4C-4 -6 4 6 10 -4" />}
    </svg>
  )
}
