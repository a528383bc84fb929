import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { attentionObjects } from '../interpret/object-attention.ts'

/** Attention between the objects of events with the truth about their jets. */
export interface AttentionWithTruth {
  /** [maps, objects, objects] of all blocks and heads, see objectAttention */
  attention: ArrayLike<number>
  /** [slots of jets] see topsOfJets */
  tops: Int8Array
}

export interface PartnerAttention {
  /** Of the attention that jets of tops pay to other such jets, the share on jets of the same top. */
  share: Estimate
  /** The same were it spread evenly over those jets. */
  chance: Estimate
  /** The same were it, for every pair of slots, the mean over all events: what places alone give. */
  places: Estimate
  aboveChance: Estimate
  /** What only the event itself can have told. */
  abovePlaces: Estimate
}

const n = attentionObjects

/**
 * Attention on partners for every block and head, over jets that have a partner and another jet that is none; errors are of
 * independent events.
 *
 * @param maps  blocks × heads
 */
export function partnerAttention(events: readonly AttentionWithTruth[], maps: number): PartnerAttention[] {
  return Array.from({ length: maps }, (_, map) => {
    const mean = meanOfPairs(events, map)
    const rows = events.flatMap((event) => {
      const jets = pairsOf(event.tops)
      if (jets.length === 0) return []
      const shareBy = (weightOf: (i: number, j: number) => number): number =>
        average(
          jets.map(({ jet, partners, others }) => {
            const sum = (list: readonly number[]): number =>
              list.reduce((total, other) => total + weightOf(jet, other), 0)
            const own = sum(partners)
            return own / (own + sum(others))
          }),
        )
      return [
        {
          share: shareBy((i, j) => event.attention[(map * n + i) * n + j]),
          chance: shareBy(() => 1),
          places: shareBy((i, j) => mean[i * n + j]),
        },
      ]
    })
    const over = (of: (row: (typeof rows)[number]) => number): Estimate => estimate(rows.map(of))
    return {
      share: over(({ share }) => share),
      chance: over(({ chance }) => chance),
      places: over(({ places }) => places),
      aboveChance: over(({ share, chance }) => share - chance),
      abovePlaces: over(({ share, places }) => share - places),
    }
  })
}

/** Events that count: those with a jet that has a partner and another that is none. */
export const hasPairs = (tops: Int8Array): boolean => pairsOf(tops).length > 0

function pairsOf(tops: Int8Array): { jet: number; partners: number[]; others: number[] }[] {
  const jets = [...tops.keys()].filter((slot) => tops[slot] >= 0)
  return jets.flatMap((jet) => {
    const rest = jets.filter((other) => other !== jet)
    const partners = rest.filter((other) => tops[other] === tops[jet])
    const others = rest.filter((other) => tops[other] !== tops[jet])
    return partners.length > 0 && others.length > 0 ? [{ jet, partners, others }] : []
  })
}

/** [objects, objects] over the events in which both slots hold jets of tops. */
function meanOfPairs(events: readonly AttentionWithTruth[], map: number): Float64Array {
  const sum = new Float64Array(n * n)
  const count = new Uint32Array(n * n)
  for (const { attention, tops } of events)
    for (let i = 0; i < tops.length; i++)
      for (let j = 0; j < tops.length; j++) {
        if (tops[i] < 0 || tops[j] < 0) continue
        sum[i * n + j] += attention[(map * n + i) * n + j]
        count[i * n + j]++
      }
  return sum.map((total, at) => total / Math.max(1, count[at]))
}

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x / values.length, 0)

function estimate(values: readonly number[]): Estimate {
  const value = average(values)
  const squares = values.reduce((sum, x) => sum + (x - value) ** 2, 0)
  return { value, error: Math.sqrt(squares / (values.length * Math.max(1, values.length - 1))) }
}
