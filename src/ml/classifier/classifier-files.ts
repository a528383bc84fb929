import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../../errors.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { transposed } from '../layers-model.ts'
import type { ModelFiles } from '../model-files.ts'
import { countRatioParameters } from '../ratio/ratio-parameters.ts'
import type { Whitening } from '../whitening.ts'
import { classifierConfigSchema } from './classifier-config.ts'
import {
  classifierModelJson,
  classifierSpecs,
  scalerArrays,
  type ClassifierShape,
  type LatentScaler,
} from './classifier-layers.ts'

z.config({ jitless: true })

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const rate = z.number().min(0).max(1)
const measured = z.object({
  value: z.number(),
  error: z.number().nonnegative().optional(),
  description: z.string(),
})

const ruleSchema = z.object({
  method: z.enum(['lac', 'aps']),
  level: rate,
  /** null: so few rows that every class is in every set */
  quantile: z.number().nullable(),
  calibrationRows: z.number().int().positive(),
})

/**
 * Version 2 of a classifier's `card.json`: all but its weights. Version 1 came without what whitens a spectrum, so that
 * nobody could tell what its networks read: it is refused.
 */
export const classifierCardSchema = z.object({
  schemaVersion: z.literal(2),
  kind: z.literal('classifier'),
  id,
  title: z.string(),
  description: z.string(),
  /** Bins of a spectrum, which the stored model whitens first. */
  features: z.number().int().positive().max(4096),
  /** The encoder whose latent coordinates the networks read; null: they read the whitened bins. */
  latent: z
    .object({
      id,
      hash: z.string().max(80),
      /** Outputs of its layers. */
      units: z.array(z.number().int().positive().max(4096)).min(1).max(17),
    })
    .nullable(),
  /** Numbers of the classes in the dataset's table of universes. */
  universes: z.array(z.number().int().nonnegative()).min(2).max(4096),
  training: classifierConfigSchema,
  calibration: z.object({
    temperature: z.number().positive(),
    sets: z.object({ lac: ruleSchema, aps: ruleSchema }),
    none: z.object({ threshold: z.number(), falseAlarms: rate }),
    rows: z.number().int().positive(),
  }),
  dataset: z.object({ id, manifestSha256: sha256 }),
  /** Measured on replicas and universes that no training saw, each beside the Bayes posterior's. */
  metrics: z.record(z.string(), measured),
  engine: z.string(),
  /** Absent from the command line's: equal trainings have equal cards. */
  date: z.iso.date().optional(),
  weightsSha256: sha256,
})

export type ClassifierCard = z.infer<typeof classifierCardSchema>

/** A classifier with all that leads from a spectrum to its logits. */
export interface ClassifierModel {
  card: ClassifierCard
  whitening: Whitening
  latent: LatentScaler | null
  /** Per network, kernel and bias layer by layer. */
  members: Float32Array[]
}

const shapeOf = ({ features, latent, training, universes }: ClassifierCard): ClassifierShape => ({
  ...{ features, encoder: latent && latent.units, widths: training.widths },
  ...{ classes: universes.length, members: training.members },
})

/**
 * `card.json`, `model.json` and `weights.bin`. TensorFlow.js and Keras open the latter two as a network from a spectrum
 * [pb per bin] to the logits of each member; what they mean is said by the method on the card.
 *
 * @param card  its id may be made from the hash of the weights, to name their content
 */
