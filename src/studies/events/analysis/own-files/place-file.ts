import { AppError } from '../../../../errors.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { loadEncodeSets, type MapEncoder } from '../map-encoder.ts'
import { fewestSets, type ModelEvents } from '../models.ts'
import { drawSets, setInputs } from '../sets.ts'
import { modelFromFile, type FileModel, type FileSettings } from './model-from-file.ts'

interface PlaceSettings {
  encoder: MapEncoder
  /** At most so many sets: as many as share no event. */
  sets: number
  seed: number
}

export interface PlaceRequest extends PlaceSettings, Pick<FileSettings, 'channel' | 'selection'> {
  name: string
  bytes: Uint8Array
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
  channel,
  selection,
  ...settings
}: PlaceRequest): Promise<PlacedFile> {
  const { model, ...about } = await modelFromFile(name, bytes, { channel, selection, seed: settings.seed })
  const { events, title } = model
  return { ...about, title, events, ...(await placeEvents(name, model, settings)) }
}

/**
 * Sets of all events of a model, none in two of them.
 *
 * @throws AppError 'data/mismatch' for fewer than ten sets
 */
export async function placeEvents(
  name: string,
  model: ModelEvents,
  { encoder, sets: most, seed }: PlaceSettings,
): Promise<Pick<PlacedFile, 'sets' | 'latent'>> {
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
  return { sets, latent: encode(setInputs(features, places, scaling), sets) }
}
