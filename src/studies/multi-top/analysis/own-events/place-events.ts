import type { HttpOptions } from '../../../../dataset/http.ts'
import { AppError } from '../../../../errors.ts'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import { learnedFeatures } from '../map/learned-features.ts'
import { projected, type Axes } from '../map/axes.ts'
import { entropies } from '../search/anomaly-scores.ts'
import { scalingOf, standardised, type TokenScaling } from '../tokens/token-scaling.ts'
import { classOutputs } from '../transformer/transformer-outputs.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import { readOwnEvents, type OwnEvents } from './read-own-events.ts'

export interface PlaceRequest {
  name: string
  bytes: Uint8Array
  transformer: TransformerSource
  /** Of the map: its components, and how their numbers are standardised. */
  input: { axes: Axes; scaling: TokenScaling }
  /** Of the learned space, where the map has it. */
  learned: Axes | null
}

/** Events of a file as a transformer sees them, among those of the map. */
export interface PlacedEvents extends Omit<OwnEvents, 'raw'> {
  name: string
  model: string
  events: number
  tokens: number
  raw: Float32Array // [events, tokens]
  filled: Uint8Array
  /** [events, classes] */
  probabilities: Float64Array
  classes: readonly string[]
  entropy: Float64Array // [events]
  /** [events, components] of either space */
  coordinates: { input: Float32Array; learned: Float32Array | null }
}

/** @throws AppError as readOwnEvents, loadTransformer; 'data/mismatch' for a transformer of other numbers */
export async function placeEvents(
  { name, bytes, transformer, input, learned }: PlaceRequest,
  http: HttpOptions,
): Promise<PlacedEvents> {
  const { raw, ...about } = await readOwnEvents(name, bytes)
  const { card, parameters } = await loadTransformer(transformer, http)
  const { spec } = card.training
  const { events, tokens } = raw
  if (tokens !== spec.tokens)
    throw new AppError(
      'data/mismatch',
      `${card.id} takes ${spec.tokens} numbers an event, ${name} has ${tokens}. Choose a transformer of these numbers.`,
      { expected: spec.tokens, actual: tokens },
    )
  const values = standardised(raw, scalingOf(card))
  const backend = await createTransformerBackend('kernels', spec)
  try {
    const { probabilities } = await classOutputs(backend, parameters, { rows: events, values }, spec.classes)
    let features: Float32Array | null = null
    if (learned) {
      const embedding = learnedFeatures(spec, parameters, values)
      let next = await embedding.next()
      while (!next.done) next = await embedding.next()
      features = next.value.values
    }
    return {
      ...{ ...about, name, model: card.id, events, tokens, raw: raw.values, filled: raw.filled },
      ...{ probabilities, classes: card.classes, entropy: entropies(probabilities, spec.classes) },
      coordinates: {
        input: projected(input.axes, standardised(raw, input.scaling)),
        learned: learned && features ? projected(learned, features) : null,
      },
    }
  } finally {
    backend.dispose()
  }
}
