import { useGroundColours } from '../embedding/use-ground-colours.ts'
import { formatCount } from '../common/format.ts'
import { rampGradient } from '../common/palettes.ts'
import type { ColourLegend } from './map-colours.ts'

const shapePaths = {
  disc: 'M6 1.5a4.5 4.5 0 1 0 .001 0z',
  square: 'M2 2h8v8H2z',
  diamond: 'M6 .8 11.2 6 6 11.2.8 6z',
  triangle: 'M6 1.2 11.2 10.4H.8z',
}

/** Colours and shapes of the points, and what rings mean. */
export function MapLegend({ legend, flagged }: { legend: ColourLegend; flagged: number }) {
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
      {flagged > 0 && (
        <span className="legend-entry" title="Some bin of the linear spectrum is below zero">
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
          ring: linear spectrum negative ({formatCount(flagged)} universes)
        </span>
      )}
    </div>
  )
}
