import { createRng } from '../../../../numerics/rng.ts'
import { auroc } from '../../../../statistics/anomaly/roc.ts'
import {
  centroidDistance,
  cloudOf,
  pooledDistance,
  type Cloud,
} from '../../../../statistics/distances/centroids.ts'
import { energyDistance } from '../../../../statistics/distances/energy-distance.ts'
import { neighbourScores } from '../../../../statistics/distances/neighbour-auc.ts'
import {
  energyPermutationTest,
  type PermutationTest,
} from '../../../../statistics/distances/permutation-test.ts'
import { slicedWasserstein } from '../../../../statistics/distances/sliced-wasserstein.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { splitSeed, type EncodeSets } from '../map-encoder.ts'
import { splitEvents, type ModelEvents } from '../models.ts'
import { drawSets, setInputs } from '../sets.ts'
import type { FeatureScaling } from '../features/event-features.ts'
import { independentSets } from './independent-sets.ts'

/** Sets of one model in latent space. */
export interface LatentCloud {
  id: string
  dimensions: number
  /** [sets, d] of test events, no event in two of them: what distances and their errors are taken from */
  points: Float32Array
  cloud: Cloud
  /** [sets, d] of validation events: what others are compared with by neighbours */
  reference: Float32Array
  /** [sets, d] of test events as independentSets() puts them together */
  judged: Float32Array
  together: number
}

/** Points of a cloud at most: distances cost their square. */
const mostPoints = 2000
/** Sets that others are compared with. */
const referenceSets = 1000

export interface CloudSettings {
  encode: EncodeSets
  scaling: FeatureScaling
  dimensions: number
  perSet: number
  seed: number
}

/** A model's sets, drawn from its seed and name alone. */
export function latentCloud(
  model: ModelEvents,
  { encode, scaling, dimensions, perSet, seed }: CloudSettings,
): LatentCloud {
  const { test, validation } = splitEvents(model.events, splitSeed)
  const rng = createRng(seed).split('distances').split(model.id)
  const latent = (places: Uint32Array) =>
    encode(setInputs(model.features, places, scaling), places.length / perSet)
  const drawn = (indices: Uint32Array, sets: number, name: string) =>
    latent(drawSets({ model, indices, sets, perSet, rng: rng.split(name) }))
  const disjoint = Math.max(1, Math.floor(test.length / perSet))
  const points = drawn(test, Math.min(mostPoints, disjoint), 'points')
  const judged = independentSets(model, test, perSet, rng.split('judged'))
  return {
    ...{ id: model.id, dimensions, points, cloud: cloudOf(points, dimensions) },
    // These may share events: they are no measurement.
    reference: drawn(validation, Math.min(referenceSets, perSet * validation.length), 'reference'),
    ...{ judged: latent(judged.places), together: judged.together },
  }
}

/** How far two models lie apart in latent space. */
export interface LatentDistances {
  centroid: Estimate
  pooled: Estimate
  energy: Estimate
  sliced: Estimate
  /** Of the 50 nearest sets of other events */
  aucLatent: Estimate
}

export function latentDistances(a: LatentCloud, b: LatentCloud): LatentDistances {
  const d = a.dimensions
  return {
    centroid: centroidDistance(a.cloud, b.cloud),
    pooled: pooledDistance(a.cloud, b.cloud),
    energy: energyDistance(a.points, b.points, d),
    sliced: slicedWasserstein(a.points, b.points, d),
    aucLatent: latentAuc(a, b),
  }
}

export function latentAuc(a: LatentCloud, b: LatentCloud): Estimate {
  const compared = { a: a.reference, b: b.reference }
  const [ofA, ofB] = [a, b].map(({ judged, dimensions }) => neighbourScores(compared, judged, dimensions))
  return auroc(ofA, ofB, a.together, b.together)
}

/** Whether two clouds may be one, by the energy distance of at most 400 points of each. */
export function latentPermutationTest(
  a: LatentCloud,
  b: LatentCloud,
  { permutations, seed }: { permutations: number; seed: number },
): PermutationTest {
  const most = ({ points, dimensions }: LatentCloud) => points.subarray(0, 400 * dimensions)
  const rng = createRng(seed, 'permutations').split(a.id).split(b.id)
  return energyPermutationTest(most(a), most(b), a.dimensions, { permutations, rng })
}
