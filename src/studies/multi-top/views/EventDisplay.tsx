import type { EventObject } from './event-words.ts'
import './event-display.css'

const size = 200
const reach = 92
/** Longest line [GeV]; lines grow with the logarithm of pT from `leastGeV`. */
const mostGeV = 1000
const leastGeV = 8

/** Length of a momentum in the picture, 0..1. */
export const momentumLength = (gev: number): number =>
  Math.min(1, Math.max(0.06, Math.log(gev / leastGeV) / Math.log(mostGeV / leastGeV)))

interface EventDisplayProps {
  objects: readonly EventObject[]
  words: string
}

/** An event in the plane across the beams: lines as long as the logarithm of pT, dashed for leptons, thick for b-jets. */
export function EventDisplay({ objects, words }: EventDisplayProps) {
  return (
    <svg
      className="event-display"
      viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`}
      role="img"
      aria-label={words}
    >
      <circle r={reach} className="event-display-ring" />
      {objects.map(({ name, group, pt, phi }) => {
        const length = reach * momentumLength(pt)
        return (
          <line
            key={name}
            className={`event-display-${group}`}
            x2={length * Math.cos(phi)}
            y2={-length * Math.sin(phi)}
          >
            <title>{name}</title>
          </line>
        )
      })}
    </svg>
  )
}
