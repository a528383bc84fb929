import type { HttpOptions } from '../../../../dataset/http.ts'
import { AppError } from '../../../../errors.ts'
import { pairDistances } from '../../../../statistics/embedding/distances.ts'
import {
  bootstrapMean,
  neighbourPurity,
  purityGain,
  purityNeighbours,
} from '../../../../statistics/embedding/neighbour-purity.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { scalingOf, standardised } from '../tokens/token-scaling.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import type { Axes } from './axes.ts'
import { componentsOf, learnedFeatures, type RawEvents } from './learned-space.ts'

export interface LearnedMapRequest {
  transformer: TransformerSource
  events: RawEvents
  /** [events, tokens] standardised as the map has them, for the purity beside. */
  input: Float32Array
  /** Of the split by which the events were chosen. */
  splitSeed: number
}

/** Share of the nearest that are of an event's own class, by one metric. */
export interface SpacePurity {
  metric: (typeof metrics)[number]
  input: Estimate
  learned: Estimate
  gain: Estimate
}

/** Events of a map in the space that a transformer learned. */
export interface LearnedMap {
  model: string
  title: string
  /** None of the events was seen in training. */
  heldOut: boolean
  /** [events, components] of the flattened last block */
  components: Float32Array
  componentCount: number
  /** For further events. */
  axes: Axes
  purity: SpacePurity[]
  neighbours: number
}

const metrics = ['euclidean', 'cosine', 'manhattan'] as const
/** As the paper's t-SNE is made here: tokens × width is reduced to so many first. */
const keptComponents = 50

/** @throws AppError 'model/corrupt', 'data/mismatch' for a transformer of other tokens, errors of fetching */
export async function* learnedMap(
  { transformer, events, input, splitSeed }: LearnedMapRequest,
  http: HttpOptions,
): AsyncGenerator<number, LearnedMap, void> {
  const { card, parameters } = await loadTransformer(transformer, http)
  const { spec } = card.training
  const { raw, filled, labels } = events
  if (raw.length !== events.events * spec.tokens)
    throw new AppError(
      'data/mismatch',
      `${card.id} takes ${spec.tokens} numbers an event, these have ${raw.length / events.events}. Choose a transformer of these numbers.`,
      { expected: spec.tokens, actual: raw.length / events.events },
    )
  const values = standardised(
    { events: events.events, tokens: spec.tokens, values: raw, filled },
    scalingOf(card),
  )
  const embedding = learnedFeatures(spec, parameters, values)
  let next = await embedding.next()
  for (; !next.done; next = await embedding.next()) yield 0.5 * next.value
  const { coordinates, found, axes } = componentsOf(next.value, labels, keptComponents)
  yield 0.7
  const purity: SpacePurity[] = []
  for (const metric of metrics) {
    const of = (table: ArrayLike<number>) =>
      neighbourPurity(
        pairDistances({ values: table, n: events.events, dimensions: table.length / events.events }, metric),
        labels,
      )
    const before = of(input)
    yield 0.7 + (0.3 * (purity.length + 0.5)) / metrics.length
    const after = of(coordinates)
    purity.push({
      metric,
      input: bootstrapMean(before, 1),
      learned: bootstrapMean(after, 1),
      gain: purityGain(before, after, 1),
    })
    yield 0.7 + (0.3 * purity.length) / metrics.length
  }
  return {
    ...{ model: card.id, title: card.title, heldOut: card.data.splitSeed === splitSeed },
    ...{ components: Float32Array.from(coordinates), componentCount: found, axes },
    ...{ purity, neighbours: purityNeighbours },
  }
}
