import { mlpOutputs } from '../../../../ml/mlp.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { exactLimit, type JetModel } from '../distances/exact-limits.ts'
import { madeAlike } from '../distances/made-alike.ts'
import { jetModels, type Stage } from '../distances/jet-models.ts'
import { latentAuc, latentCloud, type LatentCloud } from '../distances/latent-clouds.ts'
import { linearEncoder, loadEncodeSets, type MapEncoder } from '../map-encoder.ts'
import type { ModelEvents } from '../models.ts'

export interface LimitsRequest {
  models: readonly ModelEvents[]
  encoder: MapEncoder
  seed: number
}

/** How well a map tells models apart. */
export interface MapScores {
  /** Mean over all pairs of models of the area under the curve of the 50 nearest sets. */
  auc: Estimate
  /** The same over pairs that a known limit bounds; null where there is none. */
  aucKnown: Estimate | null
  /** Share of sets of test events that lie nearest to the centre of their own model. */
  accuracy: Estimate
}

/** A learned map beside the best linear one, and what no map can exceed. */
export interface EncoderLimits {
  perSet: number
  models: number
  pairs: number
  learned: MapScores
  linear: MapScores
  /** Mean exact limit (Neyman and Pearson, of the jet at parton level) of the pairs that it bounds: made by the same partons. */
  exact: { pairs: number; auc: Estimate } | null
}

/** Scores on events that no training has seen. Errors of means over pairs take these for independent. */
export async function* encoderLimits({
  models,
  encoder,
  seed,
}: LimitsRequest): AsyncGenerator<number, EncoderLimits> {
  const { perSet } = encoder
  const jets = yield* fractions(jetModels(models), 0.4)
  const known = (a: number, b: number) => limitOf(jets, models[a].id, models[b].id, perSet)
  const pairs = models.flatMap((_, b) => Array.from({ length: b }, (__, a) => ({ a, b, limit: known(a, b) })))
  const linear = linearEncoder(models, perSet)
  const scores: MapScores[] = []
  for (const [k, own] of [encoder, linear].entries()) {
    const clouds = await cloudsOf(models, own, seed)
    const areas: Estimate[] = []
    for (const [p, { a, b }] of pairs.entries()) {
      areas.push(latentAuc(clouds[a], clouds[b]))
      yield 0.4 + 0.3 * (k + (p + 1) / pairs.length)
    }
    const ofKnown = areas.filter((_, p) => pairs[p].limit !== null)
    scores.push({
      auc: meanOf(areas),
      aucKnown: ofKnown.length > 0 ? meanOf(ofKnown) : null,
      accuracy: nearestCentre(clouds),
    })
  }
  const limits = pairs.flatMap(({ limit }) => limit ?? [])
  return {
    ...{ perSet, models: models.length, pairs: pairs.length, learned: scores[0], linear: scores[1] },
    exact: limits.length > 0 ? { pairs: limits.length, auc: meanOf(limits) } : null,
  }
}

async function* fractions<T>(stages: AsyncGenerator<Stage, T>, share: number): AsyncGenerator<number, T> {
  for (;;) {
    const next = await stages.next()
    if (next.done) return next.value
    yield share * next.value.fraction
  }
}

/** Where other partons make one of the models, maps see further jets that the limit does not know: no limit for them. */
function limitOf(jets: ReadonlyMap<string, JetModel>, a: string, b: string, perSet: number): Estimate | null {
  const [jetA, jetB] = [jets.get(a), jets.get(b)]
  return jetA && jetB && madeAlike({ id: a }, { id: b }) ? exactLimit(jetA, jetB, [perSet]).auc[0] : null
}

async function cloudsOf(
  models: readonly ModelEvents[],
  encoder: MapEncoder,
  seed: number,
): Promise<LatentCloud[]> {
  const encode = await loadEncodeSets(encoder)
  const { scaling, mlp, perSet } = encoder
  const settings = { encode, scaling, dimensions: mlpOutputs(mlp), perSet, seed }
  return models.map((model) => latentCloud(model, settings))
}

/** Mean of independent estimates. */
function meanOf(all: readonly Estimate[]): Estimate {
  const value = all.reduce((sum, own) => sum + own.value, 0) / all.length
  return { value, error: Math.sqrt(all.reduce((sum, { error }) => sum + error ** 2, 0)) / all.length }
}

/** Centres are of validation events, the sets that are judged of test events. */
function nearestCentre(clouds: readonly LatentCloud[]): Estimate {
  const centres = clouds.map(({ reference, dimensions: d }) =>
    Array.from({ length: d }, (_, k) => {
      let sum = 0
      for (let at = k; at < reference.length; at += d) sum += reference[at]
      return (sum * d) / reference.length
    }),
  )
  let [right, sets] = [0, 0]
  for (const [m, { points, dimensions: d }] of clouds.entries())
    for (let at = 0; at < points.length; at += d, sets++) {
      const far = centres.map((centre) => Math.hypot(...centre.map((z, k) => points[at + k] - z)))
      if (far.indexOf(Math.min(...far)) === m) right++
    }
  const value = right / sets
  return { value, error: Math.sqrt((value * (1 - value)) / sets) }
}
