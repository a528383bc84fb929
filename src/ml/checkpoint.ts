import * as z from 'zod'
import { AppError } from '../errors.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import type { EngineState } from './encoder-engine.ts'
import { countParameters } from './encoder-parameters.ts'
import { trainingConfigSchema } from './training-config-schema.ts'
import type { TrainingConfig } from './training-config.ts'

/** What one evaluation leaves behind; loss is the mean since the evaluation before. */
export interface TrainingRecord {
  step: number
  loss: number
  heldOutLoss: number
  learningRate: number
}

/** Everything needed to continue a training to the bit. */
export interface Checkpoint {
  config: TrainingConfig
  features: number
  engine: EngineState
  best: { step: number; heldOutLoss: number; parameters: Float32Array } | null
  evaluationsSinceBest: number
  /** Sum of the losses since the last evaluation. */
  lossSum: number
  history: TrainingRecord[]
}

const magic = 'theoryscape-checkpoint-1\n'
const hashLength = 64

const headerSchema = z.object({
  config: trainingConfigSchema,
  features: z.number().int().positive().max(65_536),
  steps: z.number().int().nonnegative(),
  updates: z.number().int().nonnegative(),
  best: z.object({ step: z.number().int(), heldOutLoss: z.number() }).nullable(),
  evaluationsSinceBest: z.number().int().nonnegative(),
  lossSum: z.number(),
  history: z
    .array(
      z.object({ step: z.number(), loss: z.number(), heldOutLoss: z.number(), learningRate: z.number() }),
    )
    .max(100_000),
})

/**
 * One self-contained byte array: a line naming the format, the sha256 of all that follows in hexadecimal, the
 * length of the header, the header as JSON, then float32 arrays (parameters, two moments, best parameters).
 * Store it in one write: a torn one is recognised by its hash.
 */
export async function checkpointToBytes(checkpoint: Checkpoint): Promise<Uint8Array<ArrayBuffer>> {
  const { config, features, engine, best, evaluationsSinceBest, lossSum, history } = checkpoint
  const header = new TextEncoder().encode(
    JSON.stringify({
      config,
      features,
      steps: engine.steps,
      updates: engine.optimiser.updates,
      best: best && { step: best.step, heldOutLoss: best.heldOutLoss },
      evaluationsSinceBest,
      lossSum,
      history,
    }),
  )
  const arrays = [engine.parameters, engine.optimiser.first, engine.optimiser.second]
  if (best) arrays.push(best.parameters)
  const bodyStart = magic.length + hashLength
  const size = arrays.reduce((sum, array) => sum + array.byteLength, bodyStart + 4 + header.length)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(bodyStart, header.length, true)
  bytes.set(header, bodyStart + 4)
  let at = bodyStart + 4 + header.length
  for (const array of arrays)
    for (let i = 0; i < array.length; i++, at += 4) view.setFloat32(at, array[i], true)
  const hash = await sha256Hex(bytes.subarray(bodyStart))
  bytes.set(new TextEncoder().encode(magic + hash))
  return bytes
}

/** @throws AppError 'model/corrupt' where bytes are missing, altered or of another format */
export async function checkpointFromBytes(bytes: Uint8Array): Promise<Checkpoint> {
  const corrupt = (what: string): AppError =>
    new AppError('model/corrupt', `The saved training is damaged: ${what}. Start the training anew.`, {
      bytes: bytes.length,
    })
  const bodyStart = magic.length + hashLength
  const text = new TextDecoder()
  if (bytes.length < bodyStart + 4 || text.decode(bytes.subarray(0, magic.length)) !== magic)
    throw corrupt(`${bytes.length} bytes that do not begin with "${magic.trim()}"`)
  const named = text.decode(bytes.subarray(magic.length, bodyStart))
  const actual = await sha256Hex(bytes.subarray(bodyStart) as Uint8Array<ArrayBuffer>)
  if (named !== actual)
    throw corrupt(`its sha256 is ${actual.slice(0, 12)}…, it names ${named.slice(0, 12)}…`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerLength = view.getUint32(bodyStart, true)
  let at = bodyStart + 4 + headerLength
  if (at > bytes.length) throw corrupt(`a header of ${headerLength} bytes in ${bytes.length}`)
  const parsed = headerSchema.safeParse(parseJson(text.decode(bytes.subarray(bodyStart + 4, at))))
  if (!parsed.success) throw corrupt(z.prettifyError(parsed.error))
  const { config, features, steps, updates, best, ...rest } = parsed.data
  const { trainable, total } = countParameters({
    features,
    widths: config.widths,
    latentDim: config.latentDim,
  })
  const numbers = (best ? 2 : 1) * total + 2 * trainable
  if (bytes.length - at !== 4 * numbers)
    throw corrupt(`${(bytes.length - at) / 4} numbers, its architecture needs ${numbers}`)
  const take = (length: number): Float32Array => {
    const array = new Float32Array(length)
    for (let i = 0; i < length; i++, at += 4) array[i] = view.getFloat32(at, true)
    return array
  }
  const parameters = take(total)
  const optimiser = { updates, first: take(trainable), second: take(trainable) }
  return {
    config,
    features,
    engine: { steps, parameters, optimiser },
    best: best && { ...best, parameters: take(total) },
    ...rest,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the schema then says what is missing
  }
}
