import * as z from 'zod'
import { AppError, capText, checkedBy, describeIssues, shortName } from '../../errors.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { transformerConfigSchema } from './transformer-config.ts'
import { TransformerLayout } from './transformer-parameters.ts'

z.config({ jitless: true })

const count = z.number().int().positive()
const whole = z.number().int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const words = z.string().transform(capText)
const name = z.string().transform((text) => shortName(text))

/** Version 1 of a transformer's `card.json`: all but its weights. Equal trainings write equal cards. */
export const transformerCardSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('transformer'),
  id,
  title: name,
  description: words,
  /** What each token holds, in the order of the network. */
  tokens: z.array(z.string().max(40)).min(1).max(1024),
  /** What the labels stand for. */
  classes: z.array(name).min(2).max(256),
  training: transformerConfigSchema,
  /** Of filled slots; a standardised number is (x - mean) / deviation. */
  scaling: z.object({ mean: z.array(z.number()), deviation: z.array(z.number().positive()) }),
  data: z.object({
    /** Manifests of the samples, one a class. */
    samples: z.array(z.object({ id: name, sha256 })).min(2),
    splitSeed: whole,
    /** Events of each sample after which no further block was read; null: all. */
    most: count.nullable(),
    events: z.object({ training: count, validation: count, test: count }),
  }),
  epochs: z.object({ best: count, done: count }),
  /** On the test part of the events. */
  metrics: z.record(z.string().max(80), z.object({ value: z.number(), description: words })),
  engine: name,
  product: name,
  weightsSha256: sha256,
})

export type TransformerCard = z.infer<typeof transformerCardSchema>

export interface TransformerModel {
  card: TransformerCard
  parameters: Float32Array
}

/** Files of a folder that holds a transformer. */
export const transformerFileNames = ['card.json', 'weights.bin']

/** `card.json`, and `weights.bin`: the flat parameters as little-endian float32. */
export async function writeTransformerFiles(
  card: Omit<TransformerCard, 'schemaVersion' | 'kind' | 'weightsSha256'>,
  parameters: Float32Array,
): Promise<{ card: string; weights: Uint8Array<ArrayBuffer> }> {
  const weights = new Uint8Array(4 * parameters.length)
  const view = new DataView(weights.buffer)
  parameters.forEach((value, i) => view.setFloat32(4 * i, value, true))
  const complete = transformerCardSchema.parse({
    schemaVersion: 1,
    kind: 'transformer',
    ...card,
    weightsSha256: await sha256Hex(weights),
  })
  return { card: `${JSON.stringify(complete, null, 2)}\n`, weights }
}

/** @throws AppError 'model/corrupt' naming what is wrong */
export async function readTransformerFiles(text: string, weights: Uint8Array): Promise<TransformerModel> {
  const corrupt = (what: string): AppError =>
    new AppError('model/corrupt', `The transformer ${what}. Load it again or train it anew.`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw corrupt('has a card.json that is no JSON')
  }
  const parsed = checkedBy(transformerCardSchema, json)
  if (!parsed.success)
    throw corrupt(`has a card that is not as expected: ${describeIssues(parsed.error.issues)}`)
  const card = parsed.data
  const { spec } = card.training
  const numbers: [what: string, actual: number, expected: number][] = [
    ['names of tokens', card.tokens.length, spec.tokens],
    ['means', card.scaling.mean.length, spec.tokens],
    ['deviations', card.scaling.deviation.length, spec.tokens],
    ['classes', card.classes.length, spec.classes],
    ['bytes of weights', weights.length, 4 * new TransformerLayout(spec).total],
  ]
  for (const [what, actual, expected] of numbers)
    if (actual !== expected)
      throw corrupt(`${card.id} has ${actual} ${what}, its architecture needs ${expected}`)
  const hash = await sha256Hex(Uint8Array.from(weights))
  if (hash !== card.weightsSha256)
    throw corrupt(
      `${card.id} has weights of sha256 ${hash.slice(0, 12)}…, its card says ${card.weightsSha256.slice(0, 12)}…`,
    )
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength)
  const parameters = Float32Array.from({ length: weights.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
  const bad = parameters.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw corrupt(`${card.id} has parameter ${bad} of ${parameters[bad]}, which must be finite`)
  return { card, parameters }
}
