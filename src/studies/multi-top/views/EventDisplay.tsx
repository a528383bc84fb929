import type { EventObject } from './event-words.ts'
import './event-display.css'

/** Side of the picture, in its own units; its middle is the collision. */
export const displaySize = 200
const size = displaySize
const reach = 92
/** Longest line [GeV]; lines grow with the logarithm of pT from `leastGeV`. */
const mostGeV = 1000
const leastGeV = 8

/** Length of a momentum in the picture, 0..1. */
export const momentumLength = (gev: number): number =>
  Math.min(1, Math.max(0.06, Math.log(gev / leastGeV) / Math.log(mostGeV / leastGeV)))

/** pT of a momentum of that length [GeV], between the shortest and the longest that are drawn. */
export const momentumOfLength = (length: number): number =>
  leastGeV * (mostGeV / leastGeV) ** Math.min(1, Math.max(0, length))

/** End of an object's line, from the middle, upwards positive. */
export function endOf({ pt, phi }: Pick<EventObject, 'pt' | 'phi'>): [x: number, y: number] {
  const length = reach * momentumLength(pt)
  return [length * Math.cos(phi), length * Math.sin(phi)]
}

/** The momentum whose line ends there. */
export const momentumTo = (x: number, y: number): { pt: number; phi: number } => ({
  pt: momentumOfLength(Math.hypot(x, y) / reach),
  phi: Math.atan2(y, x),
})

interface EventDisplayProps {
  objects: readonly EventObject[]
  words: string
  /** Slot of an object that is marked. */
  chosen?: number
}

/** An event in the plane across the beams: lines as long as the logarithm of pT, dashed for leptons, thick for b-jets. */
export function EventDisplay({ objects, words, chosen }: EventDisplayProps) {
  return (
    <svg
      className="event-display"
      viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`}
      role="img"
      aria-label={words}
    >
      <circle r={reach} className="event-display-ring" />
      {objects.map((object) => {
        const [x, y] = endOf(object)
        return (
          <line key={object.name} className={`event-display-${object.group}`} x2={x} y2={-y}>
            <title>{object.name}</title>
          </line>
        )
      })}
      {objects
        .filter(({ slot }) => slot === chosen)
        .map((object) => {
          const [x, y] = endOf(object)
          return <circle key={object.slot} className="event-display-chosen" cx={x} cy={-y} r={7} />
        })}
    </svg>
  )
}
