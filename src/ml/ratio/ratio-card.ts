import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../../errors.ts'
import { ratioTrainingSchema } from './ratio-config.ts'
import { ratioDecoderSchema } from './ratio-network.ts'
import { scalerSchema } from './scaler.ts'

z.config({ jitless: true })

const count = z.number().int().positive()
const whole = z.number().int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const positive = z.number().positive()
/** JSON has no infinity: null is a cut that cuts nothing. */
const upTo = z.number().nonnegative().nullable()
const cut = z.number().nonnegative()

const cutsSchema = z.strictObject({
  ptLeading: cut,
  ptTrailing: cut,
  absEtaLepton: upTo,
  ptB: cut,
  absEtaB: upTo,
  massLeptons: cut,
  zVeto: z.tuple([cut, cut]).nullable(),
})

const resolutionSchema = z.strictObject({
  leptonPt: cut,
  bStochastic: cut,
  bConstant: cut,
  missingGeV: cut,
  efficiency: cut,
})

/**
 * What the events were that a network learned from: it holds for others of the same kind alone. Numbers stand here, not names, which
 * may come to mean something else. null: nobody said, as for a file of events whose maker is unknown.
 */
export const ratioSetupSchema = z.strictObject({
  sqrtSGeV: positive.nullable(),
  mttMinGeV: positive.nullable(),
  selection: z.union([z.literal('none'), cutsSchema]).nullable(),
  smearing: z.union([z.literal('none'), resolutionSchema]).nullable(),
  /** Those that the events have weights for. */
  operators: z.array(z.string()).min(1).max(64).nullable(),
  /** sha256: of the densities at the scale (physics/pdf/density-digest.ts). */
  pdf: z.strictObject({ id: z.string(), sha256: sha256.nullable() }).nullable(),
  muGeV: positive.nullable(),
  alphaS: positive.nullable(),
  /** Whose c_tG the terms speak of. */
  ctG: z.string().nullable(),
})
export type RatioSetup = z.infer<typeof ratioSetupSchema>

/** How the network was made: shown, never a reason to refuse it. */
export const madeSchema = z.strictObject({
  preset: z.string(),
  /** The one that was given; that of the training is made from it, the replica and the terms. */
  seed: whole,
  replica: whole,
  /** Phase-space points that were drawn; null where the events came from a file. */
  points: count.nullable(),
  /** Events trained on, validation included. */
  events: count,
  source: z.strictObject({ name: z.string(), sha256 }).nullable(),
  /** Name and version of the product, and of its numbers. */
  product: z.string(),
})

const networkSchema = z.object({
  kind: z.literal('ratio'),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  title: z.string(),
  features: z.array(z.string()).min(1).max(4096),
  terms: z.array(z.string()).min(1).max(4096),
  scaler: scalerSchema,
  decoder: ratioDecoderSchema,
  training: ratioTrainingSchema,
  outputs: count.max(4096),
  epochs: z.object({ best: count, done: count }),
  metrics: z.record(z.string(), z.number().nullable()),
  engine: z.string(),
  /** How `weights.bin` keeps what was trained; absent: float32. The scaler is float32 always. */
  precision: z.literal('float16').optional(),
  weightsSha256: sha256,
})

/**
 * Version 2 of a ratio network's `card.json`: all but its weights. Equal trainings write equal cards: what differs between them, time
 * and machine, stands in `run.json`.
 */
export const ratioCardSchema = networkSchema.extend({
  schemaVersion: z.literal(2),
  setup: ratioSetupSchema,
  made: madeSchema,
})
export type RatioCard = z.infer<typeof ratioCardSchema>

/** Version 1 knew neither cuts nor resolution nor operators, and of the densities only the name. */
const oldCardSchema = networkSchema.extend({
  schemaVersion: z.literal(1),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})

/** A card as read; one of version 1 leaves unsaid what it does not know. */
export type ReadRatioCard = RatioCard | (Omit<RatioCard, 'schemaVersion' | 'made'> & OldCard)
interface OldCard {
  schemaVersion: 1
  made: null
}

/** @throws AppError 'model/corrupt' naming what is wrong */
export function parseRatioCard(text: string): ReadRatioCard {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError('model/corrupt', 'card.json is not JSON. Load it again.')
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (typeof version === 'number' && version > 2)
    throw new AppError(
      'model/mismatch',
      `card.json has version ${version}, this app reads 1 and 2. Use the app that wrote it, or a newer one.`,
    )
  if (version !== 1) return checked(ratioCardSchema, value)
  const { data, ...network } = checked(oldCardSchema, value)
  return { ...network, setup: setupOfOldCard(data), made: null }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = checkedBy(schema, value)
  if (parsed.success) return parsed.data
  throw new AppError(
    'model/corrupt',
    `card.json is not as expected: ${describeIssues(parsed.error.issues)}. Load it again.`,
  )
}

function setupOfOldCard(data: z.infer<typeof oldCardSchema>['data']): RatioSetup {
  const number = (name: string): number | null => {
    const value = data[name]
    return typeof value === 'number' && value > 0 ? value : null
  }
  return {
    sqrtSGeV: number('sqrtSGeV'),
    mttMinGeV: number('mttMinGeV'),
    selection: null,
    smearing: null,
    operators: null,
    pdf: typeof data.pdf === 'string' ? { id: data.pdf, sha256: null } : null,
    muGeV: number('muGeV'),
    alphaS: number('alphaS'),
    ctG: null,
  }
}
