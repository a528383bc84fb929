import { createRng, shuffle } from '../../../numerics/rng.ts'
import { mlpOutputs } from '../../../ml/mlp.ts'
import {
  energyPermutationTest,
  type PermutationTest,
} from '../../../statistics/distances/permutation-test.ts'
import { loadEncodeSets, splitSeed, type MapEncoder } from './map-encoder.ts'
import { splitEvents, type ModelEvents } from './models.ts'
import { drawSets, setInputs } from './sets.ts'

export interface TwinRequest {
  model: ModelEvents
  /** What it is also held against, for comparison. */
  other: ModelEvents
  encoder: MapEncoder
  perSet: number
  seed: number
}

/** A model against its twin, the same model under another label, and against another model, by the same code. */
export interface TwinTest {
  model: string
  other: string
  /** Sets on either side. */
  sets: number
  twin: PermutationTest
  apart: PermutationTest
}

const permutations = 400
/** Sets on either side at most: the memory of a test is their square. */
const mostSets = 200

/**
 * Test events of a model are dealt into two halves that share none: twins. Their sets on the map have the energy distance that
 * chance gives, or the map tells models apart that are one. The other model is held against the first half by as many sets.
 */
export async function* twinTest(request: TwinRequest): AsyncGenerator<number, TwinTest> {
  const { model, other, encoder, perSet, seed } = request
  const encode = await loadEncodeSets(encoder)
  const d = mlpOutputs(encoder.mlp)
  const rng = createRng(seed).split('twins').split(model.id)
  const events = shuffle(splitEvents(model.events, splitSeed).test.slice(), rng)
  const half = Math.floor(events.length / 2)
  const sets = Math.min(mostSets, Math.floor(half / perSet))
  const latent = (from: ModelEvents, indices: Uint32Array, name: string) => {
    const places = drawSets({ model: from, indices, sets, perSet, rng: rng.split(name) })
    return encode(setInputs(from.features, places, encoder.scaling), sets)
  }
  const one = latent(model, events.slice(0, half), 'one')
  const test = (b: Float32Array, name: string) =>
    energyPermutationTest(one, b, d, { permutations, rng: rng.split(name) })
  yield 0.1
  const twin = test(latent(model, events.slice(half), 'twin'), 'twin permutations')
  yield 0.55
  const against = splitEvents(other.events, splitSeed).test.slice(0, half)
  const apart = test(latent(other, against, 'other'), 'other permutations')
  return { model: model.id, other: other.id, sets, twin, apart }
}
