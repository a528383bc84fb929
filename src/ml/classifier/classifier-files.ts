import * as z from 'zod'
import { AppError } from '../../errors.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { countRatioParameters } from '../ratio/ratio-parameters.ts'
import { classifierConfigSchema } from './classifier-config.ts'

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

/** Version 1 of a classifier's `card.json`: all but its weights. */
export const classifierCardSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('classifier'),
  id,
  title: z.string(),
  description: z.string(),
  /** Whitened bins of a spectrum. */
  features: z.number().int().positive().max(4096),
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
  /** Measured on replicas and universes that no training saw, each beside the exact posterior's. */
  metrics: z.record(z.string(), measured),
  engine: z.string(),
  date: z.iso.date(),
  weightsSha256: sha256,
})

export type ClassifierCard = z.infer<typeof classifierCardSchema>

/** The two files of `models/classifiers/<id>/`. */
export interface ClassifierFiles {
  card: string // card.json
  weights: Uint8Array<ArrayBuffer> // weights.bin, little-endian float32: members one after the other
}

export interface ClassifierModel {
  card: ClassifierCard
  members: Float32Array[]
}

export async function writeClassifierFiles(
  card: Omit<ClassifierCard, 'schemaVersion' | 'kind' | 'weightsSha256'>,
  members: readonly Float32Array[],
): Promise<ClassifierFiles> {
  const weights = new Uint8Array(4 * members.reduce((sum, flat) => sum + flat.length, 0))
  const view = new DataView(weights.buffer)
  let at = 0
  for (const flat of members) for (const value of flat) at = (view.setFloat32(at, value, true), at + 4)
  const complete = classifierCardSchema.parse({
    ...card,
    schemaVersion: 1,
    kind: 'classifier',
    weightsSha256: await sha256Hex(weights),
  })
  return { card: `${JSON.stringify(complete, null, 2)}\n`, weights }
}

/** Reads untrusted files. @throws AppError 'model/corrupt' naming what is wrong */
export async function readClassifierFiles({
  card: text,
  weights,
}: {
  card: string
  weights: Uint8Array
}): Promise<ClassifierModel> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError('model/corrupt', 'card.json is not JSON. Load it again.')
  }
  const parsed = classifierCardSchema.safeParse(value)
  if (!parsed.success)
    throw new AppError('model/corrupt', `card.json is not as expected: ${z.prettifyError(parsed.error)}`)
  const card = parsed.data
  const corrupt = (what: string): AppError =>
    new AppError('model/corrupt', `Classifier ${card.id}: ${what}. Load it again or train it anew.`)
  const { members: count, widths } = card.training
  const each = countRatioParameters({ inputs: card.features, widths, outputs: card.universes.length })
  const bytes = 4 * each * count
  if (weights.length !== bytes)
    throw corrupt(`weights.bin has ${weights.length} bytes, its card needs ${bytes}`)
  const hash = await sha256Hex(Uint8Array.from(weights))
  if (hash !== card.weightsSha256)
    throw corrupt(
      `sha256 of weights.bin is ${hash.slice(0, 12)}…, its card says ${card.weightsSha256.slice(0, 12)}…`,
    )
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength)
  const members = Array.from({ length: count }, (_, m) =>
    Float32Array.from({ length: each }, (_, i) => view.getFloat32(4 * (m * each + i), true)),
  )
  for (const flat of members) {
    const bad = flat.findIndex((number) => !Number.isFinite(number))
    if (bad >= 0) throw corrupt(`parameter ${bad} is ${flat[bad]}, must be finite`)
  }
  return { card, members }
}
