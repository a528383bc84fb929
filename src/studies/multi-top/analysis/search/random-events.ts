import { createRng } from '../../../../numerics/rng.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import type { TokenRows } from '../tokens/corpus-rows.ts'
import type { SearchScorer } from './event-scores.ts'
import { weightedMean } from './search-report.ts'

const randomEvents = 2000

/**
 * Events that are none: every number is that of another event drawn at random, with its slot, so that each has the distribution
 * of the Standard Model and nothing fits together.
 */
export function shuffledEvents({ rows, values, filled }: TokenRows, seed: number): TokenRows {
  const rng = createRng(seed, 'shuffled')
  const tokens = values.length / rows
  const out = { rows, values: new Float32Array(values.length), filled: new Uint8Array(values.length) }
  for (let at = 0; at < values.length; at++) {
    const from = rng.integer(rows) * tokens + (at % tokens)
    out.values[at] = values[from]
    out.filled[at] = filled[from]
  }
  return out
}

/** Independent unit normals in all tokens, as many events. */
export function normalEvents(rows: number, tokens: number, seed: number): TokenRows {
  const rng = createRng(seed, 'normal')
  return {
    rows,
    values: Float32Array.from({ length: rows * tokens }, () => rng.normal()),
    filled: new Uint8Array(rows * tokens).fill(1),
  }
}

/** Mean entropies of what is no event, which a search should find odd. */
export async function entropiesOfRandom(
  scorer: SearchScorer,
  events: TokenRows,
  seed: number,
): Promise<Record<'shuffled' | 'normal', Estimate>> {
  const rows = Math.min(randomEvents, events.rows)
  const tokens = events.values.length / events.rows
  const mean = async (own: TokenRows): Promise<Estimate> => {
    const { scores } = await scorer.score(own)
    return weightedMean({ values: scores.entropy, weights: new Float64Array(own.rows).fill(1) })
  }
  const { values, filled } = shuffledEvents(events, seed)
  return {
    shuffled: await mean({
      ...{ rows, values: values.subarray(0, rows * tokens), filled: filled.subarray(0, rows * tokens) },
    }),
    normal: await mean(normalEvents(rows, tokens, seed)),
  }
}
