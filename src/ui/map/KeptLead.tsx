import type { KeptNeighbours } from '../../numerics/kept-neighbours.ts'
import { keptSentence, keptShort, type KeptNumbers, type KeptWords } from './kept-words.ts'

interface KeptLeadProps {
  /** "each dot is a universe with its own Wilson coefficients" */
  dot: string
  kept: KeptNeighbours | null
  words: KeptWords
}

/** As long as what is being counted: its words have their room from the first picture on, and the map stays where it is. */
const counting = ({ maps }: KeptWords): KeptNumbers => ({
  ...{ k: 15, chance: 0 },
  maps: maps.map(() => ({ mean: 0 })),
})

/** The map in one sentence, with the number that says how far it is true. */
export function KeptLead({ dot, kept, words }: KeptLeadProps) {
  return (
    <span className="small soft map-lead" title={kept ? keptSentence(kept, words) : undefined}>
      {dot}; near dots tend to look alike
      {kept ? `: ${keptShort(kept, words)}` : <Room text={`: ${keptShort(counting(words), words)}`} />}
    </span>
  )
}

/** The same number below the map, where there is no room for the headline. */
export function KeptNote({ kept, words }: Omit<KeptLeadProps, 'dot'>) {
  const text = `; ${keptSentence(kept ?? counting(words), words)}`
  return <span className="map-kept-note">{kept ? text : <Room text={text} />}</span>
}

function Room({ text }: { text: string }) {
  return (
    <span aria-hidden="true" style={{ visibility: 'hidden' }}>
      {text}
    </span>
  )
}
