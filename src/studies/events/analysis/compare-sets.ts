import { compareMaps, type MapToCompare } from '../../../statistics/compare-maps.ts'
import { principalAxes, project } from '../../../statistics/gaussian-limit.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { eventFeatureNames, featuresPerEvent } from './features/event-features.ts'
import { linearEncoder, linearEncoderId } from './map-encoder.ts'
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
  /** Where the training shown puts them, if there is one. */
  trained?: { latent: Float32Array; dimensions: number }
  neighbours: number
}

/** Maps of all sets beside one another; yields the fraction done. */
export function compareSets(request: SetsToCompare) {
  const { ids, model, shown, dimensions, means, trained, neighbours } = request
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
  const maps = ids.flatMap((id): MapToCompare[] => {
    if (id === 'shown') return [{ id, dimensions, latent: shown }]
    if (id === 'trained') return trained ? [{ id, ...trained }] : []
    return closed[id] ? [{ id, dimensions: 2, latent: closed[id] }] : []
  })
  return compareMaps({ maps, truth: means, count, truthDimensions: featuresPerEvent, neighbours })
}

function linearPlaces({ models, model, places, perSet }: SetsToCompare): Float32Array {
  const { mlp, scaling } = linearEncoder(models, perSet)
  const out = new Float32Array(2 * model.length)
  models.forEach(({ features }, m) => {
    const first = model.indexOf(m)
    const sets = model.lastIndexOf(m) - first + 1
    if (first < 0) return
    const own = places.subarray(first * perSet, (first + sets) * perSet)
    out.set(runMlp(mlp, setInputs(features, own, scaling), sets), 2 * first)
  })
  return out
}
