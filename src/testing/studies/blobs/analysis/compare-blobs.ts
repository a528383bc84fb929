import { compareMaps } from '../../../../statistics/compare-maps.ts'
import { dimensions, type Blobs } from './draw-blobs.ts'

export interface BlobsToCompare extends Pick<Blobs, 'count' | 'values' | 'xy'> {
  ids: readonly string[]
  /** Where the training shown puts the points, if there is one. */
  trained?: Float32Array // [count, 2]
  neighbours: number
}

/** Maps of all points beside one another; yields the fraction done. */
export function compareBlobs({ ids, count, values, xy, trained, neighbours }: BlobsToCompare) {
  const coordinates = Float32Array.from(values.filter((_, i) => i % dimensions < 2))
  const pca = Float32Array.from(xy)
  const places: Record<string, Float32Array | undefined> = { pca, 'x1-x2': coordinates, trained }
  const maps = ids.flatMap((id) => (places[id] ? [{ id, dimensions: 2, latent: places[id] }] : []))
  return compareMaps({ maps, truth: values, count, truthDimensions: dimensions, neighbours })
}
