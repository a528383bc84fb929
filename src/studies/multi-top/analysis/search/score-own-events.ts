import { readOwnEvents } from '../own-events/read-own-events.ts'
import { takeRows } from '../tokens/corpus-rows.ts'
import { standardised, type TokenScaling } from '../tokens/token-scaling.ts'
import type { SearchScore } from './anomaly-scores.ts'
import type { ScoredRows, SearchScorer } from './event-scores.ts'
import { fewestRows, signalReport, type Background, type SignalReport } from './search-report.ts'
import { searchSelection } from './search-selection.ts'

/** Events of a file by every score of a search. */
export interface ScoredOwnEvents {
  /** Of the file. */
  id: string
  name: string
  scores: Readonly<Record<SearchScore, Float64Array>> // [events] each
  /** Rows of those with a b-jet and a lepton, which are held against the Standard Model. */
  selected: Uint32Array
  /** As of a signal, each event counting once; null for fewer than 20 selected ones. */
  reports: SignalReport[] | null
}

/** The Standard Model as it is scored. */
interface Beside {
  scorer: SearchScorer
  scaling: TokenScaling
  own: ScoredRows
  backgrounds: readonly Background[]
}

/** @throws AppError as readOwnEvents */
export async function scoreOwnEvents(
  { id, name, bytes }: { id: string; name: string; bytes: Uint8Array },
  { scorer, scaling, own, backgrounds }: Beside,
  seed: number,
): Promise<ScoredOwnEvents> {
  const { raw } = await readOwnEvents(name, bytes)
  const rows = Array.from({ length: raw.events }, (_, i) => i)
  const scored = await scorer.score(takeRows({ ...raw, values: standardised(raw, scaling) }, rows))
  const selected = searchSelection(raw, rows)
  const { scores, probabilities } = scored
  const some = (all: Float64Array) => Float64Array.from(selected, (row) => all[row])
  const theirs = Object.fromEntries(
    Object.entries(scores).map(([score, all]) => [score, some(all)]),
  ) as typeof scores
  const weights = new Float64Array(selected.length).fill(1)
  return {
    ...{ id, name, scores, selected },
    reports:
      selected.length < fewestRows
        ? null
        : signalReport(own, backgrounds, { scores: theirs, probabilities, weights }, seed),
  }
}
