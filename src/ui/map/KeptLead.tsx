import type { KeptNeighbours } from '../../numerics/kept-neighbours.ts'
import { keptSentence, keptShort, type KeptWords } from './kept-words.ts'

interface KeptLeadProps {
  /** "each dot is a universe with its own Wilson coefficients" */
  dot: string
  kept: KeptNeighbours | null
  words: KeptWords
}

/** The map in one sentence, with the number that says how far it is true. */
export function KeptLead({ dot, kept, words }: KeptLeadProps) {
  return (
    <span className="small soft map-lead" title={kept ? keptSentence(kept, words) : undefined}>
      {dot}; near dots tend to look alike{kept && `: ${keptShort(kept, words)}`}
    </span>
  )
}

/** The same number below the map, where there is no room for the headline. */
export function KeptNote({ kept, words }: Omit<KeptLeadProps, 'dot'>) {
  return kept && <span className="map-kept-note">; {keptSentence(kept, words)}</span>
}
