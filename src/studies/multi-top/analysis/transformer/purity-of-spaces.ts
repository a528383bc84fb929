import { createRng, shuffle } from '../../../../numerics/rng.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import {
  embeddingMetrics,
  pairDistances,
  type EmbeddingMetric,
  type PointTable,
} from '../../../../statistics/embedding/distances.ts'
import {
  bootstrapMean,
  neighbourPurity,
  purityGain,
  purityNeighbours,
} from '../../../../statistics/embedding/neighbour-purity.ts'
import type { TokenCorpus } from '../tokens/corpus.ts'

export interface SpacePurity {
  input: Estimate
  learned: Estimate
  /** Event by event, with the error of the paired bootstrap. */
  gain: Estimate
}

/** Of the nearest of each event, the share of its class: before and after a network, by each metric. */
export function purityOfSpaces(
  input: PointTable,
  learned: PointTable,
  labels: ArrayLike<number>,
  seed: number,
): { neighbours: number; metrics: Record<EmbeddingMetric, SpacePurity> } {
  const metrics = embeddingMetrics.map((metric) => {
    const [before, after] = [input, learned].map((table) =>
      neighbourPurity(pairDistances(table, metric), labels),
    )
    const purity: SpacePurity = {
      input: bootstrapMean(before, seed),
      learned: bootstrapMean(after, seed),
      gain: purityGain(before, after, seed),
    }
    return [metric, purity] as const
  })
  return {
    neighbours: purityNeighbours,
    metrics: Object.fromEntries(metrics) as Record<EmbeddingMetric, SpacePurity>,
  }
}

/** As many test events of each class, drawn by the seed. */
export function testEventsOfClasses(
  { split, labels, classes }: Pick<TokenCorpus, 'split' | 'labels' | 'classes'>,
  perClass: number,
  seed: number,
): Uint32Array {
  return Uint32Array.from(
    classes.flatMap((id, c) => {
      const own = split.test.filter((row) => labels[row] === c)
      return Array.from(shuffle(own, createRng(seed, `shown/${id}`)).slice(0, perClass))
    }),
  )
}
