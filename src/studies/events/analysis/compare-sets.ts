import type { ComparedMaps } from '../../../numerics/compared-maps.ts'
import { compareMaps, type MapToCompare } from '../../../statistics/compare-maps.ts'
import { principalAxes, project } from '../../../statistics/gaussian-limit.ts'
import { mlpOutputs, runMlp } from '../../../ml/mlp.ts'
import { eventFeatureNames, featuresPerEvent } from './features/event-features.ts'
import {
  linearEncoder,
  linearEncoderId,
  loadEncodeSets,
  type EncodeSets,
  type MapEncoder,
} from './map-encoder.ts'
import type { ModelEvents } from './models.ts'
import { setInputs } from './sets.ts'

/** Maps that need no network: their ids in links, and what they are. */
export const closedForms = {
  [linearEncoderId]: 'best linear map',
  'pca-2': 'principal axes of the mean features',
  'met-ht': 'mean ln MET and mean ln HT',
} as const

export interface SetsToCompare {
  ids: readonly string[]
  models: readonly ModelEvents[]
  /** [sets] place of the model, and [sets, perSet] its events */
  model: Uint8Array
  places: Uint32Array
  perSet: number
  /** Where the map of the page puts the sets. */
  shown: Float32Array // [sets, dimensions]
  dimensions: number
  /** Means of scaled features, in which sets have their true neighbours. */
  means: Float32Array // [sets, 16]
  /** Further maps of sets of that size, by their ids. */
  encoders: readonly MapEncoder[]
  neighbours: number
}

/** Maps of all sets beside one another; yields the fraction done. */
export async function* compareSets(request: SetsToCompare): AsyncGenerator<number, ComparedMaps> {
  const { ids, model, shown, dimensions, means, encoders, neighbours } = request
  const count = model.length
  const closed: Record<string, () => Float32Array> = {
    [linearEncoderId]: () => linearPlaces(request),
    'pca-2': () => {
      const axes = principalAxes(Float64Array.from(means), count, featuresPerEvent)
      return Float32Array.from(project(axes, means, count, featuresPerEvent, 2))
    },
    'met-ht': () => {
      const columns = ['met', 'ht'].map((id) => eventFeatureNames.findIndex((own) => own.id === id))
      return Float32Array.from({ length: 2 * count }, (_, i) => {
        return means[Math.floor(i / 2) * featuresPerEvent + columns[i % 2]]
      })
    },
  }
  const maps: MapToCompare[] = []
  for (const id of ids) {
    const encoder = encoders.find((each) => each.id === id)
    if (id === 'shown') maps.push({ id, dimensions, latent: shown })
    else if (closed[id]) maps.push({ id, dimensions: 2, latent: closed[id] })
    else if (encoder) {
      const latent = placesThrough(request, encoder, await loadEncodeSets(encoder))
      maps.push({ id, dimensions: mlpOutputs(encoder.mlp), latent: () => latent })
    }
  }
  return yield* compareMaps({ maps, truth: means, count, truthDimensions: featuresPerEvent, neighbours })
}

function linearPlaces(request: SetsToCompare): Float32Array {
  const encoder = linearEncoder(request.models, request.perSet)
  return placesThrough(request, encoder, (inputs, sets) => runMlp(encoder.mlp, inputs, sets))
}

/** Where an encoder puts all sets. */
function placesThrough(
  { models, model, places, perSet }: SetsToCompare,
  { scaling, mlp }: MapEncoder,
  encode: EncodeSets,
): Float32Array {
  const dimensions = mlpOutputs(mlp)
  const out = new Float32Array(dimensions * model.length)
  models.forEach(({ features }, m) => {
    const first = model.indexOf(m)
    const sets = model.lastIndexOf(m) - first + 1
    if (first < 0) return
    const own = places.subarray(first * perSet, (first + sets) * perSet)
    out.set(encode(setInputs(features, own, scaling), sets), dimensions * first)
  })
  return out
}
