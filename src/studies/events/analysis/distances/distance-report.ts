import { loadKernels } from '../../../../kernels/load-kernels.ts'
import type { TwoClassSettings } from '../../../../ml/two-class/train-two-class.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { featuresPerEvent } from '../features/event-features.ts'
import { loadEncodeSets, splitSeed, type MapEncoder } from '../map-encoder.ts'
import type { ModelEvents } from '../models.ts'
import { setInputs } from '../sets.ts'
import { exactLimit, type ExactLimit, type JetModel } from './exact-limits.ts'
import { jetModels, type Stage } from './jet-models.ts'
import { latentCloud, latentDistances, type LatentCloud, type LatentDistances } from './latent-clouds.ts'
import { supervisedAuc } from './supervised-auc.ts'

export interface DistanceRequest {
  models: readonly ModelEvents[]
  encoder: MapEncoder
  seed: number
  /** Places of the two models of each pair; null: all pairs. */
  pairs: readonly (readonly [number, number])[] | null
  /** Events of sets that a network of each pair is trained on; none: no such networks. */
  supervised: readonly number[]
  /** Whether to work out limits where they are known; models are known by their ids. */
  exact: boolean
  /** Of the networks of pairs. */
  training?: Partial<TwoClassSettings>
}

/** Area under a curve for sets of so many events. */
export interface AucOfSets {
  perSet: number
  auc: Estimate
}

/** What a pair of models is. */
export interface PairDistances extends LatentDistances {
  a: string
  b: string
  /** By the events of a set as asked for */
  aucSupervised: AucOfSets[]
  /** For single events, the sets of the encoder and of the networks, of the jet at parton level; null where nothing exact is known */
  aucExact: AucOfSets[] | null
  /** From the same limit: when the first is excluded where the second is true, and the other way round. */
  separation: Pick<ExactLimit, 'separation' | 'reverse'> | null
}

export type DistanceEvent = Stage | { kind: 'pair'; pair: PairDistances }

/**
 * All distances of pairs of models with their errors, pair by pair. The same request gives the same numbers, and a pair's do
 * not depend on which others are asked for.
 *
 * @throws AppError, see latentCloud, supervisedAuc and exactLimit
 */
export async function* distanceReport(
  request: DistanceRequest,
): AsyncGenerator<DistanceEvent, { pairs: PairDistances[] }> {
  const { models, encoder, seed, supervised } = request
  const { perSet, scaling, mlp } = encoder
  const encode = await loadEncodeSets(encoder)
  const kernels = await loadKernels()
  const dimensions = mlp.layers[mlp.layers.length - 1].outputs
  const chosen =
    request.pairs ?? models.flatMap((_, j) => Array.from({ length: j }, (__, i): [number, number] => [i, j]))
  const involved = [...new Set(chosen.flat())].sort((a, b) => a - b)

  const clouds = new Map<number, LatentCloud>()
  for (const [k, m] of involved.entries()) {
    yield { kind: 'stage', label: `Sets of ${models[m].title}`, fraction: k / involved.length }
    clouds.set(m, latentCloud(models[m], { encode, scaling, dimensions, perSet, seed }))
  }
  const jets = request.exact ? yield* jetModels(involved.map((m) => models[m])) : new Map<string, JetModel>()

  const pairs: PairDistances[] = []
  const cloudOf = (m: number): LatentCloud => clouds.get(m)!
  for (const [k, [i, j]] of chosen.entries()) {
    const [a, b] = [models[i], models[j]]
    const label = `${a.title} and ${b.title}`
    const fractionOf = (own: number) => (k + own) / chosen.length
    yield { kind: 'stage', label, fraction: fractionOf(0) }
    const latent = latentDistances(cloudOf(i), cloudOf(j))
    const aucSupervised: AucOfSets[] = []
    for (const [s, size] of supervised.entries()) {
      const training = supervisedAuc({
        ...{ kernels, a, b, perSet: size, seed, splitSeed, settings: request.training },
        inputsPerEvent: featuresPerEvent,
        setInputs: ({ features }, places) => setInputs(features, places, scaling),
      })
      let step = training.next()
      while (!step.done) {
        yield { kind: 'stage', label, fraction: fractionOf((s + step.value) / supervised.length) }
        step = training.next()
      }
      aucSupervised.push({ perSet: size, auc: step.value })
    }
    const [jetA, jetB] = [jets.get(a.id), jets.get(b.id)]
    const sizes = [...new Set([1, perSet, ...supervised])]
    const exact = jetA && jetB ? exactLimit(jetA, jetB, sizes) : null
    const pair: PairDistances = {
      ...{ a: a.id, b: b.id, ...latent, aucSupervised },
      aucExact: exact && sizes.map((size, n) => ({ perSet: size, auc: exact.auc[n] })),
      separation: exact && { separation: exact.separation, reverse: exact.reverse },
    }
    pairs.push(pair)
    yield { kind: 'pair', pair }
  }
  return { pairs }
}
