import { createRng } from '../../../numerics/rng.ts'
import { linearEncoder, loadEncodeSets, splitSeed, type EncodeSets, type MapEncoder } from './map-encoder.ts'
import { splitEvents, type ModelEvents } from './models.ts'
import { drawSets, setInputs } from './sets.ts'

/** Which sets of the test events are drawn. */
export interface DrawSettings {
  /** Events of a set. */
  perSet: number
  /** Sets of one model. */
  sets: number
  seed: number
}

export interface DrawRequest extends DrawSettings {
  models: readonly ModelEvents[]
  /** null: the best linear map of these models */
  encoder: MapEncoder | null
}

/** Sets of one model on the map. */
export interface ModelSets {
  kind: 'sets'
  /** Place in the list of models. */
  model: number
  /** [sets, perSet] events of that model, by falling MET */
  places: Uint32Array
  latent: Float32Array // [sets, dimensions]
}

export type DrawnEvent = { kind: 'encoder'; encoder: MapEncoder } | ModelSets

/** Sets of the test events of each model, through an encoder; one report a model. */
export async function* drawMap({
  models,
  encoder,
  ...settings
}: DrawRequest): AsyncGenerator<DrawnEvent, { sets: number }> {
  const used = encoder ?? linearEncoder(models, settings.perSet)
  yield { kind: 'encoder', encoder: used }
  const encode = await loadEncodeSets(used)
  for (const [m, model] of models.entries()) yield setsOfModel(model, m, used, encode, settings)
  return { sets: models.length * settings.sets }
}

/** Draws depend on the seed and the model alone, not on what else is on the map. */
export function setsOfModel(
  model: ModelEvents,
  place: number,
  { scaling }: MapEncoder,
  encode: EncodeSets,
  { perSet, sets, seed }: DrawSettings,
): ModelSets {
  const indices = splitEvents(model.events, splitSeed).test
  const rng = createRng(seed).split('map').split(model.id)
  const places = drawSets({ model, indices, sets, perSet, rng })
  const latent = encode(setInputs(model.features, places, scaling), sets)
  return { kind: 'sets', model: place, places, latent }
}
