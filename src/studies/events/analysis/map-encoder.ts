import type { Mlp } from '../../../ml/mlp.ts'
import { loadRowEncoder } from '../../../ml/row-encoder.ts'
import { fitScaling, type FeatureScaling } from './features/event-features.ts'
import { linearAxes } from './linear-axes.ts'
import { splitEvents, type ModelEvents } from './models.ts'

/** Encoder that needs no training. */
export const linearEncoderId = 'linear-2'

/** Of all events of a dataset: who trains and who measures agree on it. */
export const splitSeed = 1

/** Puts sets of events on a map. Plain data: it crosses to workers. */
export interface MapEncoder {
  id: string
  title: string
  /** Events of a set. */
  perSet: number
  /** Scaling of the features that the network takes. */
  scaling: FeatureScaling
  /** [sets, perSet × 16] to [sets, dimensions] */
  mlp: Mlp
}

/** Latent coordinates [sets, dimensions] of inputs [sets, perSet × 16]. */
export type EncodeSets = (inputs: Float32Array, sets: number) => Float32Array

export const loadEncodeSets = ({ mlp }: Pick<MapEncoder, 'mlp'>): Promise<EncodeSets> => loadRowEncoder(mlp)

/** The linear map of these models, from events that are measured on by nobody. */
export function linearEncoder(models: readonly ModelEvents[], perSet: number): MapEncoder {
  const training = models.map(({ features, events }) => ({
    features,
    indices: splitEvents(events, splitSeed).train,
  }))
  const scaling = fitScaling(training)
  return {
    ...{ id: linearEncoderId, title: 'best linear map', perSet, scaling },
    mlp: linearAxes(training, scaling, perSet),
  }
}

/** The same map for sets of so many events: a deep set takes the mean over any number; others stay as they are. */
export function forSetsOf(encoder: MapEncoder, perSet: number): MapEncoder {
  const { mlp } = encoder
  return mlp.pool ? { ...encoder, perSet, mlp: { ...mlp, pool: { ...mlp.pool, items: perSet } } } : encoder
}
