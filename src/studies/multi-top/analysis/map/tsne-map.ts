import { loadTsneKernel } from '../../../../kernels/load-kernels.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { pairDistances, type EmbeddingMetric } from '../../../../statistics/embedding/distances.ts'
import {
  bootstrapMean,
  neighbourPurity,
  purityNeighbours,
} from '../../../../statistics/embedding/neighbour-purity.ts'
import { tsne } from '../../../../statistics/embedding/tsne.ts'

export interface TsneMapRequest {
  values: Float32Array // [events, dimensions]
  events: number
  dimensions: number
  labels: Uint8Array // [events]
  metric: EmbeddingMetric
  perplexity: number
  seed: number
}

export interface TsneNews {
  /** 0..1 */
  fraction: number
  map: Float64Array // [events, 2] as it is now
  kl: number
}

export interface TsneOnMap {
  map: Float64Array // [events, 2]
  /** KL(P‖Q) [nats] */
  kl: number
  /** Share of the nearest that are of an event's own class: in the space itself, by the metric, and on the map. */
  purity: { space: Estimate; map: Estimate; neighbours: number }
}

/** Iterations between two pictures. */
const between = 20

/** t-SNE of events as it forms, with the purity of neighbours before and after. */
export async function* tsneMap({
  values,
  events: n,
  dimensions,
  labels,
  metric,
  perplexity,
  seed,
}: TsneMapRequest): AsyncGenerator<TsneNews | undefined, TsneOnMap, void> {
  const kernel = await loadTsneKernel()
  const loop = tsne({ values, n, dimensions, metric, perplexity, seed, kernel })
  for (;;) {
    const next = loop.next()
    if (next.done) {
      const { map, kl } = next.value
      const purityOf = (own: ArrayLike<number>, width: number, by: EmbeddingMetric): Estimate =>
        bootstrapMean(neighbourPurity(pairDistances({ values: own, n, dimensions: width }, by), labels), seed)
      const purity = {
        ...{ space: purityOf(values, dimensions, metric), map: purityOf(map, 2, 'euclidean') },
        neighbours: purityNeighbours,
      }
      return { map, kl, purity }
    }
    const { iteration, iterations, map, kl } = next.value
    yield iteration % between === 0 ? { fraction: iteration / iterations, map: map.slice(), kl } : undefined
  }
}
