import type { HttpOptions } from '../../../dataset/http.ts'
import type { ComparedMaps } from '../../../numerics/compared-maps.ts'
import { compareMaps, type MapToCompare } from '../../../statistics/compare-maps.ts'
import { componentsOf, learnedFeatures, type RawEvents } from './map/learned-features.ts'
import { scalingOf, standardised } from './tokens/token-scaling.ts'
import { loadTransformer, type TransformerSource } from './transformer-source.ts'

export interface EventsToCompare {
  /** Ids of maps: "input", or that of a space that a transformer learned. */
  ids: readonly string[]
  /** Of the learned ones. */
  transformers: Readonly<Record<string, TransformerSource>>
  events: RawEvents
  /** [events, components] of the input space, in which events have their true neighbours */
  input: Float32Array
  neighbours: number
}

/** Components of a learned space in which neighbours are looked for. */
const keptComponents = 20

/** Maps of the same events beside one another; yields the fraction done. @throws AppError as loadTransformer */
export async function* compareEvents(
  { ids, transformers, events, input, neighbours }: EventsToCompare,
  http: HttpOptions,
): AsyncGenerator<number, ComparedMaps, void> {
  const { raw, filled, labels, events: count } = events
  const truthDimensions = input.length / count
  const maps: MapToCompare[] = []
  for (const id of ids) {
    if (!Object.hasOwn(transformers, id)) {
      maps.push({ id, dimensions: truthDimensions, latent: input })
      continue
    }
    const { card, parameters } = await loadTransformer(transformers[id], http)
    const { spec } = card.training
    const values = standardised({ events: count, tokens: spec.tokens, values: raw, filled }, scalingOf(card))
    const embedding = learnedFeatures(spec, parameters, values)
    let next = await embedding.next()
    for (; !next.done; next = await embedding.next()) yield (0.6 * (maps.length + next.value)) / ids.length
    const { coordinates, found } = componentsOf(next.value, labels, keptComponents)
    maps.push({ id, dimensions: found, latent: Float32Array.from(coordinates) })
  }
  const loop = compareMaps({ maps, truth: input, count, truthDimensions, neighbours })
  let next = loop.next()
  for (; !next.done; next = loop.next()) yield 0.6 + 0.4 * next.value
  return next.value
}
