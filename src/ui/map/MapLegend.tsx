import { rampGradient, type RampName } from '../plots/palettes.ts'
import './map-panel.css'
import type { PointShape } from './types.ts'
import { useGroundColours } from './use-ground-colours.ts'

/** What the colours of a map mean. */
export type ColourLegend =
  | { kind: 'classes'; entries: { label: string; colour: string; shape: PointShape }[] }
  | { kind: 'ramp'; ramp: RampName; low: string; high: string; title: string }
  | { kind: 'none'; text: string }

/** What points that are drawn as rings are. */
export interface RingLegend {
  text: string
  title: string
}

const shapePaths: Record<PointShape, string> = {
  disc: 'M6 1.5a4.5 4.5 0 1 0 .001 0z',
  square: 'M2 2h8v8H2z',
  diamond: 'M6 .8 11.2 6 6 11.2.8 6z',
  triangle: 'M6 1.2 11.2 10.4H.8z',
}

/** Colours and shapes of the points, and what rings mean. */
export function MapLegend({ legend, rings }: { legend: ColourLegend; rings?: RingLegend | null }) {
  const { theme } = useGroundColours()
  return (
    <div className="map-legend small" aria-label="Legend">
      {legend.kind === 'classes' &&
        legend.entries.map((entry) => (
          <span key={entry.label} className="legend-entry">
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <path d={shapePaths[entry.shape]} fill={entry.colour} />
            </svg>
            {entry.label}
          </span>
        ))}
      {legend.kind === 'ramp' && (
        <span className="legend-entry">
          {legend.title} {legend.low}
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
    </div>
  )
}
