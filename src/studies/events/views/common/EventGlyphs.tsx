import { eventFeatureNames, featuresPerEvent } from '../../analysis/features/event-features.ts'
import { formatNumber } from '../../../../ui/common/format.ts'
import './event-glyphs.css'

const size = 64
const reach = 28
/** Longest line [GeV]; lines grow with the logarithm from the lowest jet of 20 GeV. */
const mostGeV = 2000
const leastGeV = 10

const place = (id: string) => eventFeatureNames.findIndex((feature) => feature.id === id)
const met = place('met')
const jets = [1, 2, 3, 4].map((i) => ({
  pt: place(`pt-${i}`),
  eta: place(`eta-${i}`),
  dphi: place(`dphi-${i}`),
}))

/** Length of a momentum in the picture, 0..1. */
export const momentumLength = (gev: number): number =>
  Math.min(1, Math.max(0.08, Math.log(gev / leastGeV) / Math.log(mostGeV / leastGeV)))

interface EventGlyphsProps {
  events: Float32Array // [events, 16] raw
}

/**
 * Events in the plane across the beams, MET upwards: lines are the four hardest jets, as long as the logarithm of their pT;
 * thicker ones are more central.
 */
export function EventGlyphs({ events }: EventGlyphsProps) {
  const count = events.length / featuresPerEvent
  return (
    <ol className="event-glyphs">
      {Array.from({ length: count }, (_, i) => (
        <EventGlyph key={i} event={events.subarray(i * featuresPerEvent, (i + 1) * featuresPerEvent)} />
      ))}
    </ol>
  )
}

function EventGlyph({ event }: { event: Float32Array }) {
  const drawn = jets.filter(({ pt }) => event[pt] > 0)
  const tip = (angle: number, gev: number) => {
    const length = reach * momentumLength(gev)
    return { x2: length * Math.sin(angle), y2: -length * Math.cos(angle) }
  }
  const words = `MET ${formatNumber(event[met])} GeV${drawn
    .map(
      ({ pt, dphi }, i) =>
        `, jet ${i + 1} ${formatNumber(event[pt])} GeV at ${formatNumber(event[dphi], 2)} rad`,
    )
    .join('')}`
  return (
    <li title={words}>
      <svg viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`} role="img" aria-label={words}>
        <circle r={reach} className="glyph-ring" />
        {drawn.map(({ pt, eta, dphi }, i) => (
          <line
            key={i}
            className="glyph-jet"
            strokeWidth={Math.max(1, 3.2 - Math.abs(event[eta]))}
            {...tip(event[dphi], event[pt])}
          />
        ))}
        <line className="glyph-met" {...tip(0, event[met])} />
      </svg>
    </li>
  )
}
