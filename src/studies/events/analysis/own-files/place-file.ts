import { AppError } from '../../../../errors.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { fewestSets } from '../live/live-events.ts'
import { loadEncodeSets, type MapEncoder } from '../map-encoder.ts'
import { drawSets, setInputs } from '../sets.ts'
import { modelFromFile, type FileModel } from './model-from-file.ts'

export interface PlaceRequest {
  name: string
  bytes: Uint8Array
  encoder: MapEncoder
  /** At most so many sets: as many as share no event. */
  sets: number
  seed: number
}

/** Events of a file among the models of a map. */
export interface PlacedFile extends Omit<FileModel, 'model'> {
  title: string
  events: number
  sets: number
  latent: Float32Array // [sets, dimensions]
}

/**
 * Sets of the events of a file through the encoder of a map.
 *
 * @throws AppError as modelFromFile, and 'data/mismatch' for fewer than ten sets
 */
export async function placeFile({
  name,
  bytes,
  encoder,
  sets: most,
  seed,
}: PlaceRequest): Promise<PlacedFile> {
  const { model, ...about } = await modelFromFile(name, bytes, { seed })
  const { events, features, title } = model
  const { perSet, scaling } = encoder
  const sets = Math.min(most, Math.floor(events / perSet))
  if (sets < fewestSets)
    throw new AppError(
      'data/mismatch',
      `${name} has ${events} events: ten sets of ${perSet} need ${fewestSets * perSet}. Give more events, or make the sets smaller.`,
      { events, needed: fewestSets * perSet },
    )
  const indices = Uint32Array.from({ length: events }, (_, i) => i)
  const places = drawSets({ model, indices, sets, perSet, rng: createRng(seed).split('file').split(title) })
  const encode = await loadEncodeSets(encoder)
  return { ...about, title, events, sets, latent: encode(setInputs(features, places, scaling), sets) }
}
