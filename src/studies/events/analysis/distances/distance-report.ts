import { loadKernels } from '../../../../kernels/load-kernels.ts'
import type { TwoClassSettings } from '../../../../ml/two-class/train-two-class.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { featuresPerEvent, jetFeatures, leadingJets } from '../features/event-features.ts'
import { loadEncodeSets, splitSeed, type MapEncoder } from '../map-encoder.ts'
import type { ModelEvents } from '../models.ts'
import { setInputs } from '../sets.ts'
import { exactLimit, type ExactLimit, type JetModel } from './exact-limits.ts'
import { jetModels, type Stage } from './jet-models.ts'
import { latentCloud, latentDistances, type LatentCloud, type LatentDistances } from './latent-clouds.ts'
import { madeAlike } from './made-alike.ts'
import { supervisedAuc } from './supervised-auc.ts'

export interface DistanceRequest {
  models: readonly ModelEvents[]
  encoder: MapEncoder
  seed: number
  /** Places of the two models of each pair; null: all pairs. */
  pairs: readonly (readonly [number, number])[] | null
  /** Events of sets that a network of each pair is trained on; none: no such networks. */
  supervised: readonly number[]
  /** Whether networks of pairs with a limit are also trained on what the limit knows: pT and |η| of the leading jet alone. */
  jetAlone?: boolean
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
  /** The same of networks that see pT and |η| of the leading jet alone, as the limit does; empty where not asked for, or no limit is known */
  aucJet: AucOfSets[]
  /** Whether the same partons make both models; where others do, further jets tell more than the limit knows. Null without a limit. */
  madeAlike: boolean | null
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
    const alike = madeAlike(a, b)
    const asked = supervised.flatMap((size) => [
      { size, jetAlone: false },
      ...(request.jetAlone && alike !== null ? [{ size, jetAlone: true }] : []),
    ])
    const [aucSupervised, aucJet]: AucOfSets[][] = [[], []]
    for (const [n, { size, jetAlone }] of asked.entries()) {
      const training = supervisedAuc({
        ...{ kernels, a, b, perSet: size, seed, splitSeed, settings: request.training },
        inputsPerEvent: jetAlone ? jetFeatures : featuresPerEvent,
        setInputs: ({ features }, places) => {
          const inputs = setInputs(features, places, scaling)
          return jetAlone ? leadingJets(inputs) : inputs
        },
      })
      let step = training.next()
      while (!step.done) {
        yield { kind: 'stage', label, fraction: fractionOf((n + step.value) / asked.length) }
        step = training.next()
      }
      ;(jetAlone ? aucJet : aucSupervised).push({ perSet: size, auc: step.value })
    }
    const [jetA, jetB] = [jets.get(a.id), jets.get(b.id)]
    const sizes = [...new Set([1, perSet, ...supervised])]
    const exact = jetA && jetB ? exactLimit(jetA, jetB, sizes) : null
    const pair: PairDistances = {
      ...{ a: a.id, b: b.id, ...latent, aucSupervised, aucJet, madeAlike: alike },
      aucExact: exact && sizes.map((size, n) => ({ perSet: size, auc: exact.auc[n] })),
      separation: exact && { separation: exact.separation, reverse: exact.reverse },
    }
    pairs.push(pair)
    yield { kind: 'pair', pair }
  }
  return { pairs }
}
