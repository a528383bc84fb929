import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../errors.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { countParameters, parametersFromFlat, type EncoderParameters } from './encoder-parameters.ts'
import { layersModelJson, transposed, weightArrays, weightSpecs } from './layers-model.ts'
import { modelCardSchema, type ModelCard } from './model-card.ts'
import type { Whitening } from './whitening.ts'

/** A shipped or exported encoder: from a spectrum to its latent point without anything else. */
export interface EncoderModel {
  card: ModelCard
  parameters: EncoderParameters
  whitening: Whitening
}

/** The three files of `models/<id>/`. */
export interface ModelFiles {
  card: string // card.json
  model: string // model.json
  weights: Uint8Array<ArrayBuffer> // weights.bin, little-endian float32
}

/** @param card  its id may be made from the hash of the weights, to name their content */
export async function writeModelFiles(
  card: Omit<ModelCard, 'id' | 'weightsSha256' | 'schemaVersion' | 'architecture'> & {
    id: string | ((weightsSha256: string) => string)
  },
  parameters: EncoderParameters,
  whitening: Whitening,
): Promise<ModelFiles> {
  const arrays = weightArrays(parameters, whitening)
  const weights = new Uint8Array(4 * arrays.reduce((sum, array) => sum + array.length, 0))
  const view = new DataView(weights.buffer)
  let at = 0
  for (const array of arrays) for (const value of array) at = (view.setFloat32(at, value, true), at + 4)
  const { architecture } = parameters
  const weightsSha256 = await sha256Hex(weights)
  const complete: ModelCard = modelCardSchema.parse({
    schemaVersion: 1,
    ...card,
    id: typeof card.id === 'string' ? card.id : card.id(weightsSha256),
    architecture,
    weightsSha256,
  })
  const model = layersModelJson(architecture, card.training.dropout, card.tfjsVersion)
  return { card: toJson(complete), model: toJson(model), weights }
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const manifestSchema = z.object({
  format: z.literal('layers-model'),
  weightsManifest: z.tuple([
    z.object({
      paths: z.tuple([z.literal('weights.bin')]),
      weights: z.array(
        z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.literal('float32') }),
      ),
    }),
  ]),
})

/**
 * Reads untrusted files. The card says what must be there; names, shapes, length, hash and every number of the
 * weights are checked against it.
 *
 * @throws AppError 'model/corrupt' naming what is wrong
 */
export async function readModelFiles(files: ModelFiles): Promise<EncoderModel> {
  const card = parse(modelCardSchema, files.card, 'card.json')
  const manifest = parse(manifestSchema, files.model, `model.json of ${card.id}`)
  const corrupt = (what: string, context: Record<string, unknown> = {}): AppError =>
    new AppError('model/corrupt', `Model ${card.id}: ${what}. Load it again or train it anew.`, context)

  const specs = weightSpecs(card.architecture)
  const listed = manifest.weightsManifest[0].weights
  if (listed.length !== specs.length)
    throw corrupt(`model.json lists ${listed.length} arrays, its card needs ${specs.length}`)
  specs.forEach(({ name, shape }, i) => {
    if (listed[i].name !== name || listed[i].shape.join() !== shape.join())
      throw corrupt(
        `array ${i} of model.json is ${listed[i].name} [${listed[i].shape.join(', ')}], its card needs ${name} [${shape.join(', ')}]`,
      )
  })
  const { weights } = files
  const sizes = specs.map(({ shape }) => shape.reduce((a, b) => a * b, 1))
  const bytes = 4 * sizes.reduce((a, b) => a + b, 0)
  if (weights.length !== bytes)
    throw corrupt(`weights.bin has ${weights.length} bytes, its card needs ${bytes}`, {
      expected: bytes,
      actual: weights.length,
    })
  const hash = await sha256Hex(weights)
  if (hash !== card.weightsSha256)
    throw corrupt(
      `sha256 of weights.bin is ${hash.slice(0, 12)}…, its card says ${card.weightsSha256.slice(0, 12)}…`,
    )

  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength)
  let at = 0
  const arrays = specs.map(({ name }, i) => {
    const array = new Float32Array(sizes[i])
    for (let k = 0; k < array.length; k++, at += 4) array[k] = view.getFloat32(at, true)
    const bad = array.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) throw corrupt(`number ${bad} of ${name} is ${array[bad]}, must be finite`)
    const negative = name.endsWith('/moving_variance') ? array.findIndex((value) => value < 0) : -1
    if (negative >= 0) throw corrupt(`variance ${negative} of ${name} is ${array[negative]}, must be ≥ 0`)
    return array
  })

  const n = card.architecture.features
  const whitening = transposed(arrays[2], n)
  for (let i = 0; i < n; i++)
    for (let k = i + 1; k < n; k++)
      if (whitening[i * n + k] !== 0)
        throw corrupt(
          `the whitening matrix has ${whitening[i * n + k]} at (${i}, ${k}), must be lower triangular`,
        )
  const parameters = parametersFromFlat(
    card.architecture,
    new Float32Array(countParameters(card.architecture).total),
  )
  weightArrays(parameters, { mean: arrays[0], whitening }).forEach((target, i) => {
    if (i > 2) target.set(arrays[i])
  })
  return { card, parameters, whitening: { mean: arrays[0], whitening } }
}

function parse<T>(schema: z.ZodType<T>, text: string, what: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new AppError(
      'model/corrupt',
      `${what} is not JSON (${error instanceof Error ? error.message : String(error)}). Load it again.`,
    )
  }
  const parsed = checkedBy(schema, value)
  if (parsed.success) return parsed.data
  throw new AppError('model/corrupt', `${what} is not as expected: ${describeIssues(parsed.error.issues)}`, {
    issues: parsed.error.issues.length,
  })
}

/** Files of a trained model in its folder. */
export const modelFileNames = ['card.json', 'model.json', 'weights.bin', 'run.json'] as const
