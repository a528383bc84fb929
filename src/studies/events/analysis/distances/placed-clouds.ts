import { centroidDistance, cloudOf, pooledDistance } from '../../../../statistics/distances/centroids.ts'
import { energyDistance } from '../../../../statistics/distances/energy-distance.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'

/** Sets of a model or of a file on a map, no event in two of them. */
export interface PlacedCloud {
  name: string
  latent: Float32Array // [sets, dimensions]
}

/** How far another lies from one. */
export interface PlacedDistance {
  name: string
  centroid: Estimate
  pooled: Estimate
  energy: Estimate
}

export function placedDistances(
  own: PlacedCloud,
  others: readonly PlacedCloud[],
  dimensions: number,
): PlacedDistance[] {
  const cloud = cloudOf(own.latent, dimensions)
  return others
    .map(({ name, latent }) => {
      const other = cloudOf(latent, dimensions)
      return {
        name,
        centroid: centroidDistance(cloud, other),
        pooled: pooledDistance(cloud, other),
        energy: energyDistance(own.latent, latent, dimensions),
      }
    })
    .sort((a, b) => a.centroid.value - b.centroid.value)
}

/** How another program's events of a model lie beside ours of it. */
export interface Transfer {
  model: string
  shift: Estimate
  /** Distance of the model from others, the nearest first, and the shift over that. */
  others: { model: string; distance: Estimate; shiftOverDistance: number }[]
}

/** @param model  which of the models the events of the file are of */
export function transferOf(
  file: PlacedCloud,
  model: PlacedCloud,
  models: readonly PlacedCloud[],
  dimensions: number,
): Transfer {
  const [{ centroid: shift }] = placedDistances(file, [model], dimensions)
  const others = models.filter(({ name }) => name !== model.name)
  return {
    ...{ model: model.name, shift },
    others: placedDistances(model, others, dimensions).map(({ name, centroid }) => ({
      ...{ model: name, distance: centroid, shiftOverDistance: shift.value / centroid.value },
    })),
  }
}
