import { centroidDistance } from '../../../../statistics/distances/centroids.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { loadEncodeSets, type MapEncoder } from '../map-encoder.ts'
import { areNeighbours } from '../encoder/gluino-grid.ts'
import type { ModelEvents } from '../models.ts'
import { latentCloud } from './latent-clouds.ts'

/** Where a model comes to lie on a map that was made without it. */
export interface Placement {
  model: string
  /** Nearest centre of the others. */
  nearest: string
  centroid: Estimate
  /** Whether that is one step away in one parameter; null where models are on no grid. */
  gridNeighbour: boolean | null
}

export interface PlacementRequest {
  models: readonly ModelEvents[]
  /** An encoder that has seen no event of the model at this place. */
  encoderWithout: (left: number) => MapEncoder | Promise<MapEncoder>
  seed: number
}

/** Leaves each model out in turn and places it among the others; yields one by one. */
export async function* placements({
  models,
  encoderWithout,
  seed,
}: PlacementRequest): AsyncGenerator<Placement, Placement[]> {
  const all: Placement[] = []
  for (const [left, model] of models.entries()) {
    const encoder = await encoderWithout(left)
    const { scaling, mlp, perSet } = encoder
    const dimensions = mlp.layers[mlp.layers.length - 1].outputs
    const settings = { encode: await loadEncodeSets(encoder), scaling, dimensions, perSet, seed }
    const own = latentCloud(model, settings).cloud
    const others = models
      .filter((_, m) => m !== left)
      .map((other) => ({
        nearest: other.id,
        centroid: centroidDistance(own, latentCloud(other, settings).cloud),
      }))
      .sort((a, b) => a.centroid.value - b.centroid.value)
    const ids = models.map(({ id }) => id)
    const placement = {
      ...{ model: model.id, ...others[0] },
      gridNeighbour: areNeighbours(model.id, others[0].nearest, ids),
    }
    all.push(placement)
    yield placement
  }
  return all
}