export async function writeClassifierFiles(
  card: Omit<ClassifierCard, 'id' | 'schemaVersion' | 'kind' | 'weightsSha256'> & {
    id: string | ((weightsSha256: string) => string)
  },
  { whitening, latent, members }: Omit<ClassifierModel, 'card'>,
): Promise<ModelFiles> {
  const arrays = [...scalerArrays(whitening, latent), ...members]
  const weights = new Uint8Array(4 * arrays.reduce((sum, array) => sum + array.length, 0))
  const view = new DataView(weights.buffer)
  let at = 0
  for (const array of arrays) for (const value of array) at = (view.setFloat32(at, value, true), at + 4)
  const weightsSha256 = await sha256Hex(weights)
  const complete = classifierCardSchema.parse({
    ...card,
    schemaVersion: 2,
    kind: 'classifier',
    id: typeof card.id === 'string' ? card.id : card.id(weightsSha256),
    weightsSha256,
  })
  return { card: toJson(complete), model: toJson(classifierModelJson(shapeOf(complete))), weights }
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const manifestSchema = z.object({
  format: z.literal('layers-model'),
  weightsManifest: z.tuple([
    z.object({ weights: z.array(z.object({ name: z.string(), shape: z.array(z.number()) })) }),
  ]),
})

/**
 * Reads untrusted files; `model` may be left out where the card is trusted to say the layout.
 *
 * @throws AppError 'model/corrupt' naming what is wrong
 */
export async function readClassifierFiles(
  files: Pick<ModelFiles, 'card' | 'weights'> & { model?: string },
): Promise<ClassifierModel> {
  const card = parse(classifierCardSchema, files.card, 'card.json')
  const { weights } = files
  const corrupt = (what: string): AppError =>
    new AppError('model/corrupt', `Classifier ${card.id}: ${what}. Load it again or train it anew.`)
  const specs = classifierSpecs(shapeOf(card))
  if (files.model !== undefined) {
    const listed = parse(manifestSchema, files.model, `model.json of ${card.id}`).weightsManifest[0].weights
    const line = (spec: { name: string; shape: readonly number[] }) =>
      `${spec.name} [${spec.shape.join(', ')}]`
    const other = specs.findIndex((spec, i) => i >= listed.length || line(listed[i]) !== line(spec))
    if (other >= 0 || listed.length !== specs.length)
      throw corrupt(
        `model.json lists ${listed.length} arrays, its card needs ${specs.length}${other >= 0 ? `; ${line(specs[other])} is missing` : ''}`,
      )
  }
  const sizes = specs.map(({ shape }) => shape.reduce((a, b) => a * b, 1))
  const bytes = 4 * sizes.reduce((a, b) => a + b, 0)
  if (weights.length !== bytes)
    throw corrupt(`weights.bin has ${weights.length} bytes, its card needs ${bytes}`)
  const hash = await sha256Hex(Uint8Array.from(weights))
  if (hash !== card.weightsSha256)
    throw corrupt(
      `sha256 of weights.bin is ${hash.slice(0, 12)}…, its card says ${card.weightsSha256.slice(0, 12)}…`,
    )
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength)
  const numbers = Float32Array.from({ length: weights.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
  const bad = numbers.findIndex((number) => !Number.isFinite(number))
  if (bad >= 0) throw corrupt(`parameter ${bad} is ${numbers[bad]}, must be finite`)
  let at = 0
  const take = (length: number): Float32Array => numbers.slice(at, (at += length))

  const n = card.features
  const mean = take(n)
  take(n) // a variance of 1
  const whitening = transposed(take(n * n), n)
  const latent = card.latent && takeLatent(card.latent.units, n, take)
  const { widths, members: count } = card.training
  const inputs = card.latent?.units.at(-1) ?? n
  const each = countRatioParameters({ inputs, widths, outputs: card.universes.length })
  const members = Array.from({ length: count }, () => take(each))
  return { card, whitening: { mean, whitening }, latent, members }
}

function takeLatent(
  units: readonly number[],
  features: number,
  take: (length: number) => Float32Array,
): LatentScaler {
  const layers = units.map((outputs, i) => {
    const inputs = i === 0 ? features : units[i - 1]
    const activation = i < units.length - 1 ? ('relu' as const) : ('linear' as const)
    return { inputs, outputs, kernel: take(inputs * outputs), bias: take(outputs), activation }
  })
  const d = units[units.length - 1]
  const centre = Float64Array.from(take(d))
  return { encoder: { layers }, centre, scale: Float64Array.from(take(d), Math.sqrt) }
}

function parse<T>(schema: z.ZodType<T>, text: string, what: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError('model/corrupt', `${what} is not JSON. Load it again.`)
  }
  const parsed = checkedBy(schema, value)
  if (parsed.success) return parsed.data
  throw new AppError('model/corrupt', `${what} is not as expected: ${describeIssues(parsed.error.issues)}`)
}
