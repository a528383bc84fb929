import { loadEncodeSets, type MapEncoder } from '../map-encoder.ts'
import type { ModelEvents } from '../models.ts'
import { latentCloud, latentPermutationTest } from './latent-clouds.ts'

export interface TwinRequest {
  models: readonly ModelEvents[]
  encoder: MapEncoder
  /** Places of both models. */
  pair: readonly [number, number]
  seed: number
  permutations: number
}

export interface TwinReport {
  a: string
  b: string
  /** Energy distance of at most 400 sets of each. */
  energy: number
  /** The same with the names of the sets exchanged at random, ascending: what chance alone gives. */
  chance: Float64Array
  /** Share of chance that is at least as far apart, with its error. */
  p: number
  pError: number
}

/** Whether the map can tell two models apart at all, by permutation; two models that are one have any p alike. */
export async function twinReport({
  models,
  encoder,
  pair,
  seed,
  permutations,
}: TwinRequest): Promise<TwinReport> {
  const { scaling, mlp, perSet } = encoder
  const dimensions = mlp.layers[mlp.layers.length - 1].outputs
  const settings = { encode: await loadEncodeSets(encoder), scaling, dimensions, perSet, seed }
  const [a, b] = pair.map((m) => latentCloud(models[m], settings))
  const { statistic, chance, p } = latentPermutationTest(a, b, { permutations, seed })
  return { a: a.id, b: b.id, energy: statistic, chance, p: p.value, pError: p.error }
}
