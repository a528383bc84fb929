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

export interface PurityOfSpaces {
  neighbours: number
  metrics: Record<EmbeddingMetric, SpacePurity>
}

/** Of the nearest of each event, the share of its class: before and after a network, by each metric. Yields how far it is. */
export function* purityOfSpaces(
  input: PointTable,
  learned: PointTable,
  labels: ArrayLike<number>,
  seed: number,
): Generator<number, PurityOfSpaces, void> {
  const metrics: [EmbeddingMetric, SpacePurity][] = []
  for (const metric of embeddingMetrics) {
    const before = neighbourPurity(pairDistances(input, metric), labels)
    yield (metrics.length + 0.5) / embeddingMetrics.length
    const after = neighbourPurity(pairDistances(learned, metric), labels)
    const purity: SpacePurity = {
      input: bootstrapMean(before, seed),
      learned: bootstrapMean(after, seed),
      gain: purityGain(before, after, seed),
    }
    metrics.push([metric, purity])
    yield metrics.length / embeddingMetrics.length
  }
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
