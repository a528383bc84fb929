import type { HttpOptions } from '../../../../dataset/http.ts'
import { AppError } from '../../../../errors.ts'
import { scalingOf, standardised } from '../tokens/token-scaling.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import { purityOfSpaces, type PurityOfSpaces } from '../transformer/purity-of-spaces.ts'
import type { Axes } from './axes.ts'
import { componentsOf, learnedFeatures, type RawEvents } from './learned-features.ts'

export interface LearnedMapRequest {
  transformer: TransformerSource
  events: RawEvents
  /** [events, tokens] standardised as the map has them, for the purity beside. */
  input: Float32Array
  /** Of the split by which the events were chosen. */
  splitSeed: number
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
  purity: PurityOfSpaces['metrics']
  neighbours: number
}

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
  const n = events.events
  const purities = purityOfSpaces(
    { values: input, n, dimensions: input.length / n },
    { values: coordinates, n, dimensions: found },
    labels,
    1,
  )
  let share = purities.next()
  for (; !share.done; share = purities.next()) yield 0.7 + 0.3 * share.value
  const { metrics: purity, neighbours } = share.value
  return {
    ...{ model: card.id, title: card.title, heldOut: card.data.splitSeed === splitSeed },
    ...{ components: Float32Array.from(coordinates), componentCount: found, axes },
    ...{ purity, neighbours },
  }
}
