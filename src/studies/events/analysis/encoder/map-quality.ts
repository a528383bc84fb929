import { principalAxes, project } from '../../../../statistics/gaussian-limit.ts'
import { latentAuc, latentCloud, type LatentCloud } from '../distances/latent-clouds.ts'
import { loadEncodeSets, type MapEncoder } from '../map-encoder.ts'
import type { ModelEvents } from '../models.ts'
import { mlpOutputs } from '../../../../ml/mlp.ts'

/** Clouds of these models as an encoder maps them, trained on or not. */
export async function cloudsOf(
  models: readonly ModelEvents[],
  encoder: MapEncoder,
  seed = 1,
): Promise<LatentCloud[]> {
  const encode = await loadEncodeSets(encoder)
  const { scaling, perSet, mlp } = encoder
  return models.map((model) =>
    latentCloud(model, { encode, scaling, perSet, dimensions: mlpOutputs(mlp), seed }),
  )
}

/** How well an encoder tells pairs of models apart, by sets of test events. */
export interface MapQuality {
  /** Mean over all pairs of the area under the curve of the 50 nearest sets. */
  meanAuc: number
  /** Pairs whose area is below .55, and above .95. */
  alike: number
  apart: number
  pairs: number
}

export function mapQuality(clouds: readonly LatentCloud[]): MapQuality {
  return qualityOf(clouds.flatMap((a, i) => clouds.slice(i + 1).map((b) => latentAuc(a, b).value)))
}

/** @param areas  of all pairs */
export function qualityOf(areas: readonly number[]): MapQuality {
  return {
    meanAuc: areas.reduce((sum, area) => sum + area, 0) / areas.length,
    alike: areas.filter((area) => area < 0.55).length,
    apart: areas.filter((area) => area > 0.95).length,
    pairs: areas.length,
  }
}

/** Mean of each cloud along the axis of largest variance of all of them together, up to a sign. */
export function placesOnLargestAxis(clouds: readonly LatentCloud[]): number[] {
  const d = clouds[0].dimensions
  const all = Float64Array.from(clouds.flatMap(({ points }) => [...points]))
  const rows = all.length / d
  const along = project(principalAxes(all, rows, d), all, rows, d, 1)
  let at = 0
  return clouds.map(({ points }) => {
    const own = along.subarray(at, (at += points.length / d))
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
}

/** Ids of the other clouds by the distance of their centroids, the nearest first. */
export function nearestClouds(own: LatentCloud, others: readonly LatentCloud[]): string[] {
  const distance = ({ cloud }: LatentCloud): number =>
    Math.hypot(...Array.from(cloud.centre, (value, k) => value - own.cloud.centre[k]))
  return [...others].sort((a, b) => distance(a) - distance(b)).map(({ id }) => id)
}
