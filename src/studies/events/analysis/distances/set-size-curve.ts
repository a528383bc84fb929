import { loadKernels } from '../../../../kernels/load-kernels.ts'
import type { TwoClassSettings } from '../../../../ml/two-class/train-two-class.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { featuresPerEvent } from '../features/event-features.ts'
import { forSetsOf, linearEncoder, loadEncodeSets, splitSeed, type MapEncoder } from '../map-encoder.ts'
import type { ModelEvents } from '../models.ts'
import { setInputs } from '../sets.ts'
import { exactLimit } from './exact-limits.ts'
import { jetModels, type Stage } from './jet-models.ts'
import { latentAuc, latentCloud } from './latent-clouds.ts'
import { supervisedAuc } from './supervised-auc.ts'

export interface SetSizeRequest {
  models: readonly ModelEvents[]
  /** Places of both models. */
  pair: readonly [number, number]
  /** Events of a set. */
  sizes: readonly number[]
  /** By the sets that they take, deep sets of any size; null: the best linear map of all models at each size. */
  encoders: readonly MapEncoder[] | null
  /** Whether a network is trained for each size. */
  supervised: boolean
  seed: number
  training?: Partial<TwoClassSettings>
}

/** How well two models come apart in sets of so many events. */
export interface SetSizePoint {
  perSet: number
  /** null where no encoder takes such sets */
  aucLatent: Estimate | null
  aucSupervised: Estimate | null
  /** null where nothing exact is known */
  aucExact: Estimate | null
}

export type SetSizeEvent = Stage | { kind: 'point'; point: SetSizePoint }

/** Areas under curves against the size of sets, one report a size; equal requests give equal numbers. */
export async function* setSizeCurve(
  request: SetSizeRequest,
): AsyncGenerator<SetSizeEvent, { points: SetSizePoint[] }> {
  const { models, sizes, seed } = request
  const [a, b] = request.pair.map((m) => models[m])
  const jets = yield* jetModels([a, b])
  const [jetA, jetB] = [jets.get(a.id), jets.get(b.id)]
  const exact = jetA && jetB ? exactLimit(jetA, jetB, sizes).auc : null
  const points: SetSizePoint[] = []
  for (const [k, perSet] of sizes.entries()) {
    const stage = (own: number): Stage => ({
      ...{ kind: 'stage', label: `Sets of ${perSet}` },
      fraction: (k + own) / sizes.length,
    })
    yield stage(0)
    const encoder = encoderOfSize(request, perSet)
    const aucLatent = encoder ? await latentAucOf(a, b, encoder, seed) : null
    const aucSupervised = request.supervised ? yield* supervisedOf(request, perSet, stage) : null
    const point = { perSet, aucLatent, aucSupervised, aucExact: exact?.[k] ?? null }
    points.push(point)
    yield { kind: 'point', point }
  }
  return { points }
}

/** What puts sets of so many events on a map, if anything does. */
export function encoderOfSize(
  { models, encoders }: Pick<SetSizeRequest, 'models' | 'encoders'>,
  perSet: number,
): MapEncoder | undefined {
  if (!encoders) return linearEncoder(models, perSet)
  const own = encoders.find((encoder) => encoder.perSet === perSet) ?? encoders.find(({ mlp }) => mlp.pool)
  return own && forSetsOf(own, perSet)
}

async function latentAucOf(
  a: ModelEvents,
  b: ModelEvents,
  encoder: MapEncoder,
  seed: number,
): Promise<Estimate> {
  const { perSet, scaling, mlp } = encoder
  const dimensions = mlp.layers[mlp.layers.length - 1].outputs
  const settings = { encode: await loadEncodeSets(encoder), scaling, dimensions, perSet, seed }
  return latentAuc(latentCloud(a, settings), latentCloud(b, settings))
}

async function* supervisedOf(
  { models, pair, seed, training }: SetSizeRequest,
  perSet: number,
  stage: (own: number) => Stage,
): AsyncGenerator<Stage, Estimate> {
  const [a, b] = pair.map((m) => models[m])
  // The scaling of sets of any size is that of their events.
  const { scaling } = linearEncoder(models, 1)
  const steps = supervisedAuc({
    ...{ kernels: await loadKernels(), a, b, perSet, seed, splitSeed, settings: training },
    inputsPerEvent: featuresPerEvent,
    setInputs: ({ features }, places) => setInputs(features, places, scaling),
  })
  let step = steps.next()
  while (!step.done) {
    yield stage(step.value)
    step = steps.next()
  }
  return step.value
}
